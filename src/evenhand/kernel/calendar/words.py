"""Dates, lengths and distances in the words of the active language."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from .terms import Term, Unit

_SECONDS_A_MINUTE, _SECONDS_AN_HOUR = 60, 3600


def day_in_words(day: date) -> str:
    """``3 March 2026``."""
    # Translators: Django date format of a whole date, as in 3 March 2026
    return date_format(day, pgettext("date format", "j F Y"))


def moment_in_words(moment: datetime, tz: tzinfo) -> str:
    """``3 March 2026 at 09:00``, local time."""
    # Translators: Django date format, as in 3 March 2026 at 09:00
    return date_format(moment.astimezone(tz), pgettext("date format", r"j F Y \a\t H:i"))


def days_in_words(first: date, last: date, *, year: bool) -> str:
    """``1–7 October``, ``30 September – 7 October``, ``5 April``; with or without the year."""
    if first == last:
        return day_in_words(first) if year else _day_and_month(first)
    end = day_in_words(last) if year else _day_and_month(last)
    if (first.year, first.month) == (last.year, last.month):
        # Translators: two days of one month, as in 1–7 October
        return pgettext("days of one month", "%(first)s–%(last)s") % {
            # Translators: Django date format of the first of two days of one month
            "first": date_format(
                first, _first_with_year() if year else pgettext("date format, first of two", "j")
            ),
            "last": end,
        }
    return ""


def _day_and_month(day: date) -> str:
    # Translators: Django date format without the year, as in 5 April
    return date_format(day, pgettext("date format", "j F"))
