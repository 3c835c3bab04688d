"""Dated working-day calendars: which days a body works, and what that is known from."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from . import sources
from .sources import Day, UnknownCalendar

__all__ = ["Day", "Declaration", "UnknownCalendar", "WorkCalendar", "get_calendar"]

#: The notices of the State Council for a year have reached back into the December before
#: it, to the 29th at the earliest (for 2008 and 2019); a few days of room.
_REACHED_BY_NEXT_NOTICE = (12, 25)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A day that is worked, or not, against what the sources say.

    ``settles`` is the year whose holidays the notice declares in full, when it does: from
    then on that year is no longer provisional, and what was guessed for it is dropped.
    """

    date: date
    working: bool
    name: str
    settles: int | None = None


@dataclass(frozen=True)
class _Year:
    """A year worked out once, so that counting needs no library: ``working`` holds the
    ordinals of its working days, ``named`` its holidays and make-up days, both ascending."""

    days: dict[date, Day]

    @cached_property
    def working(self) -> list[int]:
        return [day.date.toordinal() for day in self.days.values() if day.working]

    @cached_property
    def named(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days.values() if _is_exception(day))


@dataclass(frozen=True)
class WorkCalendar:
    """The days that are worked in one place, as far as they are known: a value.

    ``key`` is ``CN``, ``GB-SCT``, …; later declarations win over earlier ones. Made by
    :func:`get_calendar`.
    """

    key: str
    declarations: tuple[Declaration, ...] = ()
    _years: dict[int, _Year] = field(default_factory=dict, repr=False, compare=False)

    @property
    def stands_on(self) -> tuple[str, ...]:
        """All that the days follow from: the key, the sources' versions, the declarations."""
        declared = (
            f"{d.date} {'worked' if d.working else 'off'} {d.name!r} settles {d.settles}"
            for d in self.declarations
        )
        return (self.key, *sources.stands_on(self.key), *declared)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over :attr:`stands_on`, one a line, in hexadecimal."""
        return hashlib.sha256("\n".join(self.stands_on).encode()).hexdigest()

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is worked; a guess where :meth:`undeclared` names its year."""
        return self._year(day.year).days[day].working

    def is_declared(self, year: int) -> bool:
        """Whether the holidays of ``year`` are settled, by the sources or by a notice."""
        return year in self._settled or sources.is_declared(self.key, year)

    @property
    def known_since(self) -> int:
        """The first year whose holidays the sources hold at all."""
        return sources.known_since(self.key)

    def undeclared(self, first: date, last: date) -> tuple[int, ...]:
        """The years on whose coming notices the days from ``first`` to ``last`` depend."""
        reach = last.year
        if self.key == sources.CHINA and (last.month, last.day) >= _REACHED_BY_NEXT_NOTICE:
            reach += 1
        return tuple(y for y in range(first.year, reach + 1) if not self.is_declared(y))

    def named(self, first: date, last: date) -> tuple[Day, ...]:
        """Holidays and make-up working days from ``first`` to ``last``, both included."""
        years = range(first.year, last.year + 1)
        return tuple(d for y in years for d in self._year(y).named if first <= d.date <= last)

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after ``first`` up to and with ``last``; negative if ``last`` is earlier."""
        if last < first:
            return -self.working_days_between(last, first)
        whole = sum(len(self._year(year).working) for year in range(first.year, last.year))
        return whole + self._worked_through(last) - self._worked_through(first)

    def working_day_after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself is not counted.

        ``count`` 0 is the last working day up to and with ``day``.
        """
        year, position = day.year, self._worked_through(day) + count
        while position > (worked := len(self._year(year).working)):
            position, year = position - worked, year + 1
        while position < 1:
            year -= 1
            position += len(self._year(year).working)
        return date.fromordinal(self._year(year).working[position - 1])

    def working_day_from(self, day: date) -> date:
        """``day`` if it is worked, else the next day that is."""
        return day if self.is_working_day(day) else self.working_day_after(day, 1)

    @cached_property
    def _settled(self) -> frozenset[int]:
        return frozenset(d.settles for d in self.declarations if d.settles is not None)

    def _worked_through(self, day: date) -> int:
        return bisect_right(self._year(day.year).working, day.toordinal())

    def _year(self, year: int) -> _Year:
        if year not in self._years:
            self._years[year] = _Year(self._days(year))
        return self._years[year]

    def _days(self, year: int) -> dict[date, Day]:
        replaces_guess = year in self._settled and not sources.is_declared(self.key, year)
        base = sources.bare_year if replaces_guess else sources.base_year
        days = {day.date: day for day in base(self.key, year)}
        for declared in self.declarations:
            if declared.date.year == year:
                weekend = days[declared.date].weekend
                days[declared.date] = Day(declared.date, declared.working, weekend, declared.name)
        return days


def get_calendar(key: str, declarations: Iterable[Declaration] = ()) -> WorkCalendar:
    """The calendar ``key`` (``CN``, ``GB-SCT``, …: ISO 3166) under ``declarations``.

    The same question gets the same object, with the years it has worked out. Raises
    :class:`UnknownCalendar`.
    """
    return _calendar(key, tuple(declarations))


@lru_cache(maxsize=64)
def _calendar(key: str, declarations: tuple[Declaration, ...]) -> WorkCalendar:
    sources.check(key)
    return WorkCalendar(key, declarations)


def _is_exception(day: Day) -> bool:
    """Neither an ordinary weekend nor an ordinary working day."""
    return day.weekend if day.working else bool(day.name)
