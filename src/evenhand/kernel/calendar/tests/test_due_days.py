"""Ends of terms, counted by hand on a wall calendar."""

from datetime import UTC, date, datetime

import pytest

from ..count import Deadline, due
from ..terms import Term, Unit
from .cast import CHINA, LONDON, SCOTLAND, SHANGHAI, beijing, in_china, last_day, utc


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        ("15 wd", date(2026, 3, 3), date(2026, 3, 24)),
        ("15 wd", date(2025, 1, 20), date(2025, 2, 14)),  # Spring Festival, two make-up days
        ("15 wd", date(2025, 3, 31), date(2025, 4, 22)),  # Qingming
        ("15 wd", date(2025, 9, 22), date(2025, 10, 17)),  # National Day, two make-up days
        ("15 wd", date(2026, 2, 9), date(2026, 3, 6)),  # Spring Festival, two make-up days
        ("15 wd", date(2026, 3, 30), date(2026, 4, 21)),  # Qingming
        ("15 wd", date(2026, 9, 21), date(2026, 10, 19)),  # Mid-Autumn, National Day, one
        ("20 wd", date(2026, 4, 20), date(2026, 5, 20)),  # Labour Day, one make-up day
        ("1 wd", date(2026, 5, 8), date(2026, 5, 9)),  # a make-up Saturday
        ("5 wd", date(2026, 10, 3), date(2026, 10, 13)),  # begins on a holiday
    ],
)
def test_working_days_in_china(term: str, start: date, end: date) -> None:
    assert last_day(term, start) == end


def test_working_days_in_scotland() -> None:
    answer = due(Term.parse("20 wd"), utc(2026, 4, 1, 9), SCOTLAND, LONDON)
    assert isinstance(answer, Deadline)
    assert answer.day == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        ("60 cd", date(2026, 3, 3), date(2026, 5, 2)),
        ("1 cd", date(2024, 2, 28), date(2024, 2, 29)),
        ("1 cd", date(2025, 2, 28), date(2025, 3, 1)),
        ("1 mo", date(2026, 1, 31), date(2026, 2, 28)),
        ("1 mo", date(2024, 1, 31), date(2024, 2, 29)),
        ("1 mo", date(2026, 2, 28), date(2026, 3, 28)),
        ("3 mo", date(2025, 11, 30), date(2026, 2, 28)),
        ("12 mo", date(2024, 2, 29), date(2025, 2, 28)),
        ("48 mo", date(2024, 2, 29), date(2028, 2, 29)),
    ],
)
def test_calendar_days_and_months(term: str, start: date, end: date) -> None:
    assert last_day(term, start) == end


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        ("60 cd", date(2026, 3, 3), date(2026, 5, 6)),  # 2 May, within Labour Day
        ("30 cd", date(2026, 2, 5), date(2026, 3, 9)),  # 7 March, a Saturday
        ("3 mo", date(2025, 11, 30), date(2026, 2, 28)),  # a Saturday, but worked
        ("60 cd", date(2026, 3, 10), date(2026, 5, 9)),  # a Saturday, but worked
        ("1 mo", date(2026, 9, 1), date(2026, 10, 8)),  # 1 October
    ],
)
def test_a_term_that_rolls_ends_on_a_working_day(term: str, start: date, end: date) -> None:
    assert last_day(term, start, rolls=True) == end


def test_a_rolled_date_tells_from_where_and_past_what() -> None:
    answer = in_china("60 cd", beijing(2026, 3, 3), rolls=True)
    assert answer.moved_from == date(2026, 5, 2)
    assert [day.date.day for day in answer.skipped] == [2, 3, 4, 5]
    assert in_china("60 cd", beijing(2026, 3, 3)).moved_from is None


def test_a_day_ends_with_its_last_moment() -> None:
    answer = in_china("15 wd", beijing(2026, 3, 3))
    assert answer.at == datetime(2026, 3, 24, 23, 59, 59, 999999, tzinfo=SHANGHAI)
    assert answer.at.tzinfo is UTC


def test_the_day_of_the_start_is_the_local_one() -> None:
    late_in_london = utc(2026, 3, 3, 20)
    assert in_china("1 cd", late_in_london).day == date(2026, 3, 5)


def test_hours_run_from_the_minute_whatever_the_day() -> None:
    answer = in_china("24 h", beijing(2026, 10, 1, 9, 30), rolls=True)
    assert answer.at == beijing(2026, 10, 2, 9, 30)
    assert answer.day == date(2026, 10, 2)


def test_skipped_are_the_named_days_on_the_way() -> None:
    answer = in_china("20 wd", beijing(2026, 4, 20))
    assert [(day.date.day, day.working) for day in answer.skipped] == [
        (1, False), (2, False), (3, False), (4, False), (5, False), (9, True),
    ]  # fmt: skip


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_is_counted(unit: Unit) -> None:
    answer = due(Term(1, unit), beijing(2026, 3, 3), CHINA, SHANGHAI)
    assert isinstance(answer, Deadline)
    assert answer.at > answer.start == beijing(2026, 3, 3)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-03-03 10:00:00 has no time zone"):
        in_china("15 wd", datetime(2026, 3, 3, 10))
