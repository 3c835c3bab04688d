"""The checks behind the flow's needs. Pure: a situation in, a yes or no out."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard
from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.kernel.cases.flows import Situation
from evenhand.kernel.organisation.models import Person, Unit

from .states import CLOSING, RESULTS, Kind, Manner


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The closing document as far as it is written."""

    author: uuid.UUID
    writers: frozenset[uuid.UUID]
    kind: str
    claim: str
    facts: str
    result: str
    reasons: str
    legal_basis: str
    remedies: str
    issued_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Matter:
    """The snapshot of a petition."""

    kind: str
    handler: uuid.UUID | None
    extended: bool
    withdrawal_asked_at: datetime | None
    withdrawal_from: datetime | None
    answer: Answer | None


def classified(s: Situation) -> bool:
    return _choice(s, "kind") in Kind.values


def routed(s: Situation) -> bool:
    unit = s.facts.get("unit")
    return isinstance(unit, Unit) and unit.closed_on is None


def placed(s: Situation) -> bool:
    """Whose act the matter is about, as far as it is known; no act lies in the future."""
    about, people = s.facts.get("about_unit"), s.facts.get("about_people") or ()
    acted = s.facts.get("act_on")
    return (
        isinstance(about, Unit | None)
        and isinstance(people, Iterable)
        and all(isinstance(person, Person) for person in people)
        and (acted is None or (_is_day(acted) and acted <= _day(s.at)))
    )


def is_claim(s: Situation) -> bool:
    return bool(s.subject.kind == Kind.CLAIM)


def is_suggestion(s: Situation) -> bool:
    return bool(s.subject.kind == Kind.SUGGESTION)


def handler_named(s: Situation) -> bool:
    return isinstance(s.facts.get("handler"), Person)


def handler_free(s: Situation) -> bool:
    handler = s.facts.get("handler")
    return isinstance(handler, Person) and handler.id not in s.concerned


def reason(s: Situation) -> bool:
    return _filled(s, "reason")


def route(s: Situation) -> bool:
    return _filled(s, "route")


def not_extended(s: Situation) -> bool:
    return not s.subject.extended


def answer_complete(s: Situation) -> bool:
    answer = s.subject.answer
    if answer is None or answer.kind not in CLOSING:
        return False
    parts = (answer.claim, answer.facts, answer.reasons, answer.legal_basis, answer.remedies)
    return all(part.strip() for part in parts) and answer.result in RESULTS[s.subject.kind]


def not_author(s: Situation) -> bool:
    return bool(s.subject.answer and s.by not in s.subject.answer.writers)


def service(s: Situation) -> bool:
    served_on, answer = s.facts.get("served_on"), s.subject.answer
    if _choice(s, "manner") not in Manner.values or not _is_day(served_on):
        return False
    if answer is None or answer.issued_at is None:
        return False
    return bool(_day(answer.issued_at) <= served_on <= _day(s.at))


def no_withdrawal(s: Situation) -> bool:
    return s.subject.withdrawal_asked_at is None


def withdrawal_asked(s: Situation) -> bool:
    return not no_withdrawal(s)


def cooled_off(s: Situation) -> bool:
    return s.subject.withdrawal_from is not None and s.at > s.subject.withdrawal_from


def freely(s: Situation) -> bool:
    """Only a plain no to "were you asked to?" counts; an unanswered question does not."""
    return s.facts.get("was_asked_to") is False


def not_handler(s: Situation) -> bool:
    answer = s.subject.answer
    return s.by != s.subject.handler and (answer is None or s.by != answer.author)


def successor_free(s: Situation) -> bool:
    successor = s.facts.get("successor")
    return (
        isinstance(successor, Person) and successor.id not in s.concerned and successor.id != s.by
    )


def _filled(s: Situation, key: str) -> bool:
    text = s.facts.get(key)
    return isinstance(text, str) and bool(text.strip())


def _choice(s: Situation, key: str) -> str | None:
    value = s.facts.get(key)
    return value if isinstance(value, str) else None


def _is_day(value: object) -> TypeGuard[date]:
    """A moment is a date too, for Python; here it is not."""
    return isinstance(value, date) and not isinstance(value, datetime)


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
