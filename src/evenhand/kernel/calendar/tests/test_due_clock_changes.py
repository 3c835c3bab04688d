"""Terms across the nights on which clocks are put forward and back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ..calendars import WorkCalendar
from ..count import Deadline, due
from ..terms import Term
from .cast import LONDON, NEW_YORK, NEW_YORK_STATE, SCOTLAND, utc


def answer(term: str, start: datetime, calendar: WorkCalendar, tz: ZoneInfo) -> Deadline:
    found = due(Term.parse(term), start, calendar, tz)
    assert isinstance(found, Deadline)
    return found


@pytest.mark.parametrize(
    ("tz", "start", "local_end"),
    [
        (LONDON, datetime(2026, 3, 29, 0, 30), "03:30 BST"),
        (LONDON, datetime(2026, 10, 25, 0, 30), "01:30 GMT"),
        (NEW_YORK, datetime(2026, 3, 8, 1, 30), "04:30 EDT"),
        (NEW_YORK, datetime(2026, 11, 1, 0, 30), "01:30 EST"),
    ],
)
def test_hours_are_elapsed_hours(tz: ZoneInfo, start: datetime, local_end: str) -> None:
    found = answer("2 h", start.replace(tzinfo=tz), SCOTLAND, tz)
    assert found.at - found.start == timedelta(hours=2)
    assert found.at.astimezone(tz).strftime("%H:%M %Z") == local_end


@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        (date(2026, 3, 28), utc(2026, 3, 29, 0)),
        (date(2026, 3, 29), utc(2026, 3, 29, 23)),
        (date(2026, 10, 24), utc(2026, 10, 24, 23)),
        (date(2026, 10, 25), utc(2026, 10, 26, 0)),
    ],
)
def test_days_end_at_local_midnight_in_london(day: date, midnight: datetime) -> None:
    start = datetime(day.year, day.month, day.day - 1, 12, tzinfo=LONDON)
    found = answer("1 cd", start, SCOTLAND, LONDON)
    assert (found.day, found.at) == (day, midnight - timedelta.resolution)


def test_days_end_at_local_midnight_in_new_york() -> None:
    found = answer("5 wd", datetime(2026, 3, 2, 12, tzinfo=NEW_YORK), NEW_YORK_STATE, NEW_YORK)
    assert found.at == utc(2026, 3, 10, 4) - timedelta.resolution


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Asia/Beirut", date(2026, 10, 24)),  # 23:00 to 24:00 comes twice
        ("America/Sao_Paulo", date(2018, 11, 3)),  # 00:00 to 01:00 is left out
        ("America/Havana", date(2026, 10, 31)),  # 00:00 to 01:00 comes twice
        ("Pacific/Apia", date(2011, 12, 29)),  # the whole next day is left out
    ],
)
def test_a_day_ends_one_moment_before_the_next_where_midnight_is_odd(zone: str, day: date) -> None:
    tz = ZoneInfo(zone)
    start = datetime(day.year, day.month, day.day - 1, 12, tzinfo=tz)
    found = answer("1 cd", start, SCOTLAND, tz)
    assert found.at.astimezone(tz).date() == day
    assert (found.at + timedelta.resolution).astimezone(tz).date() > day
