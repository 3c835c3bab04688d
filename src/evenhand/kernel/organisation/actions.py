"""Changing the organisation: each action is one transaction with one ledger entry.

``by`` is the person who acts (or a system actor), ``at`` the moment of the act. Days are the
body's own, and ``until`` is the first day without. What two people might do at once is refused
by the database's constraints, whose names :mod:`.refusals` turns into words.
"""

import uuid
from datetime import date, datetime
from functools import partial

from django.db import transaction

from evenhand.kernel.ledger.actions import enter
from evenhand.kernel.ledger.codes import Code

from . import codes, refusals
from .locks import hold_shape, rely_on_shape
from .models import (
    Body,
    Category,
    Interest,
    Kinship,
    Level,
    Membership,
    Named,
    Person,
    Post,
    Tenure,
    Unit,
)
from .queries import day_of

# Units.


@transaction.atomic
def found_unit(
    *,
    code: str,
    name: str,
    name_en: str = "",
    category: Category,
    level: Level,
    parent: Unit | None,
    on: date,
    by: uuid.UUID,
    at: datetime,
) -> Unit:
    """A new unit below ``parent`` (``None``: a top of its own).

    Raises ``CodeTaken``, and ``UnitClosed`` when the parent is.
    """
    hold_shape()
    if parent:
        refusals.if_closed(parent)
    with refusals.on(organisation_unit_code_key=partial(refusals.code_taken, code)):
        unit = Unit.objects.create(
            code=code,
            name=name,
            name_en=name_en,
            category=category,
            level=level,
            parent=parent,
            founded_on=on,
        )
    _enter(codes.UNIT_FOUNDED, by, at, unit=unit, code=code, under=parent, on=on)
    return unit


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, name_en: str = "", by: uuid.UUID, at: datetime) -> None:
    """Another name from now on; what was written before keeps the name it was given."""
    hold_shape()
    before = Unit.objects.get(id=unit.id).name
    unit.name, unit.name_en = name, name_en
    unit.save(update_fields=["name", "name_en"])
    _enter(codes.UNIT_RENAMED, by, at, unit=unit, before=before)


@transaction.atomic
def move_unit(*, unit: Unit, under: Unit, by: uuid.UUID, at: datetime) -> None:
    """Put the unit, with all that stands below it, under another.

    Raises ``WouldBeCycle``, and ``UnitClosed`` when the other is.
    """
    hold_shape()
    refusals.if_closed(under)
    cycle = partial(refusals.would_be_cycle, unit, under)
    with refusals.on(unit_tree_has_no_cycle=cycle, unit_not_its_own_parent=cycle):
        Unit.objects.filter(id=unit.id).update(parent=under)
    unit.parent = under
    _enter(codes.UNIT_MOVED, by, at, unit=unit, under=under)


@transaction.atomic
def close_unit(*, unit: Unit, on: date, by: uuid.UUID, at: datetime) -> None:
    """The unit no longer exists from ``on``; what it did stays with its name.

    Raises ``StillInUse`` while a unit below it is open, or anybody has a post or a seat in it,
    beyond that day; ``UnitClosed``; ``WrongDate`` when it was founded later.
    """
    hold_shape()
    refusals.if_closed(unit)
    refusals.if_in_use(unit, on)
    with refusals.on(unit_closed_after_founded=refusals.closed_before_founded):
        Unit.objects.filter(id=unit.id).update(closed_on=on)
    unit.closed_on = on
    _enter(codes.UNIT_CLOSED, by, at, unit=unit, on=on)


# Posts.


@transaction.atomic
def appoint(
    *,
    post: Post,
    person: Person,
    since: date,
    until: date | None = None,
    by: uuid.UUID,
    at: datetime,
) -> Tenure:
    """Give the post to the person for a term of office.

    Raises ``PostTaken``, naming the holder and the dates; ``UnitClosed``; ``WrongDate``.
    """
    rely_on_shape()
    during = refusals.span(since, until)
    refusals.if_closed(post.unit, until)
    taken = partial(refusals.post_taken, post, during)
    with refusals.on(one_holder_of_a_post_at_a_time=taken):
        tenure = Tenure.objects.create(post=post, person=person, during=during)
    code = codes.LEADER_APPOINTED if post.leading else codes.APPOINTED
    _enter(code, by, at, person=person, post=post, unit=post.unit, since=since, until=until)
    return tenure


@transaction.atomic
def relieve(*, tenure: Tenure, until: date, by: uuid.UUID, at: datetime) -> None:
    """End a term of office, or end it sooner. Raises ``WrongDate`` outside the term."""
    rely_on_shape()
    held = Tenure.objects.select_for_update(of=["self"]).select_related("post__unit", "person")
    tenure.during = refusals.shortened(held.get(id=tenure.id).during, until)
    tenure.save(update_fields=["during"])
    post = tenure.post
    _enter(codes.RELIEVED, by, at, person=tenure.person, post=post, unit=post.unit, until=until)


# Collective bodies.


@transaction.atomic
def seat(
    *,
    body: Body,
    person: Person,
    since: date,
    until: date | None = None,
    votes: bool = True,
    presides: bool = False,
    by: uuid.UUID,
    at: datetime,
) -> Membership:
    """Give the person a seat. Raises ``SeatTaken``, naming the dates; ``WrongDate``."""
    rely_on_shape()
    during = refusals.span(since, until)
    refusals.if_closed(body.unit, until)
    taken = partial(refusals.seat_taken, body, person, during)
    with refusals.on(one_seat_in_a_body_at_a_time=taken):
        membership = Membership.objects.create(
            body=body, person=person, during=during, votes=votes, presides=presides
        )
    _enter(
        codes.SEATED,
        by,
        at,
        person=person,
        body=body,
        since=since,
        until=until,
        votes=votes,
        presides=presides,
    )
    return membership


@transaction.atomic
def unseat(*, membership: Membership, until: date, by: uuid.UUID, at: datetime) -> None:
    """End a seat, or end it sooner. Raises ``WrongDate`` outside the time of the seat."""
    rely_on_shape()
    held = Membership.objects.select_for_update().get(id=membership.id)
    membership.during = refusals.shortened(held.during, until)
    membership.save(update_fields=["during"])
    _enter(codes.UNSEATED, by, at, person=membership.person, body=membership.body, until=until)


# Stakes. Their entries carry ids and no names: they say that it was declared, not of whom.


@transaction.atomic
def declare_kinship(
    *, person: Person, relative: Person, relation: str, by: uuid.UUID, at: datetime
) -> Kinship:
    """Two people are kin; ``relation`` says what the relative is. Raises ``AlreadyDeclared``."""
    rely_on_shape()
    with refusals.on(kinship_once=refusals.already_declared):
        kinship = Kinship.objects.create(
            person=person, relative=relative, relation=relation, declared_on=day_of(at)
        )
    _enter(
        codes.KINSHIP_DECLARED,
        by,
        at,
        person_id=person.id,
        relative_id=relative.id,
        relation=relation,
    )
    return kinship


@transaction.atomic
def declare_interest(
    *, person: Person, unit: Unit, nature: str, by: uuid.UUID, at: datetime
) -> Interest:
    """The person has an interest in the unit's affairs. Raises ``AlreadyDeclared``."""
    rely_on_shape()
    with refusals.on(interest_declared_once=refusals.already_declared):
        interest = Interest.objects.create(
            person=person, unit=unit, nature=nature, declared_on=day_of(at)
        )
    _enter(codes.INTEREST_DECLARED, by, at, person_id=person.id, unit_id=unit.id, nature=nature)
    return interest


@transaction.atomic
def end_interest(*, interest: Interest, until: date, by: uuid.UUID, at: datetime) -> None:
    """The interest is no more from ``until``."""
    rely_on_shape()
    interest.ended_on = until
    interest.save(update_fields=["ended_on"])
    _enter(
        codes.INTEREST_ENDED,
        by,
        at,
        person_id=interest.person_id,
        unit_id=interest.unit_id,
        until=until,
    )


def _enter(
    code: Code,
    by: uuid.UUID,
    at: datetime,
    /,
    **facts: Named | uuid.UUID | date | str | bool | None,
) -> None:
    """The one entry. Of a row it keeps the name of the day beside the id: it outlives both."""
    arguments: dict[str, str | bool | None] = {"by": str(by)}
    for key, fact in facts.items():
        if isinstance(fact, Named):
            arguments |= {key: fact.name, f"{key}_id": str(fact.pk)}
        else:
            arguments[key] = fact if fact is None or isinstance(fact, bool) else str(fact)
    enter(code=code.key, at=at, arguments=arguments)
