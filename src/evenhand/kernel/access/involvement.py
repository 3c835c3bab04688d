"""Who stands in which relation to which matter: row security and flows decide from here.

Involvements are never removed: they end. Several that one act begins or ends go in one
statement, because the first of them may give, or take away, the actor's own sight of the rest.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from .models import Involvement, Relation, Sight


class UnseenMatter(LookupError):
    """The matter has nobody involved, or the actor may not see it: nothing can be said."""


@dataclass(frozen=True, kw_only=True)
class Involving:
    """One relation, of a ``person``, or of whoever holds ``power`` in ``unit``."""

    relation: Relation
    person: uuid.UUID | None = None
    unit: uuid.UUID | None = None
    power: str = ""
    ground: str = ""


def involve(
    *,
    matter: uuid.UUID,
    relation: Relation,
    at: datetime,
    person: uuid.UUID | None = None,
    unit: uuid.UUID | None = None,
    power: str = "",
    ground: str = "",
) -> None:
    """Begin one relation; one that runs already is left as it is."""
    involving = Involving(relation=relation, person=person, unit=unit, power=power, ground=ground)
    involve_many(matter=matter, involvings=[involving], at=at)


def involve_many(*, matter: uuid.UUID, involvings: Iterable[Involving], at: datetime) -> None:
    """As :func:`involve` for several, in one statement.

    The first involvements make a matter, and must give whoever makes it a sight of it.
    """
    rows = [
        Involvement(
            matter_id=matter,
            person_id=involving.person,
            unit_id=involving.unit,
            power=involving.power,
            relation=involving.relation,
            ground=involving.ground,
            since=at,
        )
        for involving in involvings
    ]
    Involvement.objects.bulk_create(rows, ignore_conflicts=True)


def release(
    *,
    matter: uuid.UUID,
    relation: Relation,
    at: datetime,
    person: uuid.UUID | None = None,
    unit: uuid.UUID | None = None,
    power: str = "",
) -> int:
    """End one relation, or everybody's who stands in it if nobody is named; returns how many."""
    involving = Involving(relation=relation, person=person, unit=unit, power=power)
    return release_many(matter=matter, involvings=[involving], at=at)


def release_many(*, matter: uuid.UUID, involvings: Iterable[Involving], at: datetime) -> int:
    """As :func:`release` for several, in one statement.

    Raises :class:`UnseenMatter` where nothing ended because the actor no longer sees any of it:
    of two releases one after the other, the first may have taken the sight that the second needs.
    """
    ending = Q(pk__in=[])
    for involving in involvings:
        ending |= _is(involving)
    running = Involvement.objects.filter(matter_id=matter, until=None)
    ended = running.filter(ending).update(until=at)
    if not ended and not running.exists():
        raise UnseenMatter
    return ended


def _is(involving: Involving) -> Q:
    same = Q(relation=involving.relation)
    if involving.person:
        same &= Q(person_id=involving.person)
    if involving.unit:
        same &= Q(unit_id=involving.unit, power=involving.power)
    return same


def relations_of(matter: uuid.UUID, at: datetime) -> frozenset[Relation]:
    """In which relations whoever acts in this transaction has stood since before ``at``."""
    found = Sight.objects.filter(matter_id=matter, since__lte=at)
    return frozenset(Relation(relation) for relation in found.values_list("relation", flat=True))


def people_in(matter: uuid.UUID, relation: Relation) -> frozenset[uuid.UUID]:
    """Who stands in the relation by name, as far as the actor may see; holders of a power not."""
    running = Involvement.objects.filter(matter_id=matter, relation=relation, until=None)
    people = running.values_list("person_id", flat=True)
    return frozenset(person for person in people if person)
