"""When a term ends, as articles 200 to 204 of the Civil Code count it.

- The day on which a term in days or months begins is not counted (201); the term ends with
  the last moment, 24:00, of its last day (203). Hours run from the minute (201).
- Months end on the day of the same number, else on the last of the month (202).
- A term in calendar days or months whose last day is a day off ends on the next working day
  (203), for a caller who says that it ``rolls``. Business hours are left aside.
- A pause is counted as a term is: the day it begins is not counted, the day it ends is. It
  moves the end by its calendar days or, for working days, by the working days in it; for
  hours, by the time elapsed. No term runs out during a pause: one that begins on the last
  day moves the end at least to the day on which it ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple, Protocol

from dateutil.relativedelta import relativedelta

from .calendars import Day, WorkCalendar
from .pauses import Pause, Stretch, instant, merged
from .terms import Term, Unit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a term ends, and all that a reader needs to check it.

    ``at`` is its last moment, in UTC, so that it compares and subtracts rightly across a
    change of clocks; for a term in days or months that is 23:59:59.999999 local time.
    ``day`` is the local day of ``at``, and ``moved_from`` the day off from which it rolled
    there. ``pauses`` are those that were met, merged; ``skipped`` the holidays and make-up
    days on the way; ``undeclared`` the years whose coming notices may still move the end.
    """

    term: Term
    start: datetime
    calendar: WorkCalendar
    tz: tzinfo
    at: datetime
    day: date
    pauses: tuple[Pause, ...] = ()
    moved_from: date | None = None
    skipped: tuple[Day, ...] = ()
    undeclared: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether a notice still to come may move the end."""
        return bool(self.undeclared)

    @property
    def start_day(self) -> date:
        """The local day of ``start``, which a term in days or months does not count."""
        return _local(self.start, self.tz)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """A term whose clock has stood still since ``since``: there is no date to promise."""

    term: Term
    start: datetime
    calendar: WorkCalendar
    tz: tzinfo
    since: datetime


def due(
    term: Term,
    start: datetime,
    calendar: WorkCalendar,
    tz: tzinfo,
    pauses: Iterable[Stretch] = (),
    *,
    rolls: bool = False,
) -> Deadline | Paused:
    """When ``term`` ends that began at ``start``, by the days of ``calendar`` in ``tz``.

    ``pauses`` are (since, until or None), in any order. ``rolls`` says nothing to hours and
    working days. Raises :class:`ValueError` for a moment without time zone, and for a pause
    that ends before it begins.
    """
    start, stretches = instant(start), []
    count = _count(term, start, calendar, tz, rolls)
    for since, until in merged(start, pauses):
        if since >= count.end():
            break
        if until is None:
            return Paused(term=term, start=start, calendar=calendar, tz=tz, since=since)
        count.shift(since, until)
        stretches.append(Pause(since, until))
    met = count.met()
    return Deadline(
        term=term,
        start=start,
        calendar=calendar,
        tz=tz,
        at=count.end(),
        day=_local(count.end(), tz),
        pauses=tuple(stretches),
        moved_from=met.moved_from,
        skipped=met.skipped,
        undeclared=met.undeclared,
    )


class _Met(NamedTuple):
    """What was met on the way to the end; see :class:`Deadline`."""

    moved_from: date | None = None
    skipped: tuple[Day, ...] = ()
    undeclared: tuple[int, ...] = ()


class _Count(Protocol):
    """A term being counted out; there is one kind for each kind of unit."""

    def end(self) -> datetime: ...
    def shift(self, since: datetime, until: datetime) -> None: ...
    def met(self) -> _Met: ...


@dataclass
class _Hours:
    """Elapsed time, whatever the day."""

    at: datetime

    def end(self) -> datetime:
        return self.at

    def shift(self, since: datetime, until: datetime) -> None:
        self.at += until - since

    def met(self) -> _Met:
        return _Met()


@dataclass
class _CalendarDays:
    """Days and months; only the last day may mind whether it is worked."""

    last: date
    calendar: WorkCalendar
    tz: tzinfo
    rolls: bool

    def end(self) -> datetime:
        return _last_moment(self._landed(), self.tz)

    def shift(self, since: datetime, until: datetime) -> None:
        first, resumed = _local(since, self.tz), _local(until, self.tz)
        self.last = max(self.last + (resumed - first), resumed)

    def met(self) -> _Met:
        if not self.rolls:
            return _Met()
        landed = self._landed()
        return _Met(
            moved_from=None if landed == self.last else self.last,
            skipped=self.calendar.named(self.last, landed - _DAY),
            undeclared=self.calendar.undeclared(self.last, landed),
        )

    def _landed(self) -> date:
        return self.calendar.working_day_from(self.last) if self.rolls else self.last


@dataclass
class _WorkingDays:
    """Days that are worked, from the day after the ``start``."""

    start: date
    last: date
    calendar: WorkCalendar
    tz: tzinfo
    stood_still: list[tuple[date, date]] = field(default_factory=list)

    def end(self) -> datetime:
        return _last_moment(self.last, self.tz)

    def shift(self, since: datetime, until: datetime) -> None:
        first, resumed = _local(since, self.tz), _local(until, self.tz)
        inside = self.calendar.working_days_between(first, resumed)
        moved = self.calendar.working_day_after(self.last, inside)
        self.last = max(moved, self.calendar.working_day_from(resumed))
        self.stood_still.append((first, resumed))

    def met(self) -> _Met:
        first = self.start + _DAY
        named = self.calendar.named(first, self.last)
        return _Met(
            skipped=tuple(day for day in named if not self._stood_still_on(day.date)),
            undeclared=self.calendar.undeclared(first, self.last),
        )

    def _stood_still_on(self, day: date) -> bool:
        return any(first < day <= resumed for first, resumed in self.stood_still)


def _count(term: Term, start: datetime, calendar: WorkCalendar, tz: tzinfo, rolls: bool) -> _Count:
    first = _local(start, tz)
    match term.unit:
        case Unit.HOURS:
            return _Hours(start + timedelta(hours=term.length))
        case Unit.WORKING_DAYS:
            last = calendar.working_day_after(first, term.length)
            return _WorkingDays(first, last, calendar, tz)
        case Unit.CALENDAR_DAYS:
            return _CalendarDays(first + term.length * _DAY, calendar, tz, rolls)
        case Unit.MONTHS:
            last = first + relativedelta(months=term.length)
            return _CalendarDays(last, calendar, tz, rolls)


def _local(moment: datetime, tz: tzinfo) -> date:
    return moment.astimezone(tz).date()


def _last_moment(day: date, tz: tzinfo) -> datetime:
    """By way of the next midnight, which comes once even where a change of clocks repeats or
    leaves out the hour before it."""
    midnight = datetime.combine(day + _DAY, time.min, tz)
    return midnight.astimezone(UTC) - timedelta.resolution
