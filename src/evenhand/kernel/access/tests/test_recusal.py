"""Whoever has a stake in a matter is found, excluded, and sees nothing of it."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.base.ids import uuid7
from evenhand.kernel.access import recusal
from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting
from evenhand.kernel.access.involvement import (
    Involving,
    UnseenMatter,
    involve_many,
    people_in,
    relations_of,
)
from evenhand.kernel.access.models import Involvement, Relation
from evenhand.kernel.access.recusal import Ground, concerned, mark_concerned, stakes
from evenhand.kernel.ledger.models import Opening
from evenhand.kernel.organisation.tests.cast import CHANGED, Cast

from .rows import AT

pytestmark = pytest.mark.django_db
BEFORE, SINCE = CHANGED - timedelta(days=1), CHANGED
LATER = AT + timedelta(hours=1)


@pytest.fixture
def matter(cast: Cast) -> uuid.UUID:
    """Wen and Qiao handle it; the audit reads it."""
    matter = uuid7(AT)
    people = [cast.wen.id, cast.qiao.id]
    involvings = [Involving(relation=Relation.HANDLER, person=person) for person in people]
    audit = Involving(relation=Relation.AUDITING, unit=cast.county.id, power="audit")
    with acting(cast.wen.id, AT):
        involve_many(matter=matter, involvings=[*involvings, audit], at=AT)
    return matter


# Who has a stake.


def test_who_took_and_who_signed_and_their_kin(cast: Cast) -> None:
    found = stakes(took=[cast.wen.id], signed=[cast.qiao.id], acted_on=SINCE, at=AT)
    assert found == {
        cast.wen.id: Ground.TOOK,
        cast.qiao.id: Ground.SIGNED,
        cast.housing_handler.id: Ground.KIN,
    }


def test_kin_count_whichever_of_the_two_declared_it(cast: Cast) -> None:
    for one, other in [(cast.wen, cast.housing_handler), (cast.housing_handler, cast.wen)]:
        assert stakes(took=[one.id], acted_on=SINCE, at=AT)[other.id] == Ground.KIN


@pytest.mark.parametrize(
    ("acted_on", "leaders"),
    [(BEFORE, {"former_head", "water_head"}), (SINCE, {"water_head"})],
)
def test_who_led_the_unit_then_and_who_leads_it_now(
    cast: Cast, acted_on: date, leaders: set[str]
) -> None:
    found = stakes(acting_units=[cast.water.id], acted_on=acted_on, at=AT)
    assert found == {getattr(cast, name).id: Ground.SUPERVISED for name in leaders}


def test_who_has_an_interest_in_the_unit(cast: Cast) -> None:
    found = stakes(acting_units=[cast.riverside.id], acted_on=SINCE, at=AT)
    assert found == {cast.qiao.id: Ground.INTEREST}


def test_the_weightiest_ground_is_told(cast: Cast) -> None:
    everything = [cast.wen.id, cast.housing_handler.id]
    found = stakes(took=[cast.wen.id], signed=everything, acted_on=SINCE, at=AT)
    assert found == {cast.wen.id: Ground.TOOK, cast.housing_handler.id: Ground.SIGNED}


def test_one_level_up_has_no_stake_by_that(cast: Cast) -> None:
    """Else nobody could review what a unit did."""
    assert cast.governor.id not in stakes(acting_units=[cast.water.id], acted_on=SINCE, at=AT)


def test_the_queries_do_not_grow_with_people_and_units(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    units = [cast.water.id, cast.housing.id, cast.riverside.id]
    people = [cast.wen.id, cast.qiao.id, cast.water_clerk.id]
    with django_assert_num_queries(4):
        stakes(took=people, signed=people, acting_units=units, acted_on=BEFORE, at=AT)


# What follows.


def mark(cast: Cast, matter: uuid.UUID, *people: Any, by: Any = None) -> frozenset[uuid.UUID]:
    return mark_concerned(
        matter=matter,
        people={person.id: Ground.TOOK for person in people},
        by=(by or cast.qiao).id,
        at=LATER,
    )


def test_whoever_is_concerned_sees_nothing_and_has_no_part(cast: Cast, matter: uuid.UUID) -> None:
    assert mark(cast, matter, cast.wen) == {cast.wen.id}
    with acting(cast.wen.id, LATER):
        assert relations_of(matter, LATER) == frozenset()
        assert not Involvement.objects.exists()
    with acting(cast.qiao.id, LATER):
        assert people_in(matter, Relation.HANDLER) == {cast.qiao.id}
        assert concerned(matter) == {cast.wen.id}


def test_who_is_concerned_already_is_not_entered_again(cast: Cast, matter: uuid.UUID) -> None:
    mark(cast, matter, cast.wen)
    assert mark(cast, matter, cast.wen, cast.newcomer) == {cast.newcomer.id}
    assert mark(cast, matter, cast.wen) == frozenset()
    with acting(CLOCK, LATER):
        assert Opening.objects.filter(matter_id=matter).count() == 2


def test_there_is_one_entry_however_many_are_excluded(cast: Cast, matter: uuid.UUID) -> None:
    mark(cast, matter, cast.wen, cast.newcomer, cast.governor)
    with acting(CLOCK, LATER):
        said = Opening.objects.get(matter_id=matter).arguments
    assert said["by"] == str(cast.qiao.id)
    assert said["people"][str(cast.wen.id)] == "took"
    assert len(said["people"]) == 3


def test_whoever_excludes_himself_among_others_is_excluded(cast: Cast, matter: uuid.UUID) -> None:
    mark(cast, matter, cast.wen, cast.qiao, by=cast.wen)
    with acting(CLOCK, LATER):
        assert concerned(matter) == {cast.wen.id, cast.qiao.id}
        assert people_in(matter, Relation.HANDLER) == frozenset()


@pytest.mark.parametrize("name", ["wen", "auditor"])
def test_somebody_steps_aside_with_his_reason(cast: Cast, matter: uuid.UUID, name: str) -> None:
    person = getattr(cast, name).id
    recusal.declare_stake(
        matter=matter, person=person, ground="We share a wall.", by=person, at=LATER
    )
    with acting(CLOCK, LATER):
        row = Involvement.objects.get(matter_id=matter, relation=Relation.CONCERNED)
    assert (row.person_id, row.ground, row.since) == (person, "We share a wall.", LATER)


def test_a_long_reason_is_kept_whole_in_the_ledger(cast: Cast, matter: uuid.UUID) -> None:
    wen = cast.wen.id
    recusal.declare_stake(matter=matter, person=wen, ground="x" * 900, by=wen, at=LATER)
    with acting(CLOCK, LATER):
        assert Opening.objects.get(matter_id=matter).arguments["people"][str(wen)] == "x" * 900


def test_who_does_not_see_the_matter_excludes_nobody(cast: Cast, matter: uuid.UUID) -> None:
    with pytest.raises(UnseenMatter):
        mark(cast, matter, cast.wen, by=cast.newcomer)


@pytest.mark.parametrize("name", ["wen", "newcomer"])
def test_who_may_not_see_it_is_not_told_that_nobody_is_concerned(
    cast: Cast, matter: uuid.UUID, name: str
) -> None:
    mark(cast, matter, cast.wen)
    with acting(getattr(cast, name).id, LATER), pytest.raises(UnseenMatter):
        concerned(matter)


def test_a_matter_that_there_is_not_looks_like_one_that_is_hidden(
    cast: Cast, matter: uuid.UUID
) -> None:
    said = set()
    for asked in (matter, uuid7()):
        with acting(PUBLIC, LATER), pytest.raises(UnseenMatter) as unseen:
            concerned(asked)
        said.add(str(unseen.value))
    assert len(said) == 1


def test_the_clock_learns_whom_it_concerns(cast: Cast, matter: uuid.UUID) -> None:
    mark(cast, matter, cast.newcomer)
    with acting(CLOCK, LATER):
        assert concerned(matter) == {cast.newcomer.id}


def test_nobody_in_particular_is_nobody(cast: Cast, matter: uuid.UUID) -> None:
    assert mark_concerned(matter=matter, people={}, by=cast.newcomer.id, at=LATER) == frozenset()
