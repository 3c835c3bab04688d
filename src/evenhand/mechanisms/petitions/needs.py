"""The checks behind the flow's needs. Pure: a situation in, a yes or no out."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.kernel.cases.flows import Situation

from .states import CLOSING, RESULTS, Kind, Manner


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The closing document as far as it is written."""

    author: uuid.UUID
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
    return s.facts.get("kind") in Kind.values


def routed(s: Situation) -> bool:
    return bool(s.facts.get("unit"))


def is_claim(s: Situation) -> bool:
    return bool(s.subject.kind == Kind.CLAIM)


def is_suggestion(s: Situation) -> bool:
    return bool(s.subject.kind == Kind.SUGGESTION)


def handler_named(s: Situation) -> bool:
    return bool(s.facts.get("handler"))


def handler_free(s: Situation) -> bool:
    return _id(s.facts.get("handler")) not in s.concerned


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
    return bool(s.subject.answer and s.subject.answer.author != s.by)


def service(s: Situation) -> bool:
    served_on, answer = s.facts.get("served_on"), s.subject.answer
    if s.facts.get("manner") not in Manner.values or not isinstance(served_on, date):
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
    return bool(s.by != s.subject.handler)


def successor_free(s: Situation) -> bool:
    successor = _id(s.facts.get("successor"))
    return successor is not None and successor not in s.concerned and successor != s.by


def _filled(s: Situation, key: str) -> bool:
    return bool(str(s.facts.get(key) or "").strip())


def _id(value: object) -> uuid.UUID | None:
    """Of a person, or of an id as text."""
    if value is None or value == "":
        return None
    return uuid.UUID(str(getattr(value, "pk", value)))


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
