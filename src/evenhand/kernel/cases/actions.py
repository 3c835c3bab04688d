"""The only way a case comes into being, and the only way it moves."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from evenhand.base.ids import uuid7
from evenhand.kernel.access import involvement
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Relation
from evenhand.kernel.access.recusal import UnseenMatter, concerned
from evenhand.kernel.ledger.actions import enter
from evenhand.kernel.obligations import actions as obligations
from evenhand.kernel.obligations.models import Obligation

from . import clocks, refusals, registry, telling
from .flows import Flow, Situation, Step
from .models import Case, Party
from .registry import Procedure, Taking


class CaseNotFound(LookupError):
    """There is no such case before this actor: none at all, or none that he may see."""


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """What a case begins with. ``receiving_power`` is the power of those who may register;
    ``in_person``: whoever answers for it lacks that power, and has a part in the case by name."""

    flow: Flow
    reference: str
    title: str
    language: str
    party: Party
    receiving_unit: uuid.UUID
    receiving_power: str
    audit_unit: uuid.UUID
    accountable: uuid.UUID
    in_person: bool = False
    received_at: datetime
    code: str
    arguments: Mapping[str, Any]


@transaction.atomic
def open_case(new: NewCase, *, by: uuid.UUID, at: datetime) -> Case:
    """Take a matter in: case, party, involvements, first clock, ledger entry.

    Somebody answers for it from this moment. ``by`` is the petitioner's own actor, or the
    clerk who records what was brought.
    """
    case = Case(
        id=uuid7(at),
        reference=new.reference,
        mechanism=new.flow.mechanism,
        flow=new.flow.key,
        flow_version=new.flow.version,
        state=new.flow.initial,
        title=new.title,
        language=new.language,
        receiving_unit_id=new.receiving_unit,
        unit_id=new.receiving_unit,
        accountable_id=new.accountable,
        received_at=new.received_at,
        recorded_at=at,
    )
    with acting(by, at):
        _involve_first(case, new, by=by, at=at)
        case.save(force_insert=True)
        new.party.case = case
        new.party.save(force_insert=True)
        arguments = dict(new.arguments) | {
            "case": str(case.id),
            "flow": new.flow.key,
            "version": new.flow.version,
            "to": str(case.state),
            "by": str(by),
            "received": new.received_at.isoformat(),
            "accountable": str(new.accountable),
            "unit": str(new.receiving_unit),
        }
        clocks.start(case, new.flow, at=at)
        enter(code=new.code, at=at, matter=case.id, arguments=arguments)
    return case


def _involve_first(case: Case, new: NewCase, *, by: uuid.UUID, at: datetime) -> None:
    """The petitioner, those who received it, those who audit."""
    rows = [
        involvement.Involving(relation=Relation.PETITIONER, person=new.party.actor_id),
        involvement.Involving(
            relation=Relation.RECEIVING, unit=new.receiving_unit, power=new.receiving_power
        ),
        involvement.Involving(relation=Relation.AUDITING, unit=new.audit_unit, power="audit"),
    ]
    if new.in_person:
        rows.append(involvement.Involving(relation=Relation.RECEIVING, person=new.accountable))
    involvement.involve_many(matter=case.id, involvings=rows, at=at)


def take(
    *,
    case: uuid.UUID,
    step: str,
    by: uuid.UUID,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Case:
    """Move a case by one step of its flow's table.

    Locks the row; checks table, role, stake and needs; writes state, obligations and ledger
    entry in one transaction. Of two who try at once, the second is refused.

    Raises :class:`CaseNotFound`, :class:`~.refusals.StepRefused`.
    """
    with acting(by, at):
        row = locked(case)
        procedure = registry.procedure(row.flow, row.flow_version)
        chosen = _step(procedure.flow, step)
        situation = situate(row, procedure, by=by, at=at, facts=facts or {})
        held = relations(case, by, at)
        refusals.check(procedure.flow, chosen, situation, held)
        taking = Taking(
            case=row,
            step=chosen,
            by=by,
            at=at,
            facts=facts or {},
            relations=held,
            concerned=situation.concerned,
            unit_before=row.unit_id,
            accountable_before=row.accountable_id,
        )
        _carry_through(taking, procedure)
    return row


def locked(case: uuid.UUID) -> Case:
    """The case, until the transaction's end nobody else's. Raises :class:`CaseNotFound`, also
    for whoever may only read it."""
    try:
        return Case.objects.select_for_update().get(id=case)
    except Case.DoesNotExist:
        raise CaseNotFound(f"no case {case}") from None


def _step(flow: Flow, name: str) -> Step:
    try:
        return flow.step(name)
    except KeyError:
        raise refusals.StepRefused([refusals.ELSEWHERE]) from None


def situate(
    case: Case, procedure: Procedure, *, by: uuid.UUID, at: datetime, facts: Mapping[str, Any]
) -> Situation:
    """What the needs are checked against, for one person at one moment.

    Raises :class:`CaseNotFound` when the case has just come to concern whoever acts.
    """
    try:
        kept_away = concerned(case.id)
    except UnseenMatter:
        raise CaseNotFound(f"no case {case.id}") from None
    return Situation(
        state=case.state,
        by=by,
        at=at,
        subject=procedure.situate(case),
        facts=facts,
        concerned=kept_away,
    )


def relations(case: uuid.UUID, by: uuid.UUID, at: datetime) -> frozenset[Relation]:
    """How ``by``, who acts, stands to the case; the clock stands to none."""
    return frozenset() if by == CLOCK else involvement.relations_of(case, at)


def _carry_through(taking: Taking, procedure: Procedure) -> None:
    case, step, flow = taking.case, taking.step, procedure.flow
    before = case.state
    if effect := procedure.effects.get(step.name):
        effect(taking)
    if step.to is not None:
        case.state = step.to
    if flow.is_closed(case.state):
        case.closed_at = taking.at
    case.save(force_update=True)
    clock = clocks.turn(taking, flow, before)
    taking.arguments |= {
        "case": str(case.id),
        "from": str(before),
        "to": str(case.state),
        "by": str(taking.by),
        "accountable": str(case.accountable_id),
        "unit": str(case.unit_id),
    } | ({"due": clock.due_at.isoformat()} if clock else {})
    enter(
        code=registry.code_of(flow, step.name),
        at=taking.at,
        matter=case.id,
        arguments=taking.arguments,
    )
    telling.tell_of(taking)
    for finish in taking.afterwards:
        finish()


def clock(obligation: Obligation, at: datetime) -> None:
    """The consequence ``cases.clock``: the clock takes the step that the term names.

    A case that has moved on meanwhile is left alone. Of two jobs for the same obligation, the
    one that comes to the case second finds nothing left to do.
    """
    assert obligation.matter_id is not None
    with acting(CLOCK, at):
        locked(obligation.matter_id)
        if not obligations.is_awaited(obligation):
            return
        with suppress(refusals.StepRefused):
            take(case=obligation.matter_id, step=obligation.argument, by=CLOCK, at=at)
        obligations.carried_out([obligation])
