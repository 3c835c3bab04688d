"""How a petition changes hands: who handles it, who answers for it, who decides on it."""

import uuid
from collections.abc import Collection
from functools import partial

from evenhand.kernel.access import involvement
from evenhand.kernel.access.models import Relation
from evenhand.kernel.cases.registry import Change, Passing, Taking
from evenhand.kernel.organisation import queries as organisation
from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.powers import LEAD

from . import parts
from .models import Petition
from .queries import REGISTERS


def petition_of(change: Change) -> Petition:
    petition: Petition = change.case.petition
    return petition


def pass_on(passing: Passing) -> None:
    """The part of whoever leaves a post goes to whoever takes over: handling, or the first."""
    petition = petition_of(passing)
    if petition.handler_id == passing.leaving:
        hand_to(passing, petition, passing.taker)
    else:
        answer_for(passing, passing.taker)


def hand_to(change: Change, petition: Petition, handler: Person) -> None:
    """He answers for it; where he leads the unit himself, somebody else has to approve."""
    petition.handler = handler
    petition.save(update_fields=["handler"])
    change.case.accountable = handler
    change.arguments["handler"] = str(handler.id)
    involvement.involve(
        matter=change.case.id, relation=Relation.HANDLER, person=handler.id, at=change.at
    )
    let_somebody_lead(change, without={*change.concerned, handler.id})


def retire(taking: Taking, person: uuid.UUID) -> None:
    """Their part ends; that they had one stays known, for a reviewer must have had none."""
    matter, at = taking.case.id, taking.at
    involvement.involve(matter=matter, relation=Relation.FORMER, person=person, at=at)
    taking.afterwards.append(
        partial(involvement.release, matter=matter, relation=Relation.HANDLER, person=person, at=at)
    )


def answer_for(change: Change, person: Person) -> None:
    """Before anybody handles it; who may not register has a part in it by name."""
    case, at = change.case, change.at
    case.accountable = person
    registrars = organisation.holders(case.receiving_unit_id, REGISTERS, at)
    if not registrars.filter(id=person.id).exists():
        involvement.involve(matter=case.id, relation=Relation.RECEIVING, person=person.id, at=at)


def let_somebody_lead(change: Change, *, without: Collection[uuid.UUID | None]) -> None:
    """Where the unit's own post is vacant, or its head may not decide, the next head up may."""
    leads = parts.leader(change.case.unit_id, change.at, without=without)
    if leads and leads[0] != change.case.unit_id:
        involve_superior(change, leads[0])


def involve_superior(change: Change, unit: uuid.UUID) -> None:
    involvement.involve(
        matter=change.case.id, relation=Relation.SUPERIOR, unit=unit, power=LEAD, at=change.at
    )
