"""Opening a case: found, allowed and noted in one place, for every page of a case."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.http import Http404, HttpRequest

from evenhand.base.clock import now
from evenhand.base.ids import normalise_reference, uuid7
from evenhand.kernel.access.middleware import actor_of
from evenhand.kernel.access.models import Reading, Relation
from evenhand.kernel.cases import actions, registry
from evenhand.kernel.cases.flows import Flow, Situation
from evenhand.kernel.cases.models import Case
from evenhand.kernel.cases.registry import Procedure

from .forms import StepContext
from .registry import CaseDesk, desk_of

#: Why a matter was opened: for one's work, for the audit, for somebody at the counter.
WORK, AUDIT, COUNTER = "desk.work", "desk.audit", "desk.counter"
_ONE_READING = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A case before one person at one moment, with what the desk knows of its mechanism."""

    case: Case
    by: uuid.UUID
    at: datetime
    relations: frozenset[Relation]
    procedure: Procedure
    desk: CaseDesk

    @property
    def flow(self) -> Flow:
        return self.procedure.flow

    @property
    def stage(self) -> str:
        return str(self.desk.stages[self.case.state])

    @property
    def only_reads(self) -> bool:
        """Whether it lies open for the audit alone."""
        return self.relations == {Relation.AUDITING}

    @cached_property
    def situation(self) -> Situation:
        """What the needs of the steps are checked against, before anything is filled in."""
        return actions.situate(self.case, self.procedure, by=self.by, at=self.at, facts={})

    @property
    def step_context(self) -> StepContext:
        return StepContext(
            case=self.case, by=self.by, at=self.at, concerned=self.situation.concerned
        )


def open_case(request: HttpRequest, reference: str) -> Opened:
    """The case under this reference, if the signed-in person may see it, and the reading noted.

    Raises ``Http404`` alike for a case that is not there and one that is not for them.
    """
    by, at = actor_of(request), now()
    cases = Case.objects.select_related("unit", "receiving_unit", "accountable")
    case = cases.filter(reference=normalise_reference(reference)).first()
    if case is None:
        raise Http404
    relations = actions.relations(case.id, by, at)
    _note(case, by, at, relations)
    return Opened(
        case=case,
        by=by,
        at=at,
        relations=relations,
        procedure=registry.procedure(case.flow, case.flow_version),
        desk=desk_of(case),
    )


def _note(case: Case, by: uuid.UUID, at: datetime, relations: frozenset[Relation]) -> None:
    """Whoever works on the matter need not be noted; the audit is noted each time."""
    if relations == {Relation.AUDITING}:
        note_reading(case.id, by, at, AUDIT)
        return
    works_on_it = case.accountable_id == by or Relation.HANDLER in relations
    if not works_on_it and not _noted(case.id, by, at):
        note_reading(case.id, by, at, WORK)


def _noted(matter: uuid.UUID, by: uuid.UUID, at: datetime) -> bool:
    recently = Reading.objects.filter(reader_id=by, at__gt=at - _ONE_READING)
    return recently.filter(matter_id=matter).exists()


def note_reading(matter: uuid.UUID, by: uuid.UUID, at: datetime, purpose: str) -> None:
    """The petitioner and the audit see it."""
    Reading.objects.create(id=uuid7(at), matter_id=matter, reader_id=by, purpose=purpose, at=at)
