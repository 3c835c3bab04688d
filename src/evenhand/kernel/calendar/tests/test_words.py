from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from ..terms import Term, Unit
from ..words import (
    day_in_words,
    days_in_words,
    distance_in_words,
    length_in_words,
    list_in_words,
    moment_in_words,
    term_in_words,
)
from .cast import SHANGHAI, beijing

NOW = beijing(2026, 3, 20, 14)
END_OF_DAY = timedelta(hours=13, minutes=59, seconds=59, microseconds=999_999)


def off(language: str, at: datetime, unit: Unit) -> str:
    with override(language):
        return distance_in_words(at.astimezone(UTC), now=NOW, unit=unit, tz=SHANGHAI)


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (-4, "4 days late", "逾期4天"),
        (-1, "1 day late", "逾期1天"),
        (0, "today", "今天"),
        (1, "tomorrow", "明天"),
        (3, "in 3 days", "3天后"),
    ],
)
def test_terms_in_days_are_told_by_the_day(days: int, english: str, chinese: str) -> None:
    at = beijing(2026, 3, 20) + timedelta(days=days) + END_OF_DAY
    assert off("en", at, Unit.WORKING_DAYS) == english
    assert off("zh-hans", at, Unit.CALENDAR_DAYS) == chinese


@pytest.mark.parametrize(
    ("hours", "english", "chinese"),
    [
        (-49, "2 days late", "逾期2天"),
        (-15, "15 hours late", "逾期15小时"),
        (-0.5, "30 minutes late", "逾期30分钟"),
        (-0.001, "1 minute late", "逾期1分钟"),
        (3, "today 17:00", "今天 17:00"),
        (11, "tomorrow 01:00", "明天01:00"),
        (48, "in 2 days", "2天后"),
    ],
)
def test_terms_in_hours_are_told_by_the_clock(hours: float, english: str, chinese: str) -> None:
    at = NOW + timedelta(hours=hours)
    assert off("en", at, Unit.HOURS) == english
    assert off("zh-hans", at, Unit.HOURS) == chinese


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_has_a_singular_and_a_plural(unit: Unit) -> None:
    with override("en"):
        assert term_in_words(Term(1, unit)) == f"1 {str(unit.label).removesuffix('s')}"
        assert length_in_words(15, unit) == f"15 {unit.label}"


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_has_a_chinese_word(unit: Unit) -> None:
    with override("zh-hans"):
        assert length_in_words(15, unit).isascii() is False
        assert str(unit.label).isascii() is False


def test_dates_and_moments() -> None:
    with override("en"):
        assert day_in_words(date(2026, 3, 3)) == "3 March 2026"
        assert moment_in_words(beijing(2026, 3, 3, 9), SHANGHAI) == "3 March 2026 at 09:00"
    with override("zh-hans"):
        assert day_in_words(date(2026, 3, 3)) == "2026年3月3日"
        assert moment_in_words(beijing(2026, 3, 3, 9), SHANGHAI) == "2026年3月3日 09:00"


def test_a_moment_is_told_in_local_time() -> None:
    with override("en"):
        told = moment_in_words(datetime(2026, 3, 3, 20, tzinfo=UTC), SHANGHAI)
    assert told == "4 March 2026 at 04:00"


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        (date(2026, 4, 5), date(2026, 4, 5), "5 April", "4月5日"),
        (date(2026, 10, 1), date(2026, 10, 7), "1–7 October", "10月1日至7日"),
        (date(2026, 9, 30), date(2026, 10, 7), "30 September – 7 October", "9月30日至10月7日"),
    ],
)
def test_days_of_a_known_year(first: date, last: date, english: str, chinese: str) -> None:
    with override("en"):
        assert days_in_words(first, last) == english
    with override("zh-hans"):
        assert days_in_words(first, last) == chinese


@pytest.mark.parametrize(
    ("items", "english", "chinese"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a和b"),
        (["a", "b", "c"], "a, b and c", "a、b和c"),
    ],
)
def test_lists(items: list[str], english: str, chinese: str) -> None:
    with override("en"):
        assert list_in_words(items) == english
    with override("zh-hans"):
        assert list_in_words(items) == chinese
