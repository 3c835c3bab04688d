"""Stretches in which a clock stands still."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

#: Since when and until when; without an end the clock still stands.
Stretch = tuple[datetime, datetime | None]


class Pause(NamedTuple):
    """A stretch that has ended, in UTC."""

    since: datetime
    until: datetime


def merged(start: datetime, pauses: Iterable[Stretch]) -> Iterator[Stretch]:
    """What of ``pauses`` lies after ``start``, in order, in UTC; those that touch made one.

    Raises :class:`ValueError` for a pause that ends before it begins.
    """
    pending: Stretch | None = None
    for since, until in sorted(_after(start, pauses), key=lambda stretch: stretch[0]):
        if pending is None:
            pending = since, until
        elif pending[1] is None:
            break
        elif since <= pending[1]:
            pending = pending[0], until and max(until, pending[1])
        else:
            yield pending
            pending = since, until
    if pending:
        yield pending


def instant(moment: datetime) -> datetime:
    """``moment`` in UTC. Raises :class:`ValueError` if it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone: terms run between aware datetimes")
    return moment.astimezone(UTC)


def _after(start: datetime, pauses: Iterable[Stretch]) -> Iterator[Stretch]:
    for since, until in pauses:
        since, until = instant(since), until and instant(until)
        if until and until < since:
            raise ValueError(f"a pause that begins at {since} cannot end before that, at {until}")
        if until is None or until > start:
            yield max(since, start), until
