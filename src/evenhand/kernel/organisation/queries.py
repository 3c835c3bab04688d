"""Who stands where, who leads, who holds which power, who has a stake: one query each.

Units and people may be given as rows or as ids. ``at`` is an aware moment; terms of office
run by whole days of the body's own zone, and the last day named is the first one without.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TypeAlias

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from .models import Body, Interest, Kinship, Membership, Person, Post, Tenure, Unit
from .powers import LEAD

UnitOrId: TypeAlias = Unit | uuid.UUID
PersonOrId: TypeAlias = Person | uuid.UUID

_SUBTREE = """
WITH RECURSIVE below (id) AS (
    SELECT id FROM organisation_unit WHERE id = %s
    UNION ALL
    SELECT u.id FROM organisation_unit u JOIN below ON u.parent_id = below.id
)
SELECT id FROM below
"""
_ANCESTORS = """
WITH RECURSIVE above (id, steps) AS (
    SELECT parent_id, 1 FROM organisation_unit WHERE id = %s
    UNION ALL
    SELECT u.parent_id, steps + 1 FROM organisation_unit u JOIN above ON u.id = above.id
)
SELECT u.* FROM organisation_unit u JOIN above ON above.id = u.id ORDER BY steps
"""
_ROOT = """
WITH RECURSIVE line (id, parent) AS (
    SELECT id, parent_id FROM organisation_unit WHERE id = %s
    UNION ALL
    SELECT u.id, u.parent_id FROM organisation_unit u JOIN line ON u.id = line.parent
)
SELECT u.* FROM organisation_unit u JOIN line USING (id) WHERE u.parent_id IS NULL
"""
_ANSWERING = """
WITH RECURSIVE line (asked, unit, parent, steps) AS (
    SELECT id, id, parent_id, 0 FROM organisation_unit WHERE id = ANY(%(units)s)
    UNION ALL
    SELECT asked, u.id, u.parent_id, steps + 1
    FROM line JOIN organisation_unit u ON u.id = line.parent
)
SELECT DISTINCT ON (line.asked) person.*, line.asked
FROM line
JOIN organisation_post post
  ON post.unit_id = line.unit AND post.leading AND post.powers @> ARRAY[%(lead)s]::varchar[]
JOIN organisation_tenure tenure ON tenure.post_id = post.id AND tenure.during @> %(day)s::date
JOIN organisation_person person ON person.id = tenure.person_id
WHERE person.id <> ALL(%(without)s)
ORDER BY line.asked, line.steps
"""


def day_of(at: datetime) -> date:
    """The day on which ``at`` falls in the body's own zone (``settings.TIME_ZONE``)."""
    return timezone.localdate(at, timezone.get_default_timezone())


# The tree.


def subtree(unit: UnitOrId) -> QuerySet[Unit]:
    """The unit itself and all that stand below it, closed ones included."""
    return Unit.objects.filter(id__in=RawSQL(_SUBTREE, [_id(unit)]))


def ancestors(unit: UnitOrId) -> list[Unit]:
    """All units above, the nearest first; the unit itself is not among them."""
    return list(Unit.objects.raw(_ANCESTORS, [_id(unit)]))


def superior(unit: UnitOrId) -> Unit | None:
    """The unit one level up; ``None`` at the top of the tree."""
    above = Unit.objects.filter(id=_id(unit)).order_by().values("parent")
    return Unit.objects.filter(id=above[:1]).first()


def superiors(units: Iterable[UnitOrId]) -> dict[uuid.UUID, Unit]:
    """As :func:`superior` for many, by the unit's id; those at the top are left out."""
    found = Unit.objects.filter(id__in=_ids(units), parent__isnull=False).select_related("parent")
    return {unit.id: unit.parent for unit in found if unit.parent}


def root_of(unit: UnitOrId) -> Unit:
    """The top of the unit's tree; the unit itself when it stands there."""
    return Unit.objects.raw(_ROOT, [_id(unit)])[0]


# Who leads, and who answers.


def head_of(unit: UnitOrId, at: datetime) -> Person | None:
    """The holder of the unit's leading post with the power to lead; ``None`` on a vacancy."""
    return heads_of([unit], at).get(_id(unit))


def heads_of(units: Iterable[UnitOrId], at: datetime) -> dict[uuid.UUID, Person]:
    """As :func:`head_of` for many, by the unit's id; units without a head are left out."""
    running = _running(at).filter(
        post__unit__in=_ids(units), post__leading=True, post__powers__contains=[LEAD]
    )
    found = running.select_related("person", "post")
    return {tenure.post.unit_id: tenure.person for tenure in found}


def answering_for(
    unit: UnitOrId, at: datetime, *, without: Collection[uuid.UUID] = ()
) -> Person | None:
    """The unit's head, or on a vacancy whoever leads the next unit up that has a head.

    People in ``without`` (those concerned by a matter) are passed over. ``None`` only when
    nobody leads all the way up.
    """
    return answering_for_each([unit], at, without=without).get(_id(unit))


def answering_for_each(
    units: Iterable[UnitOrId], at: datetime, *, without: Collection[uuid.UUID] = ()
) -> dict[uuid.UUID, Person]:
    """As :func:`answering_for` for many, by the unit's id."""
    asked = {"units": _ids(units), "day": day_of(at), "lead": LEAD, "without": list(without)}
    return {vars(person)["asked"]: person for person in Person.objects.raw(_ANSWERING, asked)}


# Posts and powers.


def holders(unit: UnitOrId, power: str, at: datetime) -> QuerySet[Person]:
    """Everybody who holds ``power`` in the unit at that moment, by staff number."""
    running = _running(at).filter(post__unit=_id(unit), post__powers__contains=[power])
    return Person.objects.filter(id__in=running.values("person")).order_by("staff_number")


def holders_in(
    units: Iterable[UnitOrId], power: str, at: datetime
) -> dict[uuid.UUID, list[Person]]:
    """As :func:`holders` for many, by the unit's id; units without a holder are left out."""
    running = _running(at).filter(post__unit__in=_ids(units), post__powers__contains=[power])
    found: dict[uuid.UUID, dict[uuid.UUID, Person]] = defaultdict(dict)
    for tenure in running.select_related("person", "post").order_by("person__staff_number"):
        found[tenure.post.unit_id][tenure.person_id] = tenure.person
    return {unit: list(people.values()) for unit, people in found.items()}


def posts_of(person: PersonOrId, at: datetime) -> QuerySet[Post]:
    """The posts that the person holds at that moment, each with its unit."""
    running = _running(at).filter(person=person)
    return Post.objects.filter(id__in=running.values("post")).select_related("unit")


def powers_of(person: PersonOrId, at: datetime) -> set[tuple[uuid.UUID, str]]:
    """Pairs of a unit's id and a power that the person holds there at that moment."""
    running = _running(at).filter(person=person)
    pairs = running.values_list("post__unit", "post__powers")
    return {(unit, power) for unit, powers in pairs for power in powers}


def units_of(person: PersonOrId, at: datetime) -> QuerySet[Unit]:
    """The units in which the person holds a post at that moment, the highest first."""
    running = _running(at).filter(person=person)
    return Unit.objects.filter(id__in=running.values("post__unit"))


def seats_in(body: Body, at: datetime) -> QuerySet[Membership]:
    """Who sits in the collective body at that moment, chair first; ``votes`` says who votes."""
    seats = Membership.objects.filter(body=body, during__contains=day_of(at))
    return seats.select_related("person").order_by("-presides", "person__staff_number")


# Stakes.


def kin_of(people: Iterable[PersonOrId]) -> set[uuid.UUID]:
    """Ids of everybody declared as kin of any of them, whichever of the two declared it."""
    asked = set(_ids(people))
    declared = Kinship.objects.filter(Q(person__in=asked) | Q(relative__in=asked))
    pairs = declared.values_list("person", "relative")
    return {kin for one, other in pairs for kin in _others(one, other, asked)}


def supervised_by(units: Iterable[UnitOrId], at: datetime) -> set[uuid.UUID]:
    """Ids of everybody in a leading post of these units at that moment, deputies included.

    For an act that is in question, ``at`` is the moment of the act.
    """
    leading = _running(at).filter(post__unit__in=_ids(units), post__leading=True)
    return set(leading.values_list("person", flat=True))


def interested_in(units: Iterable[UnitOrId], at: datetime) -> set[uuid.UUID]:
    """Ids of everybody with an interest in these units, declared by then and not yet ended."""
    day = day_of(at)
    declared = Interest.objects.filter(unit__in=_ids(units), declared_on__lte=day)
    running = declared.filter(Q(ended_on=None) | Q(ended_on__gt=day))
    return set(running.values_list("person", flat=True))


def _running(at: datetime) -> QuerySet[Tenure]:
    return Tenure.objects.filter(during__contains=day_of(at))


def _others(one: uuid.UUID, other: uuid.UUID, asked: set[uuid.UUID]) -> set[uuid.UUID]:
    """Of a pair of kin, each whose counterpart was asked about."""
    return {a for a, b in ((one, other), (other, one)) if b in asked}


def _id(row: UnitOrId | PersonOrId) -> uuid.UUID:
    return row if isinstance(row, uuid.UUID) else row.id


def _ids(rows: Iterable[UnitOrId | PersonOrId]) -> list[uuid.UUID]:
    return [_id(row) for row in rows]
