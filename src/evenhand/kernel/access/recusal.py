"""Who has a stake in a matter, and keeps away from it.

Whoever is concerned by a matter sees no row of it (row security) and takes no step in it (the
flows' refusals). Nobody handles a matter about an act that he took, signed or supervised.
"""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.ledger.actions import enter
from evenhand.kernel.organisation.queries import interested_in, kin_of, supervised_by

from . import codes
from .actor import CLOCK, acting
from .involvement import Involving, involve_many
from .involvement import UnseenMatter as UnseenMatter
from .models import Involvement, Relation


class Ground(models.TextChoices):
    """Why somebody is concerned by a matter, the weightiest first."""

    TOOK = "took", _("took the act")
    SIGNED = "signed", _("signed the act")
    SUPERVISED = "supervised", _("leads the unit that acted, or led it then")
    KIN = "kin", _("is kin of somebody concerned")
    INTEREST = "interest", _("has a declared interest in the unit that acted")
    DECLARED = "declared", _("stepped aside")


def stakes(
    *,
    took: Collection[uuid.UUID] = (),
    signed: Collection[uuid.UUID] = (),
    acting_units: Collection[uuid.UUID] = (),
    acted_on: date,
    at: datetime,
) -> dict[uuid.UUID, Ground]:
    """Everybody concerned by an act, with the weightiest ground; four queries, whatever it is.

    ``took`` and ``signed`` are people, ``acting_units`` the units that acted on the day
    ``acted_on``. Their leaders count both then and at ``at``; kin count of all of these,
    interests by ``at``.
    """
    then = datetime.combine(acted_on, time(12), timezone.get_default_timezone())
    leaders = supervised_by(acting_units, then) | supervised_by(acting_units, at)
    kin = kin_of({*took, *signed, *leaders})
    found: dict[uuid.UUID, Ground] = {}
    for ground, people in (
        (Ground.INTEREST, interested_in(acting_units, at)),
        (Ground.KIN, kin),
        (Ground.SUPERVISED, leaders),
        (Ground.SIGNED, signed),
        (Ground.TOOK, took),
    ):
        found |= dict.fromkeys(people, ground)
    return found


@transaction.atomic
def mark_concerned(
    *, matter: uuid.UUID, people: Mapping[uuid.UUID, str], by: uuid.UUID, at: datetime
) -> frozenset[uuid.UUID]:
    """Write down who is concerned by a matter, each with the ground; returns who newly is.

    Their other relations to it end. ``by`` may be among them, and then sees nothing of the
    matter from here on. Raises :class:`UnseenMatter`.
    """
    if not people:
        return frozenset()
    with acting(by, at):
        fresh = people.keys() - concerned(matter)
        if fresh:
            _enter_and_exclude(matter, {p: str(people[p]) for p in fresh}, by, at)
    return frozenset(fresh)


def declare_stake(
    *, matter: uuid.UUID, person: uuid.UUID, ground: str, by: uuid.UUID, at: datetime
) -> None:
    """Somebody steps aside, saying why. As :func:`mark_concerned`, for one."""
    mark_concerned(matter=matter, people={person: ground or Ground.DECLARED}, by=by, at=at)


def concerned(matter: uuid.UUID) -> frozenset[uuid.UUID]:
    """Whom the matter concerns; asked by one who sees it. Raises :class:`UnseenMatter`, since
    an empty answer to one who may not see it would read as "nobody"."""
    involved = Involvement.objects.filter(matter_id=matter, until=None)
    rows = list(involved.values_list("relation", "person_id"))
    if not rows:
        raise UnseenMatter
    return frozenset(p for relation, p in rows if p and relation == Relation.CONCERNED)


def _enter_and_exclude(
    matter: uuid.UUID, grounds: Mapping[uuid.UUID, str], by: uuid.UUID, at: datetime
) -> None:
    """As the clock: whoever names himself could not finish what ends his own sight."""
    arguments = {"by": str(by), "people": {str(p): ground for p, ground in grounds.items()}}
    with acting(CLOCK, at):
        enter(code=codes.CONCERNED.key, at=at, matter=matter, arguments=arguments)
        Involvement.objects.filter(matter_id=matter, person_id__in=grounds, until=None).update(
            until=at
        )
        concerning = [
            Involving(relation=Relation.CONCERNED, person=person, ground=ground[:200])
            for person, ground in grounds.items()
        ]
        involve_many(matter=matter, involvings=concerning, at=at)
