from datetime import date, timedelta

import holidays
import pytest

from ..calendars import UnknownCalendar, get_calendar
from .cast import NEW_YORK_STATE, SCOTLAND


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    easter_monday = date(2026, 4, 6)
    assert SCOTLAND.is_working_day(easter_monday)
    assert not get_calendar("GB-ENG").is_working_day(easter_monday)


def test_days_off_in_lieu_are_off() -> None:
    assert not SCOTLAND.is_working_day(date(2026, 12, 28))
    assert not NEW_YORK_STATE.is_working_day(date(2026, 7, 3))


def test_weekends_are_those_of_the_country() -> None:
    arabia = get_calendar("SA")
    assert arabia.is_working_day(date(2026, 7, 5))
    assert not arabia.is_working_day(date(2026, 7, 3))


@pytest.mark.parametrize(("key", "part"), [("GB-SCT", "SCT"), ("US-NY", "NY")])
def test_counts_agree_with_the_library(key: str, part: str) -> None:
    table = holidays.country_holidays(key[:2], subdiv=part)
    first, last = date(2024, 2, 29), date(2027, 6, 30)
    counted = get_calendar(key).working_days_between(first - timedelta(days=1), last)
    assert counted == table.get_working_days_count(first, last)


def test_years_that_are_computed_are_declared() -> None:
    assert SCOTLAND.is_declared(2030)
    assert SCOTLAND.undeclared(date(2026, 12, 31), date(2030, 12, 31)) == ()


def test_years_beyond_what_is_computed_are_not() -> None:
    assert not SCOTLAND.is_declared(2101)


def test_estimated_holidays_are_not_declared() -> None:
    assert get_calendar("AE").is_declared(2026)
    assert not get_calendar("AE").is_declared(2090)


@pytest.mark.parametrize("key", ["", "ZZ", "UK", "cn", "China"])
def test_an_unknown_country_is_refused(key: str) -> None:
    with pytest.raises(UnknownCalendar, match="ISO 3166"):
        get_calendar(key)


@pytest.mark.parametrize("key", ["GB-", "GB-XX", "GB-NY"])
def test_an_unknown_part_is_refused_and_the_parts_are_named(key: str) -> None:
    with pytest.raises(UnknownCalendar, match="the parts of GB are ENG, NIR, SCT, WLS"):
        get_calendar(key)


def test_a_country_without_parts_says_so() -> None:
    with pytest.raises(UnknownCalendar, match="the parts of CN are none"):
        get_calendar("CN-BJ")
