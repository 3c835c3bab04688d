"""Calendars with what this body has declared."""

from datetime import datetime

from .calendars import WorkCalendar, get_calendar
from .models import DeclaredDay


def calendar_for(key: str, *, known_at: datetime | None = None) -> WorkCalendar:
    """The calendar ``key`` under all that is declared, or was by ``known_at``; one query.

    Its years are worked out once per process, for as long as the declarations stay the same.
    Raises :class:`~.calendars.UnknownCalendar`.
    """
    rows = DeclaredDay.objects.of(key)
    if known_at is not None:
        rows = rows.known_at(known_at)
    return get_calendar(key, rows.declarations())
