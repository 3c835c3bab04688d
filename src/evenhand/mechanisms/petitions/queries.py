"""Finding petitions, and who receives them."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.kernel.organisation import queries as organisation
from evenhand.kernel.organisation.models import Person, Post, Unit

REGISTERS = "petitions.register"


class NobodyReceives(Exception):
    """No unit has a post that may register petitions; nothing can be promised."""


@dataclass(frozen=True)
class Reception:
    """The unit that receives a matter and the person who answers for it first.

    ``stands_in``: who does so without the power to register, being the one whom the petitioner
    reached, or the head where every registrar's post is vacant.
    """

    unit: Unit
    accountable: Person
    stands_in: bool = False


def reception(
    at: datetime, *, office: Unit | None = None, clerk: uuid.UUID | None = None
) -> Reception:
    """Who answers for a matter brought at ``at``: the clerk who was reached first, else the
    registrar on duty, else, with every such post vacant, the head of the office.

    Raises :class:`NobodyReceives`, also for a clerk who is not in office.
    """
    unit = office or _reception_office()
    if clerk is not None:
        return _reached(unit, clerk, at)
    if registrar := on_duty(unit, at):
        return Reception(unit, registrar)
    head = organisation.answering_for(unit.id, at)
    if head is None:
        raise NobodyReceives(unit.code)
    return Reception(unit, head, stands_in=True)


def _reached(unit: Unit, clerk: uuid.UUID, at: datetime) -> Reception:
    posts = list(organisation.posts_of(clerk, at))
    if not posts:
        raise NobodyReceives("who records it holds no post")
    registers = any(post.unit_id == unit.id and REGISTERS in post.powers for post in posts)
    return Reception(unit, Person.objects.get(id=clerk), stands_in=not registers)


def _reception_office() -> Unit:
    """The highest unit with a registering post; of several, the first by its code."""
    post = (
        Post.objects.filter(powers__contains=[REGISTERS], unit__closed_on=None)
        .order_by("unit__level", "unit__code")
        .select_related("unit")
        .first()
    )
    if post is None:
        raise NobodyReceives("no post holds the power petitions.register")
    return post.unit


def on_duty(unit: Unit, at: datetime) -> Person | None:
    """Whose day it is: the registrars take turns by the day, in order of staff number, so that
    anybody can work the rota out."""
    registrars = list(organisation.holders(unit.id, REGISTERS, at).order_by("staff_number"))
    if not registrars:
        return None
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().toordinal()
    return registrars[day % len(registrars)]
