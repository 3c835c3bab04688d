"""What the notices of the State Council say, checked by hand and against the library."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from ..calendars import Day
from ..sources import CHINA_DECLARED
from .cast import CHINA


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 1, 28), date(2025, 2, 4)),
        (date(2025, 4, 4), date(2025, 4, 6)),
        (date(2025, 10, 1), date(2025, 10, 8)),
        (date(2026, 2, 15), date(2026, 2, 23)),
        (date(2026, 4, 4), date(2026, 4, 6)),
        (date(2026, 10, 1), date(2026, 10, 7)),
    ],
)
def test_holidays_are_off_from_end_to_end(first: date, last: date) -> None:
    assert CHINA.working_days_between(first - timedelta(days=1), last) == 0
    assert CHINA.is_working_day(last + timedelta(days=1))


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
    ],
)
def test_make_up_days_are_worked_on_weekends(day: date) -> None:
    assert day.weekday() >= 5
    assert CHINA.is_working_day(day)


def test_every_day_of_the_declared_years_agrees_with_the_library() -> None:
    day = date(2004, 1, 1)
    while day.year <= max(CHINA_DECLARED):
        assert CHINA.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_named_days_are_holidays_and_make_up_days() -> None:
    assert CHINA.named(date(2026, 5, 3), date(2026, 5, 9)) == (
        Day(date(2026, 5, 3), working=False, weekend=True, name="Labour Day"),
        Day(date(2026, 5, 4), working=False, weekend=False, name="Labour Day"),
        Day(date(2026, 5, 5), working=False, weekend=False, name="Labour Day"),
        Day(date(2026, 5, 9), working=True, weekend=True, name="Labour Day"),
    )


def test_a_year_without_a_notice_is_not_declared() -> None:
    assert CHINA.is_declared(2026)
    assert not CHINA.is_declared(2040)
    assert not CHINA.is_declared(2003)


def test_statutory_days_are_the_guess_for_a_year_without_a_notice() -> None:
    assert not CHINA.is_working_day(date(2040, 2, 16)), "in lieu of a Sunday in Spring Festival"
    assert not CHINA.is_working_day(date(2040, 10, 1))
    assert CHINA.is_working_day(date(2040, 10, 4))
    assert not CHINA.is_working_day(date(2040, 10, 6)), "is a Saturday"


def test_the_end_of_december_waits_for_the_notice_of_the_next_year() -> None:
    last = max(CHINA_DECLARED)
    assert CHINA.undeclared(date(last, 12, 1), date(last, 12, 24)) == ()
    assert CHINA.undeclared(date(last, 12, 1), date(last, 12, 25)) == (last + 1,)
    assert CHINA.undeclared(date(last, 12, 1), date(last + 2, 1, 4)) == (last + 1, last + 2)
