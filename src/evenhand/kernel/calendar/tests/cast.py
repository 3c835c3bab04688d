"""Places and moments that the tests of terms share."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from evenhand.kernel.calendar.calendars import get_calendar
from evenhand.kernel.calendar.count import Deadline, due
from evenhand.kernel.calendar.pauses import Stretch
from evenhand.kernel.calendar.terms import Term

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")

CHINA = get_calendar("CN")
SCOTLAND = get_calendar("GB-SCT")
NEW_YORK_STATE = get_calendar("US-NY")


def beijing(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment by the clocks of Beijing."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def in_china(term: str, start: datetime, *pauses: Stretch, rolls: bool = False) -> Deadline:
    """The deadline of a term that runs in China, and is not paused for good."""
    answer = due(Term.parse(term), start, CHINA, SHANGHAI, pauses, rolls=rolls)
    assert isinstance(answer, Deadline)
    return answer


def last_day(term: str, start: date, *pauses: Stretch, rolls: bool = False) -> date:
    """As :func:`in_china`, by the day alone: from ``start`` to the last day."""
    return in_china(term, beijing(start.year, start.month, start.day), *pauses, rolls=rolls).day
