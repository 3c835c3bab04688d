"""Taking matters of an earlier register over, in the same few statements for any number."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from evenhand.base import profile
from evenhand.base.ids import reference, uuid7
from evenhand.kernel.access.actor import IMPORTER, acting
from evenhand.kernel.access.models import Involvement, Relation
from evenhand.kernel.calendar.calendars import WorkCalendar
from evenhand.kernel.cases import clocks, registry
from evenhand.kernel.cases.flows import Flow, Term
from evenhand.kernel.cases.models import Case, Party
from evenhand.kernel.ledger.actions import Act, enter_many
from evenhand.kernel.obligations import actions as obligations
from evenhand.kernel.organisation import queries as organisation
from evenhand.kernel.organisation.models import Unit

from ..models import Petition
from ..queries import REGISTERS, Reception, reception
from ..states import Channel, State
from .matters import Earlier, Problem

IMPORTED = "petitions.imported"
#: One import at a time: of two with the same rows, the second finds them taken.
_LOCK = 7_402_318


@dataclass(frozen=True, kw_only=True)
class Register:
    """Where matters come from and who takes them over: one for a whole import."""

    name: str
    language: str
    reception: Reception
    audit_unit: Unit
    flow: Flow
    calendar: WorkCalendar


def register(*, name: str, language: str, at: datetime, office: Unit | None = None) -> Register:
    """Raises :class:`~..queries.NobodyReceives`."""
    desk = reception(at, office=office)
    key = profile.cached(settings.EVENHAND_PROFILE_FOLDER).flows["petitions"]
    return Register(
        name=name,
        language=language,
        reception=desk,
        audit_unit=organisation.root_of(desk.unit),
        flow=registry.newest(key).flow,
        calendar=obligations.body_calendar(),
    )


@dataclass(frozen=True)
class Taken:
    """What became of one row: taken over now (``new``), there already, or refused."""

    row: int
    number: str
    reference: str
    closed: bool
    new: bool = False
    problem: Problem | None = None


@transaction.atomic
def take_over(
    *, matters: Sequence[Earlier], source: Register, at: datetime, write: bool = True
) -> list[Taken]:
    """Take over those that are not here yet; without ``write``, only say which those are.

    Each gets case, party, involvements, somebody who answers for it, its ledger entry and,
    while it is open, its clock: as :func:`evenhand.kernel.cases.actions.open_case` gives them.
    """
    with acting(IMPORTER, at):
        _hold()
        before = _here_already(matters)
        new = [matter for matter in matters if matter.key not in before]
        cases = {matter.key: _case(matter, source, at) for matter in new}
        if write and new:
            _write(new, cases, source, at)
    return [_taken(matter, before.get(matter.key), cases) for matter in matters]


def _hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _here_already(matters: Sequence[Earlier]) -> dict[uuid.UUID, Case]:
    cases = Case.objects.filter(id__in=[matter.key for matter in matters])
    return {case.id: case for case in cases.only("id", "reference", "title")}


def _taken(matter: Earlier, before: Case | None, cases: dict[uuid.UUID, Case]) -> Taken:
    case = before or cases[matter.key]
    return Taken(
        row=matter.row,
        number=matter.id,
        reference=case.reference,
        closed=matter.is_closed,
        new=before is None,
        problem=_another(matter, before) if before and before.title != matter.title else None,
    )


def _another(matter: Earlier, before: Case) -> Problem:
    message = _(
        "is here already as %(reference)s under another title, and was left as it is; if this is "
        "another register, name it with --source"
    )
    return Problem(matter.row, "", message % {"reference": before.reference})


def _write(
    new: Sequence[Earlier], cases: dict[uuid.UUID, Case], source: Register, at: datetime
) -> None:
    """Involvements first, as everywhere: they make a matter."""
    parties = [_party(matter, source, at) for matter in new]
    Involvement.objects.bulk_create(
        involvement for party in parties for involvement in _involvements(party, source, at)
    )
    Case.objects.bulk_create(cases.values())
    Party.objects.bulk_create(parties)
    Petition.objects.bulk_create(_petition(matter) for matter in new)
    openings = [_clock(cases[m.key], source, at) for m in new if not m.is_closed]
    due = {o.matter_id: o.due_at for o in obligations.open_many(openings, at=at)}
    enter_many(_act(matter, cases[matter.key], due.get(matter.key), source, at) for matter in new)


def _case(matter: Earlier, source: Register, at: datetime) -> Case:
    desk, flow = source.reception, source.flow
    prefix = profile.cached(settings.EVENHAND_PROFILE_FOLDER).reference_prefix
    return Case(
        id=matter.key,
        reference=reference(prefix, organisation.day_of(at).year),
        mechanism=flow.mechanism,
        flow=flow.key,
        flow_version=flow.version,
        state=State.CLOSED if matter.is_closed else flow.initial,
        title=matter.title,
        language=source.language,
        receiving_unit=desk.unit,
        unit=desk.unit,
        accountable=desk.accountable,
        received_at=matter.created or at,
        recorded_at=at,
        closed_at=(matter.closed or at) if matter.is_closed else None,
    )


def _party(matter: Earlier, source: Register, at: datetime) -> Party:
    return Party(
        id=uuid7(at),
        case_id=matter.key,
        actor_id=uuid7(at),
        anonymous=not matter.name,
        name=matter.name,
        email=matter.email,
        telephone=matter.telephone,
        address=matter.address,
        language=source.language,
    )


def _involvements(party: Party, source: Register, at: datetime) -> list[Involvement]:
    desk = source.reception
    involved: list[dict[str, Any]] = [
        {"relation": Relation.PETITIONER, "person_id": party.actor_id},
        {"relation": Relation.RECEIVING, "unit": desk.unit, "power": REGISTERS},
        {"relation": Relation.AUDITING, "unit": source.audit_unit, "power": "audit"},
    ]
    if desk.stands_in:
        involved.append({"relation": Relation.RECEIVING, "person_id": desk.accountable.id})
    return [Involvement(matter_id=party.case_id, since=at, **each) for each in involved]


def _petition(matter: Earlier) -> Petition:
    return Petition(case_id=matter.key, kind=matter.kind, channel=Channel.IMPORT, body=matter.body)


def _clock(case: Case, source: Register, at: datetime) -> obligations.Opening:
    term = source.flow.term_of(case.state)
    assert term is not None  # the flow check refuses an open state without a term
    return obligations.Opening(
        mechanism=case.mechanism,
        key=term.length,
        matter=case.id,
        unit=case.unit_id,
        bearer=case.accountable_id,
        counted_from=_counted_from(term, case, source, at),
        consequence=clocks.CONSEQUENCE,
        argument=term.then,
        window=term.window,
    )


def _counted_from(term: Term, case: Case, source: Register, at: datetime) -> datetime:
    """The day of receipt while the term from there still runs, else the import."""
    figure = profile.cached(settings.EVENHAND_PROFILE_FOLDER).figure(term.length)
    deadline = obligations.reckon(figure, case.received_at, calendar=source.calendar)
    return case.received_at if deadline.at > at else at


def _act(matter: Earlier, case: Case, due: datetime | None, source: Register, at: datetime) -> Act:
    arguments = {
        "case": str(case.id),
        "flow": case.flow,
        "version": case.flow_version,
        "to": str(case.state),
        "by": str(IMPORTER),
        "received": case.received_at.isoformat(),
        "accountable": str(case.accountable_id),
        "unit": str(case.unit_id),
        "closed": case.closed_at.isoformat() if case.closed_at else None,
        "channel": Channel.IMPORT.value,
        "kind": matter.kind.value,
        "register": source.name,
        "number": matter.id,
        "status": matter.status,
        "deadline": matter.deadline.isoformat() if matter.deadline else None,
        "due": due.isoformat() if due else None,
    }
    return Act(code=IMPORTED, at=at, matter=case.id, arguments=arguments)
