"""Open cases change hands when whoever answers for them leaves a post (:mod:`.access.handover`)."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from evenhand.kernel.access import involvement
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.handover import OpenItem
from evenhand.kernel.access.models import Involvement, Relation
from evenhand.kernel.access.recusal import concerned
from evenhand.kernel.ledger.actions import enter
from evenhand.kernel.obligations import actions as obligations
from evenhand.kernel.organisation.models import Person

from . import registry, telling
from .actions import locked
from .clocks import obligations_of
from .models import Case
from .registry import Passing

KIND = "cases.case"
PASSED_ON = "cases.passed_on"

_HANDLED = Involvement.objects.filter(
    matter_id=OuterRef("id"),
    person_id=OuterRef("accountable_id"),
    relation=Relation.HANDLER,
    until=None,
)


def find(people: Collection[uuid.UUID], at: datetime) -> list[OpenItem]:
    """The open cases for which these people answer: those that they handle in the unit in
    charge, the others in the one that received them."""
    answered_for = Case.objects.filter(accountable__in=people, closed_at=None)
    return [
        OpenItem(
            kind=KIND,
            id=case.id,
            reference=case.reference,
            bearer=case.accountable_id,
            unit=case.unit_id if case.handled else case.receiving_unit_id,
            matter=case.id,
        )
        for case in answered_for.annotate(handled=Exists(_HANDLED)).order_by("id")
    ]


def move(items: Sequence[OpenItem], taker: Person, by: uuid.UUID, at: datetime) -> None:
    """Each case by itself, under its lock, as if it were a step: what its mechanism adds, its
    clocks, the ledger, the notice. ``by`` is who hands over."""
    for item in items:
        with acting(CLOCK, at):
            case = locked(item.id)
            if case.accountable_id == item.bearer and case.closed_at is None:
                _pass_on(case, taker, by, at)


def _pass_on(case: Case, taker: Person, by: uuid.UUID, at: datetime) -> None:
    """Whoever hands over what concerns him is not named: he does not know of it."""
    kept_away, leaving = concerned(case.id), case.accountable_id
    passing = Passing(
        case=case,
        by=CLOCK if by in kept_away else by,
        at=at,
        concerned=kept_away,
        leaving=leaving,
        taker=taker,
    )
    case.accountable = taker
    registry.procedure(case.flow, case.flow_version).pass_on(passing)
    case.save(force_update=True)
    obligations.hand_over(obligations_of(case), unit=case.unit_id, bearer=taker.id)
    _release(case, leaving, at)
    passing.arguments |= {
        "by": str(passing.by),
        "leaving": str(leaving),
        "accountable": str(taker.id),
        "unit": str(case.unit_id),
    }
    enter(code=PASSED_ON, at=at, matter=case.id, arguments=passing.arguments)
    telling.tell_bearer(case, at)


def _release(case: Case, leaving: uuid.UUID, at: datetime) -> None:
    """His parts by name end, and with them his sight; that he had one stays known."""
    named = Involvement.objects.filter(matter_id=case.id, person_id=leaving, until=None)
    if named.update(until=at):
        involvement.involve(matter=case.id, relation=Relation.FORMER, person=leaving, at=at)
