"""Stretches in which a clock stands still."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple


class Pause(NamedTuple):
    """Without ``until`` the clock still stands."""

    since: datetime
    until: datetime | None


#: What callers may pass: a :class:`Pause`, or the same as a plain pair.
Stretch = tuple[datetime, datetime | None]


def merged(start: datetime, pauses: Iterable[Stretch]) -> Iterator[Pause]:
    """What of ``pauses`` lies after ``start``, in order, in UTC; those that touch made one.

    Raises :class:`ValueError` for a pause that ends before it begins.
    """
    pending: Pause | None = None
    for since, until in sorted(_after(start, pauses), key=lambda pause: pause.since):
        if pending is None:
            pending = Pause(since, until)
        elif pending.until is None:
            break
        elif since <= pending.until:
            pending = Pause(pending.since, until and max(until, pending.until))
        else:
            yield pending
            pending = Pause(since, until)
    if pending:
        yield pending


def instant(moment: datetime) -> datetime:
    """``moment`` in UTC. Raises :class:`ValueError` if it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone: terms run between aware datetimes")
    return moment.astimezone(UTC)


def _after(start: datetime, pauses: Iterable[Stretch]) -> Iterator[Pause]:
    for since, until in pauses:
        since, until = instant(since), until and instant(until)
        if until and until < since:
            raise ValueError(f"a pause that begins at {since} cannot end before that, at {until}")
        if until is None or until > start:
            yield Pause(max(since, start), until)
