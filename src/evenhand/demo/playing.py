"""A played clock: acts in the order of their moments, and the sweep each night between."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.base.clock import played
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.notices import delivery
from evenhand.kernel.obligations import sweep as sweeping
from evenhand.kernel.obligations.models import Obligation


@dataclass(frozen=True)
class Act:
    """Something to be done at a moment."""

    at: datetime
    do: Callable[[datetime], None]


def play(acts: Iterable[Act], *, until: datetime, progress: Callable[[str], None]) -> int:
    """Do every act, and sweep each night and at the end. Returns how many acts were done."""
    acts = sorted(acts, key=_moment)
    nights = (Act(night, sweep) for night in _nights(acts[0].at, until))
    everything = sorted([*acts, *nights, Act(until, sweep)], key=_moment)
    for month, group in groupby(everything, key=lambda act: f"{act.at:%Y-%m}"):
        progress(f"{month} …")
        for act in group:
            with played(act.at):
                act.do(act.at)
    return len(acts)


def _moment(act: Act) -> datetime:
    return act.at


def sweep(at: datetime) -> None:
    """The sweep with what follows from it, and the mail: the worker would do both in its jobs."""
    found: list[Obligation] = []
    sweeping.sweep(at=at, queue=found.extend)
    for obligation in found:
        sweeping.carry_out(obligation, at)
    with acting(CLOCK, at):
        waiting = delivery.overdue(at=at)
    for notice in waiting:
        delivery.send(notice=notice.id, attempt=notice.attempts, at=at)


def _nights(since: datetime, until: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(settings.TIME_ZONE)
    day = since.astimezone(zone).date()
    while (night := datetime.combine(day, time(0, 1), zone)) < until:
        if night > since:
            yield night
        day += timedelta(days=1)
