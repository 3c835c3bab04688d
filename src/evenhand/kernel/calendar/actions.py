"""Declaring days. The ledger stands a floor above: whoever calls enters the act there, and
moves the open dates, in the same transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from .calendars import Declaration, get_calendar
from .models import DeclaredDay


class NothingDeclared(ValueError):
    """A notice without a single day."""


@transaction.atomic
def declare(*, calendar: str, days: Sequence[Declaration], at: datetime) -> list[DeclaredDay]:
    """Keep the days of a notice. With ``settles`` on its days, their year is declared in full.

    Raises :class:`NothingDeclared` and :class:`~.calendars.UnknownCalendar`.
    """
    if not days:
        raise NothingDeclared(f"the notice for {calendar} names no day")
    get_calendar(calendar)
    rows = [
        DeclaredDay(
            calendar=calendar,
            date=day.date,
            working=day.working,
            name=day.name,
            settles=day.settles,
            declared_at=at,
        )
        for day in days
    ]
    return DeclaredDay.objects.bulk_create(rows)
