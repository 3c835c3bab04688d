"""What a step of the flow does besides moving the case. Each runs inside its transaction."""

import uuid
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.access import involvement, recusal
from evenhand.kernel.access.models import Relation
from evenhand.kernel.cases.refusals import StepRefused
from evenhand.kernel.cases.registry import Effect, Taking
from evenhand.kernel.obligations.actions import reckon
from evenhand.kernel.organisation import queries as organisation
from evenhand.kernel.organisation.models import Person, Unit
from evenhand.kernel.organisation.powers import LEAD

from . import documents, handing, parts
from .models import Document, Petition
from .parts import ACCEPTS
from .states import CLOSING, DocumentKind

_UNIT_RELATIONS = ((Relation.DESK, ACCEPTS), (Relation.HANDLING, LEAD))

effects: dict[str, Effect] = {}


def _effect(*steps: str) -> Callable[[Effect], Effect]:
    def enlist(function: Effect) -> Effect:
        effects.update(dict.fromkeys(steps, function))
        return function

    return enlist


@_effect("register")
def register(taking: Taking) -> None:
    """Classify, mark who has a stake in the act, send to a unit whose head has none."""
    facts, case = taking.facts, taking.case
    unit: Unit = facts["unit"]
    petition = handing.petition_of(taking)
    petition.kind = facts["kind"]
    petition.about_unit, petition.act_on = facts.get("about_unit"), facts.get("act_on")
    petition.save()
    grounds = _stakes(facts, taking.at)
    _refuse_stake_of(taking.by, grounds)
    _refuse_concerned_unit(unit, petition, {*grounds, *taking.concerned}, taking.at)
    case.unit = unit
    if case.accountable_id in grounds:
        case.accountable_id = taking.by
    _involve_unit(taking, unit.id)
    taking.arguments |= {"kind": petition.kind}
    taking.afterwards.append(
        partial(recusal.mark_concerned, matter=case.id, people=grounds, by=taking.by, at=taking.at)
    )


def _stakes(facts: Mapping[str, Any], at: datetime) -> dict[uuid.UUID, recusal.Ground]:
    """Who took, signed or supervised the act that the matter is about, and their kin."""
    about = facts.get("about_unit")
    return recusal.stakes(
        took=[person.pk for person in facts.get("about_people") or ()],
        acting_units=[about.pk] if about else [],
        acted_on=facts.get("act_on") or organisation.day_of(at),
        at=at,
    )


def _refuse_stake_of(by: uuid.UUID, grounds: Mapping[uuid.UUID, str]) -> None:
    if by in grounds:
        raise StepRefused(
            [
                _(
                    "You have a stake in this matter yourself: "
                    "step aside first, naming who takes over."
                )
            ]
        )


def _refuse_concerned_unit(
    unit: Unit, petition: Petition, concerned: Collection[uuid.UUID], at: datetime
) -> None:
    head = organisation.answering_for(unit.id, at)
    if petition.about_unit_id == unit.id or (head is not None and head.id in concerned):
        raise StepRefused(
            [
                _(
                    "The matter is about an act of this unit or of its head. "
                    "Choose the unit one level up, or another that had no part in it."
                )
            ]
        )


def _involve_unit(taking: Taking, unit: uuid.UUID) -> None:
    involvement.involve_many(matter=taking.case.id, involvings=_unit_parts(unit), at=taking.at)
    handing.let_somebody_lead(taking, without=taking.concerned)


@_effect("send_back")
def send_back(taking: Taking) -> None:
    """The unit gives the matter back, and neither it nor those above it see more of it; the
    registrar has answered for it all the while."""
    case = taking.case
    ending = [*_unit_parts(case.unit_id), involvement.Involving(relation=Relation.SUPERIOR)]
    case.unit_id = case.receiving_unit_id
    taking.arguments["reason"] = taking.facts["reason"]
    taking.afterwards.append(
        partial(involvement.release_many, matter=case.id, involvings=ending, at=taking.at)
    )


def _unit_parts(unit: uuid.UUID) -> list[involvement.Involving]:
    return [
        involvement.Involving(relation=relation, unit=unit, power=power)
        for relation, power in _UNIT_RELATIONS
    ]


@_effect("redirect")
def redirect(taking: Taking) -> None:
    """Say in writing where the matter belongs; nobody is sent away without an address."""
    petition = handing.petition_of(taking)
    document = documents.write(
        taking.case,
        DocumentKind.REDIRECTION,
        by=taking.by,
        at=taking.at,
        claim=petition.body,
        reasons=taking.facts["reason"],
        remedies=taking.facts["route"],
    )
    taking.arguments["document"] = document.number


@_effect("accept", "study")
def accept(taking: Taking) -> None:
    """Name the handler, who answers for the matter from now on; tell it in writing."""
    handler = _capable(taking, taking.facts["handler"])
    petition = handing.petition_of(taking)
    handing.hand_to(taking, petition, handler)
    document = documents.write(
        taking.case, DocumentKind.ACCEPTANCE, by=taking.by, at=taking.at, claim=petition.body
    )
    taking.arguments["document"] = document.number


@_effect("reassign")
def reassign(taking: Taking) -> None:
    petition = handing.petition_of(taking)
    former = petition.handler_id
    handing.hand_to(taking, petition, _capable(taking, taking.facts["handler"]))
    if former is not None and former != petition.handler_id:
        handing.retire(taking, former)


def _capable(taking: Taking, handler: Person) -> Person:
    if handler not in parts.handlers(taking.case.unit_id, taking.at, without=taking.concerned):
        raise StepRefused([_("Name somebody who holds a handling post in the unit in charge.")])
    return handler


@_effect("recuse")
def recuse(taking: Taking) -> None:
    """Whoever steps aside is replaced in every part that he had, then sees nothing more."""
    petition, successor = handing.petition_of(taking), taking.facts["successor"]
    _refuse_unable(taking, petition, successor)
    if petition.handler_id == taking.by:
        handing.hand_to(taking, petition, successor)
    elif taking.case.accountable_id == taking.by:
        handing.answer_for(taking, successor)
    if taking.relations & {Relation.HANDLING, Relation.SUPERIOR}:
        handing.let_somebody_lead(
            taking, without={*taking.concerned, taking.by, petition.handler_id}
        )
    ground = taking.facts["reason"]
    taking.arguments |= {"successor": str(successor.id), "ground": ground}
    taking.afterwards.append(
        partial(
            recusal.declare_stake,
            matter=taking.case.id,
            person=taking.by,
            ground=ground,
            by=taking.by,
            at=taking.at,
        )
    )


def _refuse_unable(taking: Taking, petition: Petition, successor: Person) -> None:
    able = parts.successors(
        taking.case,
        handler=petition.handler_id,
        leaving=taking.by,
        concerned=taking.concerned,
        at=taking.at,
    )
    if successor not in able:
        raise StepRefused(
            [_("This person holds no post in which to take over from you: name somebody who does.")]
        )


@_effect("extend")
def extend(taking: Taking) -> None:
    petition = handing.petition_of(taking)
    petition.extended_at, petition.extension_reason = taking.at, taking.facts["reason"]
    petition.save(update_fields=["extended_at", "extension_reason"])
    taking.arguments["reason"] = petition.extension_reason


@_effect("return", "return_reply")
def return_draft(taking: Taking) -> None:
    taking.arguments["reason"] = taking.facts["reason"]


@_effect("approve", "approve_reply")
def approve(taking: Taking) -> None:
    document = documents.issue(_closing(taking), by=taking.by, at=taking.at)
    taking.arguments["document"] = document.number


@_effect("serve", "serve_reply", "serve_notice")
def serve(taking: Taking) -> None:
    """The review period runs from the day of service, not from the day it is recorded."""
    document = _closing(taking)
    document.served_on = taking.facts["served_on"]
    document.served_manner, document.served_by_id = taking.facts["manner"], taking.by
    document.save(update_fields=["served_on", "served_manner", "served_by"])
    zone = ZoneInfo(settings.TIME_ZONE)
    taking.counted_from = datetime.combine(document.served_on, time(12), zone)
    taking.arguments |= {
        "served_on": document.served_on.isoformat(),
        "manner": document.served_manner,
    }


@_effect("ask_withdrawal")
def ask_withdrawal(taking: Taking) -> None:
    petition = handing.petition_of(taking)
    step = taking.step.opens
    assert step is not None
    petition.withdrawal_asked_at = taking.at
    petition.withdrawal_from = reckon(documents.figure(step.length), taking.at).at
    petition.save(update_fields=["withdrawal_asked_at", "withdrawal_from"])


@_effect("keep")
def keep(taking: Taking) -> None:
    petition = handing.petition_of(taking)
    petition.withdrawal_asked_at = petition.withdrawal_from = None
    petition.save(update_fields=["withdrawal_asked_at", "withdrawal_from"])


@_effect("confirm_withdrawal")
def confirm_withdrawal(taking: Taking) -> None:
    taking.arguments["was_asked_to"] = False


@_effect("escalate")
def escalate(taking: Taking) -> None:
    """The next head up without a stake sees the matter from now on, and may step in."""
    unit, at, without = taking.case.unit_id, taking.at, taking.concerned
    leads = parts.leader(unit, at, without=without, above=True)
    if leads := leads or parts.leader(unit, at, without=without):
        told, head = leads
        handing.involve_superior(taking, told)
        taking.arguments["told"] = str(told)
        taking.also_tell.append(head)


@_effect("remind_withdrawal")
def remind_withdrawal(taking: Taking) -> None:
    """The office that received the matter asks the petitioner: it has no hand in the answer."""
    office = taking.case.receiving_unit_id
    taking.also_tell.extend(parts.registrars(office, taking.at, without=taking.concerned))


def _closing(taking: Taking) -> Document:
    return Document.objects.get(case=taking.case, kind__in=CLOSING)
