"""Dates as a reader of each language writes them, in the body's time zone."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


class Written(StrEnum):
    """How much of a date is written out."""

    LONG = "long"
    """With the weekday and the year."""
    SHORT = "short"
    """With the year only."""
    NEAR = "near"
    """With the weekday only: for the days just ahead."""
    MOMENT = "moment"
    """With the year and the time of day."""
    TIME = "time"
    """The time of day alone."""


_PATTERNS = {
    "en": {
        Written.LONG: "l j F Y",
        Written.SHORT: "j F Y",
        Written.NEAR: "D j F",
        Written.MOMENT: "j F Y, H:i",
        Written.TIME: "H:i",
    },
    "zh-hans": {
        Written.LONG: "Y年n月j日（l）",
        Written.SHORT: "Y年n月j日",
        Written.NEAR: "n月j日（l）",
        Written.MOMENT: "Y年n月j日 H:i",
        Written.TIME: "H:i",
    },
}


def write(value: date | None, written: Written) -> str:
    """The date, or the moment in local time, in the language of the page; "" for none."""
    if value is None:
        return ""
    patterns = _PATTERNS.get(get_language() or "en", _PATTERNS["en"])
    return date_format(_local(value), patterns[written])


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


class DueKind(StrEnum):
    """How a due date stands to now; it chooses the colour beside the words."""

    LATE = "late"
    """The moment has passed."""
    TODAY = "today"
    """It falls due before midnight."""
    DATE = "date"
    """It falls due on a later day."""
    PAUSED = "paused"
    """The clock stands still."""


@dataclass(frozen=True)
class Due:
    """A due date in the fewest exact words, such as "4 days late"."""

    kind: DueKind
    words: str


def due_words(due: datetime, now: datetime, *, paused: bool = False) -> Due:
    """Say how `due` stands to `now`; both are aware moments, days are local calendar days."""
    if paused:
        return Due(DueKind.PAUSED, _("paused"))
    days = (timezone.localtime(due).date() - timezone.localtime(now).date()).days
    if due < now:
        return Due(DueKind.LATE, _late(-days, due))
    if days == 0:
        return Due(DueKind.TODAY, _("today %(time)s") % {"time": write(due, Written.TIME)})
    same_year = timezone.localtime(due).year == timezone.localtime(now).year
    return Due(DueKind.DATE, write(due, Written.NEAR if same_year else Written.SHORT))


def _late(days: int, due: datetime) -> str:
    if days == 0:
        return _("late since %(time)s") % {"time": write(due, Written.TIME)}
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
