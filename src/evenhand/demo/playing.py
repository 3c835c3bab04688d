"""A played clock: acts in the order of their moments, and the sweep each night between."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.base.clock import played
from evenhand.kernel.obligations import sweep as sweeping
from evenhand.kernel.obligations.models import Obligation


@dataclass(frozen=True)
class Act:
    """Something to be done at a moment."""

    at: datetime
    do: Callable[[datetime], None]


def play(acts: Iterable[Act], *, since: datetime, until: datetime) -> int:
    """Do every act, and sweep each night and at the end. Returns how many acts were done."""
    done = 0
    nights = (Act(night, sweep) for night in _nights(since, until))
    for act in sorted([*acts, *nights, Act(until, sweep)], key=lambda act: act.at):
        with played(act.at):
            act.do(act.at)
        done += act.do is not sweep
    return done


def sweep(at: datetime) -> None:
    """The sweep, and at once what follows from it: the worker would do it in its jobs."""
    found: list[Obligation] = []
    sweeping.sweep(at=at, queue=found.append)
    for obligation in found:
        sweeping.carry_out(obligation, at)


def _nights(since: datetime, until: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(settings.TIME_ZONE)
    day = since.astimezone(zone).date()
    while (night := datetime.combine(day, time(0, 1), zone)) < until:
        if night > since:
            yield night
        day += timedelta(days=1)
