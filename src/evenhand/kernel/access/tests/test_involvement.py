"""Relations begin once, end, and are asked in one query."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from evenhand.base.ids import uuid7
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.involvement import (
    Involving,
    UnseenMatter,
    involve,
    involve_many,
    people_in,
    relations_of,
    release,
    release_many,
)
from evenhand.kernel.access.models import Involvement, Relation
from evenhand.kernel.access.queries import matters_where
from evenhand.kernel.organisation.tests.cast import Cast

from .rows import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def matter(cast: Cast) -> uuid.UUID:
    """Wen handles it and his bureau's desk has it."""
    matter = uuid7(AT)
    handler = Involving(relation=Relation.HANDLER, person=cast.wen.id)
    desk = Involving(relation=Relation.DESK, unit=cast.water.id, power="petitions.accept")
    with acting(cast.wen.id, AT):
        involve_many(matter=matter, involvings=[handler, desk], at=AT)
    return matter


def test_the_actor_learns_how_he_stands_in_one_query(
    cast: Cast, matter: uuid.UUID, django_assert_num_queries: Any
) -> None:
    with acting(cast.wen.id, AT):
        involve(matter=matter, relation=Relation.SUPERIOR, person=cast.wen.id, at=LATER)
        with django_assert_num_queries(1):
            assert relations_of(matter, LATER) == {Relation.HANDLER, Relation.SUPERIOR}
        assert relations_of(matter, AT) == {Relation.HANDLER}


def test_a_power_of_a_post_is_a_relation_too(cast: Cast, matter: uuid.UUID) -> None:
    with acting(cast.water_clerk.id, AT):
        assert relations_of(matter, AT) == {Relation.DESK}
    with acting(cast.newcomer.id, AT):
        assert relations_of(matter, AT) == frozenset()


def test_beginning_again_changes_nothing(cast: Cast, matter: uuid.UUID) -> None:
    with acting(cast.wen.id, LATER):
        involve(matter=matter, relation=Relation.HANDLER, person=cast.wen.id, at=LATER)
        assert Involvement.objects.get(relation=Relation.HANDLER).since == AT


def test_what_has_ended_may_begin_anew(cast: Cast, matter: uuid.UUID) -> None:
    with acting(CLOCK, AT):
        assert release(matter=matter, relation=Relation.HANDLER, person=cast.wen.id, at=LATER) == 1
        assert release(matter=matter, relation=Relation.HANDLER, person=cast.wen.id, at=LATER) == 0
        involve(matter=matter, relation=Relation.HANDLER, person=cast.wen.id, at=LATER)
        assert people_in(matter, Relation.HANDLER) == {cast.wen.id}


def test_several_end_at_once_though_the_first_is_ones_own(cast: Cast, matter: uuid.UUID) -> None:
    mine = Involving(relation=Relation.HANDLER, person=cast.wen.id)
    other = Involving(relation=Relation.DESK, unit=cast.water.id, power="petitions.accept")
    with acting(cast.wen.id, AT):
        assert release_many(matter=matter, involvings=[mine, other], at=LATER) == 2


def test_one_after_the_other_does_not_end_half_of_them_in_silence(
    cast: Cast, matter: uuid.UUID
) -> None:
    with acting(cast.water_clerk.id, AT):
        assert release(matter=matter, relation=Relation.DESK, at=LATER) == 1
        with pytest.raises(UnseenMatter):
            release(matter=matter, relation=Relation.HANDLER, at=LATER)


def test_naming_nobody_ends_the_relation_of_all(cast: Cast, matter: uuid.UUID) -> None:
    with acting(CLOCK, AT):
        involve(matter=matter, relation=Relation.HANDLER, person=cast.qiao.id, at=AT)
        assert release(matter=matter, relation=Relation.HANDLER, at=LATER) == 2
        assert people_in(matter, Relation.DESK) == frozenset()


def test_a_query_is_driven_by_the_actors_own_matters(cast: Cast, matter: uuid.UUID) -> None:
    with acting(cast.wen.id, AT):
        assert list(matters_where()) == [{"matter_id": matter}]
        assert (
            Involvement.objects.filter(matter_id__in=matters_where(Relation.HANDLER)).count() == 2
        )
        assert not matters_where(Relation.PETITIONER).exists()
