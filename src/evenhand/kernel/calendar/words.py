"""Dates, lengths and distances in the words of the active language."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from .terms import Term, Unit

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def day_in_words(day: date) -> str:
    """``3 March 2026``."""
    # Translators: Django date format for a day, as in 3 March 2026
    return date_format(day, pgettext("date format", "j F Y"))


def moment_in_words(moment: datetime, tz: tzinfo) -> str:
    """``3 March 2026 at 09:00``, local time."""
    # Translators: Django date format for a moment, as in 3 March 2026 at 09:00
    return date_format(moment.astimezone(tz), pgettext("date format", r"j F Y \a\t H:i"))


def days_in_words(first: date, last: date) -> str:
    """``5 April``, ``1–7 October``, ``30 September – 7 October``: in a year that is known."""
    if first == last:
        return _day_and_month(first)
    if first.month != last.month:
        between = pgettext("days of two months", "%(first)s – %(last)s")
        return between % {"first": _day_and_month(first), "last": _day_and_month(last)}
    return pgettext("days of one month", "%(first)s–%(last)s") % {
        # Translators: Django date format for the 1 in 1–7 October
        "first": date_format(first, pgettext("date format, first of two", "j")),
        # Translators: Django date format for the 7 October in 1–7 October
        "last": date_format(last, pgettext("date format, last of two", "j F")),
    }


def term_in_words(term: Term) -> str:
    """``15 working days``."""
    return length_in_words(term.length, term.unit)


def length_in_words(length: int, unit: Unit) -> str:
    """``1 hour``, ``15 working days``."""
    match unit:
        case Unit.CALENDAR_DAYS:
            words = ngettext("%(n)d calendar day", "%(n)d calendar days", length)
        case Unit.WORKING_DAYS:
            words = ngettext("%(n)d working day", "%(n)d working days", length)
        case Unit.MONTHS:
            words = ngettext("%(n)d month", "%(n)d months", length)
        case Unit.HOURS:
            words = ngettext("%(n)d hour", "%(n)d hours", length)
    return words % {"n": length}


def list_in_words(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``; of no item, nothing."""
    if len(items) < 2:
        return "".join(items)
    # Translators: what stands between the items of a list, before the last two
    comma = pgettext("list", ", ")
    return pgettext("list", "%(others)s and %(last)s") % {
        "others": comma.join(items[:-1]),
        "last": items[-1],
    }


def distance_in_words(at: datetime, *, now: datetime, unit: Unit, tz: tzinfo) -> str:
    """How far off a deadline ``at`` is: ``4 days late``, ``today 17:00``, ``in 3 days``.

    ``unit`` is its term's: one in hours is told by the clock, any other by the day.
    """
    days = (at.astimezone(tz).date() - now.astimezone(tz).date()).days
    if unit is Unit.HOURS:
        return _by_the_clock(at, now, days, tz)
    if days < 0:
        return _days_late(-days)
    return {0: gettext("today"), 1: gettext("tomorrow")}.get(days) or _in_days(days)


def _by_the_clock(at: datetime, now: datetime, days: int, tz: tzinfo) -> str:
    if at < now:
        return _late(now - at)
    time = {"time": date_format(at.astimezone(tz), pgettext("time format", "H:i"))}
    if days == 0:
        return gettext("today %(time)s") % time
    return gettext("tomorrow %(time)s") % time if days == 1 else _in_days(days)


def _late(by: timedelta) -> str:
    if by >= _DAY:
        return _days_late(by // _DAY)
    if by >= _HOUR:
        hours = by // _HOUR
        return ngettext("%(n)d hour late", "%(n)d hours late", hours) % {"n": hours}
    minutes = max(by // _MINUTE, 1)
    return ngettext("%(n)d minute late", "%(n)d minutes late", minutes) % {"n": minutes}


def _days_late(days: int) -> str:
    return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}


def _in_days(days: int) -> str:
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}


def _day_and_month(day: date) -> str:
    # Translators: Django date format for a day of a year that is known, as in 5 April
    return date_format(day, pgettext("date format", "j F"))
