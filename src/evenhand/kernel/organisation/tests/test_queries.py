"""Who leads, who holds a power, who has a stake: at a moment, in one query."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from evenhand.kernel.organisation import queries
from evenhand.kernel.organisation.models import Category, Interest, Level, Post, Tenure, Unit
from evenhand.kernel.organisation.tests.cast import CHANGED, Cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BEFORE = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def section(cast: Cast) -> Unit:
    """A section of the township: two levels below the county, with no posts at all."""
    return Unit.objects.create(
        code="ponds", name="渔政科", category=Category.OFFICE, level=5, parent=cast.riverside
    )


def test_a_subtree_holds_the_unit_and_all_below_it(cast: Cast, section: Unit) -> None:
    assert set(queries.subtree(cast.riverside.id)) == {cast.riverside, section}
    assert queries.subtree(cast.county).count() == 7


def test_a_subtree_can_be_narrowed_like_any_queryset(cast: Cast, section: Unit) -> None:
    below = queries.subtree(cast.county).filter(level=Level.TOWNSHIP).order_by("code")
    assert list(below) == [section, cast.riverside]


def test_ancestors_come_nearest_first(cast: Cast, section: Unit) -> None:
    assert queries.ancestors(section.id) == [cast.riverside, cast.county]
    assert queries.ancestors(cast.county) == []


def test_one_level_up(cast: Cast, section: Unit) -> None:
    assert queries.superior(section) == cast.riverside
    assert queries.superior(cast.county.id) is None
    assert queries.superiors([section, cast.county]) == {section.id: cast.riverside}


def test_the_top_of_the_tree(cast: Cast, section: Unit) -> None:
    assert queries.root_of(section) == cast.county
    assert queries.root_of(cast.county.id) == cast.county


def test_the_head_is_whoever_leads_at_that_moment(cast: Cast) -> None:
    assert queries.head_of(cast.water, AT) == cast.water_head
    assert queries.head_of(cast.water, BEFORE) == cast.former_head
    assert queries.head_of(cast.riverside, AT) is None


def test_a_deputy_in_a_leading_post_is_not_the_head(cast: Cast) -> None:
    deputy = Post.objects.create(
        code="deputy", unit=cast.riverside, name="副镇长", leading=True, powers=["handle"]
    )
    Tenure.objects.create(post=deputy, person=cast.newcomer, during=(CHANGED, None))
    assert queries.head_of(cast.riverside, AT) is None
    assert queries.supervised_by([cast.riverside], AT) == {cast.newcomer.id}


def test_the_power_to_lead_without_a_leading_post_makes_no_head(cast: Cast) -> None:
    acting = Post.objects.create(code="a", unit=cast.riverside, name="x", powers=["lead"])
    Tenure.objects.create(post=acting, person=cast.newcomer, during=(CHANGED, None))
    assert queries.head_of(cast.riverside, AT) is None
    assert queries.answering_for(cast.riverside, AT) == cast.governor


def test_a_term_turns_at_midnight_of_the_bodys_own_zone(cast: Cast) -> None:
    midnight_in_shanghai = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
    assert queries.head_of(cast.water, midnight_in_shanghai) == cast.water_head
    just_before = midnight_in_shanghai - timedelta(seconds=1)
    assert queries.head_of(cast.water, just_before) == cast.former_head


def test_on_a_vacancy_the_next_head_up_answers(cast: Cast, section: Unit) -> None:
    assert queries.answering_for(cast.riverside, AT) == cast.governor
    assert queries.answering_for(section, AT) == cast.governor
    assert queries.answering_for(cast.water, AT) == cast.water_head


def test_whoever_is_concerned_is_passed_over(cast: Cast) -> None:
    answering = queries.answering_for(cast.water, AT, without=[cast.water_head.id])
    assert answering == cast.governor
    everybody = [cast.water_head.id, cast.governor.id]
    assert queries.answering_for(cast.water, AT, without=everybody) is None


def test_powers_come_from_posts_and_end_with_them(cast: Cast) -> None:
    assert queries.powers_of(cast.registrar, AT) == {
        (cast.petition_office.id, "petitions.register")
    }
    assert queries.powers_of(cast.former_head.id, BEFORE) == {(cast.water.id, "lead")}
    assert queries.powers_of(cast.former_head, AT) == set()


def test_holders_of_a_power(cast: Cast) -> None:
    assert list(queries.holders(cast.water, "handle", AT)) == [cast.wen, cast.qiao]
    assert queries.holders_in([cast.water, cast.housing, cast.county], "handle", AT) == {
        cast.water.id: [cast.wen, cast.qiao],
        cast.housing.id: [cast.housing_handler],
    }


def test_a_holder_through_two_posts_is_named_once(cast: Cast) -> None:
    second = Post.objects.create(code="2", unit=cast.water, name="x", powers=["handle"])
    Tenure.objects.create(post=second, person=cast.wen, during=(CHANGED, None))
    assert list(queries.holders(cast.water, "handle", AT)) == [cast.wen, cast.qiao]
    assert queries.holders_in([cast.water], "handle", AT)[cast.water.id] == [cast.wen, cast.qiao]


def test_posts_and_units_of_a_person(cast: Cast) -> None:
    assert list(queries.posts_of(cast.wen, AT)) == [cast.posts["wen"]]
    assert list(queries.units_of(cast.wen, AT)) == [cast.water]
    assert not queries.units_of(cast.newcomer, AT).exists()


def test_kin_are_found_from_both_sides(cast: Cast) -> None:
    assert queries.kin_of([cast.wen.id]) == {cast.housing_handler.id}
    assert queries.kin_of([cast.housing_handler]) == {cast.wen.id}
    assert queries.kin_of([cast.qiao]) == set()


def test_an_act_is_supervised_by_whoever_led_when_it_was_taken(cast: Cast) -> None:
    assert queries.supervised_by([cast.water], BEFORE) == {cast.former_head.id}
    assert queries.supervised_by([cast.water.id], AT) == {cast.water_head.id}


def test_an_interest_counts_until_it_has_ended(cast: Cast) -> None:
    assert queries.interested_in([cast.riverside], AT) == {cast.qiao.id}
    Interest.objects.update(ended_on=queries.day_of(AT))
    assert queries.interested_in([cast.riverside], AT) == set()
    assert queries.interested_in([cast.riverside], BEFORE) == {cast.qiao.id}


def test_who_sits_in_a_body_and_who_votes(cast: Cast) -> None:
    seats = list(queries.seats_in(cast.committee, AT))
    assert seats[0].person == cast.governor
    assert [seat.person for seat in seats if not seat.votes] == [cast.inspector]


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: list(queries.subtree(c.county)),
        lambda c: queries.ancestors(c.water),
        lambda c: queries.superior(c.water),
        lambda c: queries.root_of(c.water),
        lambda c: queries.superiors([c.water, c.housing]),
        lambda c: queries.head_of(c.water, AT),
        lambda c: queries.heads_of([c.water, c.housing], AT),
        lambda c: queries.answering_for(c.riverside, AT),
        lambda c: queries.answering_for_each([c.riverside, c.water], AT),
        lambda c: list(queries.holders(c.water, "handle", AT)),
        lambda c: queries.holders_in([c.water, c.housing], "handle", AT),
        lambda c: [post.unit for post in queries.posts_of(c.wen, AT)],
        lambda c: queries.powers_of(c.wen, AT),
        lambda c: list(queries.units_of(c.wen, AT)),
        lambda c: [seat.person for seat in queries.seats_in(c.committee, AT)],
        lambda c: queries.kin_of([c.wen, c.qiao]),
        lambda c: queries.supervised_by([c.water, c.housing], AT),
        lambda c: queries.interested_in([c.water, c.riverside], AT),
    ],
)
def test_every_question_is_one_query(cast: Cast, ask: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        ask(cast)
