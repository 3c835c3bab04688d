"""Who may take which part in a petition, from posts and their dates and without a stake."""

import uuid
from collections.abc import Collection
from datetime import datetime

from evenhand.kernel.cases.models import Case
from evenhand.kernel.organisation import queries as organisation
from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.powers import HANDLE, LEAD

from .queries import REGISTERS

ACCEPTS = "petitions.accept"


def leader(
    unit: uuid.UUID, at: datetime, *, without: Collection[uuid.UUID | None], above: bool = False
) -> tuple[uuid.UUID, Person] | None:
    """The nearest unit, from this one up, that is led by somebody else than ``without``, and by
    whom; with ``above`` this one itself does not count."""
    line = [unit] * (not above) + [one.id for one in organisation.ancestors(unit)]
    heads = organisation.heads_of(line, at)
    led = (one for one in line if one in heads and heads[one].id not in without)
    return next(((one, heads[one]) for one in led), None)


def handlers(unit: uuid.UUID, at: datetime, *, without: Collection[uuid.UUID]) -> list[Person]:
    """Who may handle a matter in the unit; where nobody can, whoever leads."""
    return _able(unit, HANDLE, at, without)


def registrars(unit: uuid.UUID, at: datetime, *, without: Collection[uuid.UUID]) -> list[Person]:
    """Who may answer for a matter that the unit received; where nobody can, whoever leads."""
    return _able(unit, REGISTERS, at, without)


def _able(
    unit: uuid.UUID, power: str, at: datetime, without: Collection[uuid.UUID]
) -> list[Person]:
    able = list(organisation.holders(unit, power, at).exclude(id__in=without))
    if able:
        return able
    leads = leader(unit, at, without=without)
    return [leads[1]] if leads else []


def leaders(unit: uuid.UUID, at: datetime, *, without: Collection[uuid.UUID]) -> list[Person]:
    """Who leads the unit or one above it, the nearest first."""
    line = [unit, *(one.id for one in organisation.ancestors(unit))]
    held = organisation.holders_in(line, LEAD, at)
    return [person for one in line for person in held.get(one, []) if person.id not in without]


def successors(
    case: Case,
    *,
    handler: uuid.UUID | None,
    leaving: uuid.UUID,
    concerned: Collection[uuid.UUID],
    at: datetime,
) -> list[Person]:
    """Who may take over from somebody who steps aside: handlers from the handler, registrars
    from the registrar who answers for it, from anybody else whoever leads."""
    without = {*concerned, leaving}
    if leaving == handler:
        return handlers(case.unit_id, at, without=without)
    if leaving == case.accountable_id:
        return registrars(case.receiving_unit_id, at, without=without)
    return leaders(case.unit_id, at, without=without)
