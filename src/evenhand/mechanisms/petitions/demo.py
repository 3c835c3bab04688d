"""One petition of the demo on its way: each act of a story, done by whoever it is for.

Everything goes through the actions that the pages use; nobody has a way of their own here.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from evenhand.kernel.access import receipts
from evenhand.kernel.access.actor import acting
from evenhand.kernel.access.recusal import concerned
from evenhand.kernel.cases import correspondence
from evenhand.kernel.cases.actions import take
from evenhand.kernel.cases.models import Case
from evenhand.kernel.cases.refusals import StepRefused
from evenhand.kernel.organisation import queries as organisation
from evenhand.kernel.organisation.models import Person, Unit

from . import documents, parts, queries
from .actions import Submission, bring
from .parts import ACCEPTS
from .queries import REGISTERS
from .states import Kind, Manner


@dataclass(frozen=True, kw_only=True)
class Text:
    """What is said in one matter, by both sides. ``unit`` is the code of the unit in charge;
    ``about`` and ``about_post`` those of the unit and of the post whose act the matter is about,
    if it is about one."""

    kind: str
    unit: str
    language: str
    title: str
    body: str
    asks: str
    facts: str = ""
    result: str = ""
    reasons: str = ""
    basis: str = ""
    about: str = ""
    about_post: str = ""
    route: str = ""


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """What is said alike in many matters, in one language."""

    remedies: str
    adds: str
    writes: str
    extends: str
    returns: str
    sends_back: str
    recuses: str


@dataclass(frozen=True)
class Clerk:
    """Who records what a visitor, caller or letter brought, and for which unit."""

    person: Person
    office: Unit


@dataclass(kw_only=True)
class Course:
    """The acts of a story, by name; each takes the moment at which it is done.

    ``turn`` chooses among several who could act, so that the same run gives the same people.
    """

    text: Text
    phrases: Phrases
    submission: Submission
    turn: int
    clerk: Clerk | None = None
    seed: bytes | None = None
    case: Case = field(init=False)
    petitioner: uuid.UUID = field(init=False)

    def brings(self, at: datetime) -> None:
        """The petitioner then opens the receipt, as everybody must."""
        clerk = self.clerk
        brought = bring(
            submission=self.submission,
            at=at,
            clerk=clerk.person.id if clerk else None,
            office=clerk.office if clerk else None,
            seed=self.seed,
        )
        self.case = brought.case
        opened = receipts.open_matter(
            reference=self.case.reference, typed_secret=brought.receipt.digits, at=at
        )
        self.petitioner = opened.holder_id

    # The petitioner's.

    def adds(self, at: datetime) -> None:
        correspondence.write(case=self.case.id, body=self.phrases.adds, by=self.petitioner, at=at)

    def asks_withdrawal(self, at: datetime) -> None:
        self._take("ask_withdrawal", self.petitioner, at)

    def keeps(self, at: datetime) -> None:
        self._take("keep", self.petitioner, at)

    # The office's that received it.

    def register(self, at: datetime) -> None:
        """A registrar who is told of a stake of his own steps aside, and another registers."""
        try:
            self._register(at)
        except StepRefused:
            self.registrar_recuses(at)
            self._register(at)

    def _register(self, at: datetime) -> None:
        text = self.text
        acted = organisation.day_of(self.submission.received_at) - timedelta(days=40)
        self._take(
            "register",
            self.case.accountable_id,
            at,
            kind=Kind.SUGGESTION if text.kind == "suggestion" else Kind.CLAIM,
            unit=Unit.objects.get(code=text.unit),
            about_unit=Unit.objects.filter(code=text.about).first(),
            about_people=list(
                Person.objects.filter(
                    tenures__post__code=text.about_post, tenures__during__contains=acted
                )
            ),
            act_on=acted if text.about or text.about_post else None,
        )

    def redirect(self, at: datetime) -> None:
        self._redirect(self.case.accountable_id, at)

    def registrar_recuses(self, at: datetime) -> None:
        leaving = self.case.accountable_id
        others = organisation.holders(self.case.receiving_unit_id, REGISTERS, at)
        successor = _other(list(others), leaving)
        self._take("recuse", leaving, at, reason=self.phrases.recuses, successor=successor)

    def confirms(self, at: datetime) -> None:
        self._take("confirm_withdrawal", self._registrar(at), at, was_asked_to=False)

    def serve_notice(self, at: datetime) -> None:
        self._serve("serve_notice", self._registrar(at), at)

    # The desk's of the unit in charge.

    def accept(self, at: datetime) -> None:
        self._take("accept", self._desk(at), at, handler=self._free_handler(at))

    def study(self, at: datetime) -> None:
        self._take("study", self._desk(at), at, handler=self._free_handler(at))

    def send_back(self, at: datetime) -> None:
        self._take("send_back", self._desk(at), at, reason=self.phrases.sends_back)

    def desk_redirects(self, at: datetime) -> None:
        self._redirect(self._desk(at), at)

    # The handler's.

    def writes(self, at: datetime) -> None:
        correspondence.write(
            case=self.case.id, body=self.phrases.writes, by=self.case.accountable_id, at=at
        )

    def draft(self, at: datetime) -> None:
        text = self.text
        parts = {
            "claim": text.asks,
            "facts": text.facts,
            "result": text.result,
            "reasons": text.reasons,
            "legal_basis": text.basis,
            "remedies": self.phrases.remedies,
        }
        documents.save_draft(case=self.case.id, parts=parts, by=self.case.accountable_id, at=at)

    def propose(self, at: datetime) -> None:
        self._take("propose", self.case.accountable_id, at)

    def propose_reply(self, at: datetime) -> None:
        self._take("propose_reply", self.case.accountable_id, at)

    def handler_recuses(self, at: datetime) -> None:
        leaving = self.case.accountable_id
        successor = _other(self._handlers(at), leaving)
        self._take("recuse", leaving, at, reason=self.phrases.recuses, successor=successor)

    def serve(self, at: datetime) -> None:
        self._serve("serve", self.case.accountable_id, at)

    def serve_reply(self, at: datetime) -> None:
        self._serve("serve_reply", self.case.accountable_id, at)

    # The head's, and the superior's.

    def reassign(self, at: datetime) -> None:
        handler = _other(self._handlers(at), self.case.accountable_id)
        self._take("reassign", self._head(at), at, handler=handler)

    def extend(self, at: datetime) -> None:
        self._take("extend", self._head(at), at, reason=self.phrases.extends)

    def returns(self, at: datetime) -> None:
        self._take("return", self._head(at), at, reason=self.phrases.returns)

    def returns_reply(self, at: datetime) -> None:
        self._take("return_reply", self._head(at), at, reason=self.phrases.returns)

    def approve(self, at: datetime) -> None:
        self._take("approve", self._head(at), at)

    def approve_reply(self, at: datetime) -> None:
        self._take("approve_reply", self._head(at), at)

    def superior_approves(self, at: datetime) -> None:
        above = organisation.superior(self.case.unit_id) or self.case.unit
        self._take("approve", organisation.head_of(above, at), at)

    # How they are found.

    def _take(self, step: str, by: Person | uuid.UUID | None, at: datetime, **facts: Any) -> None:
        actor = by.id if isinstance(by, Person) else by
        assert actor is not None  # the county's leading posts that the stories need are held
        self.case = take(case=self.case.id, step=step, by=actor, at=at, facts=facts)

    def _redirect(self, by: Person | uuid.UUID, at: datetime) -> None:
        self._take("redirect", by, at, reason=self.text.reasons, route=self.text.route)

    def _serve(self, step: str, by: Person | uuid.UUID, at: datetime) -> None:
        manners = (Manner.IN_PERSON, Manner.POST, Manner.ELECTRONIC, Manner.POST, Manner.LEFT)
        manner = manners[self.turn % len(manners)]
        self._take(step, by, at, manner=manner, served_on=organisation.day_of(at))

    def _registrar(self, at: datetime) -> Person:
        person = queries.on_duty(self.case.receiving_unit, at)
        assert person is not None
        return person

    def _desk(self, at: datetime) -> Person:
        return organisation.holders(self.case.unit_id, ACCEPTS, at)[0]

    def _head(self, at: datetime) -> Person | None:
        """Of the unit in charge, or on a vacancy of the next one up."""
        found = parts.leader(self.case.unit_id, at, without={self.case.accountable_id})
        return found[1] if found else None

    def _handlers(self, at: datetime) -> list[Person]:
        with acting(self._desk(at).id, at):
            kept_away = concerned(self.case.id)
        return parts.handlers(self.case.unit_id, at, without=kept_away)

    def _free_handler(self, at: datetime) -> Person:
        """Two of three matters go to the first, whose desk is one of those to look at."""
        free = self._handlers(at)
        return free[0 if self.turn % 3 else self.turn // 3 % len(free)]


def _other(people: Sequence[Person], than: uuid.UUID) -> Person:
    return next(person for person in people if person.id != than)
