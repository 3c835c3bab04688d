"""The stories suit any day on which the demo may be made, and their texts are complete."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from random import Random

import pytest

from evenhand.demo import texts
from evenhand.demo.fill import BEFORE, PETITIONS
from evenhand.mechanisms.petitions.demo import Course
from evenhand.mechanisms.petitions.demo_stories import STORIES, Story, moments, told
from evenhand.mechanisms.petitions.states import RESULTS, Kind, State

KINDS = {"claim": Kind.CLAIM, "suggestion": Kind.SUGGESTION}


def is_working_day(day: date) -> bool:
    """As it is in China, with the longest holiday."""
    return day.weekday() < 5 and not (day.month == 10 and day.day < 9)


def days() -> list[datetime]:
    first = datetime(2026, 1, 1, 2, tzinfo=UTC)
    return [first + timedelta(days=n, hours=n % 24) for n in range(0, 366, 5)]


def plan(story: Story, until: datetime) -> list[datetime]:
    return list(moments(story, until=until, chance=Random(1), is_working_day=is_working_day))


def test_a_hundred_stories_are_told() -> None:
    assert sum(story.times for story in STORIES) == PETITIONS
    assert sorted(s.name for s in told(PETITIONS)) == sorted(
        s.name for s in STORIES for _ in range(s.times)
    )


def test_the_first_dozen_shows_every_state() -> None:
    assert {story.ends for story in told(12)} == set(State)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_fits_before_any_day(story: Story) -> None:
    for until in days():
        found = plan(story, until)
        assert until - BEFORE < found[0]
        assert found[-1] < until
        assert all(one < other for one, other in pairwise(found))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_every_act_of_a_story_can_be_done(story: Story) -> None:
    assert all(callable(getattr(Course, act)) for act, _days in story.beats)


def test_a_withdrawal_is_confirmed_after_its_cooling_off() -> None:
    for story in STORIES:
        acts = [act for act, _days in story.beats]
        if "confirms" in acts:
            asked = acts.index("asks_withdrawal") + 1
            for until in days():
                found = plan(story, until)
                assert found[asked + 1] - found[asked] > timedelta(days=8)


def test_the_texts_are_varied() -> None:
    titles = {text.title for of in texts.FILES for text in islice(texts.texts(of), 60)}
    assert len({title for title in titles if "{" not in title}) >= 100
    assert {text.language for text in islice(texts.texts("claim"), 60)} == {"zh-hans", "en"}


@pytest.mark.parametrize("of", KINDS)
def test_every_answer_is_complete(of: str) -> None:
    for text in islice(texts.texts(of), 60):
        assert text.result in RESULTS[KINDS[of]]
        assert all((text.asks, text.facts, text.reasons, text.basis)), text.title


def test_every_notice_of_where_it_belongs_says_where() -> None:
    assert all(text.reasons and text.route for text in islice(texts.texts("elsewhere"), 8))
