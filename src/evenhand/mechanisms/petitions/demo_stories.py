"""Where the demo's petitions go: a table of stories, and when each of their acts is played.

A story ends where its petition stands on the day on which the demo is made; so every state of
the flow is there to be looked at, whatever that day is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from .states import State as S

IsWorkingDay = Callable[[date], bool]
#: An act of :class:`.demo.Course`, and how many days after the one before.
Beat = tuple[str, float]

#: The acts of petitioners, who keep no office hours.
PETITIONERS_ACTS = ("adds", "asks_withdrawal", "keeps")


@dataclass(frozen=True)
class Story:
    """``rest`` is how many days ago, between two figures, the last act was; ``of`` which texts
    suit; ``times`` how often it is told in a hundred."""

    name: str
    ends: S
    times: int
    beats: tuple[Beat, ...]
    rest: tuple[float, float]
    of: str = "claim"


def _days(text: str) -> tuple[Beat, ...]:
    """``register 3, accept 6`` as beats."""
    pairs = (beat.split() for beat in text.split(",") if beat)
    return tuple((act, float(days)) for act, days in pairs)


def _story(
    name: str, ends: S, times: int, beats: str, rest: tuple[float, float], of: str = "claim"
) -> Story:
    return Story(name, ends, times, _days(beats), rest, of)


_IN = "register 3, accept 6"
_APPROVED = f"{_IN}, draft 24, propose 1, approve 3"
_TAKEN_UP = "register 3, study 5"
_REPLIED = f"{_TAKEN_UP}, draft 21, propose_reply 1, approve_reply 3"

#: First one plain story for each state, then what may happen on the way.
STORIES = (
    _story("received", S.RECEIVED, 6, "", (0.2, 11)),
    _story("served", S.SERVED, 8, f"{_APPROVED}, serve 3", (2, 24)),
    _story("handling_written", S.HANDLING, 2, f"{_IN}, writes 6, adds 3, draft 7", (2, 14)),
    _story("registered", S.REGISTERED, 5, "register 4", (1, 10)),
    _story("approving", S.APPROVING, 4, f"{_IN}, draft 28, propose 1", (1, 6)),
    _story("studying", S.STUDYING, 4, _TAKEN_UP, (2, 30), "suggestion"),
    _story(
        "approving_reply",
        S.APPROVING_REPLY,
        2,
        f"{_TAKEN_UP}, draft 20, propose_reply 1",
        (1, 5),
        "suggestion",
    ),
    _story("answered", S.ANSWERED, 5, _APPROVED, (0.5, 3)),
    _story("replied", S.REPLIED, 3, _REPLIED, (0.5, 3), "suggestion"),
    _story("redirected", S.REDIRECTED, 3, "redirect 4", (0.5, 3), "elsewhere"),
    _story("closed", S.CLOSED, 10, f"{_APPROVED}, serve 3", (36, 75)),
    _story("withdrawn", S.WITHDRAWN, 3, "register 3, asks_withdrawal 3, confirms 13", (3, 60)),
    # On the way in.
    _story("received_late", S.RECEIVED, 2, "", (19, 23)),
    _story("received_added", S.RECEIVED, 1, "adds 3", (1, 4)),
    _story("registered_late", S.REGISTERED, 1, "register 6", (19, 24)),
    _story("registered_again", S.REGISTERED, 1, "register 3, send_back 4, register 3", (1, 6)),
    _story("registered_recused", S.REGISTERED, 1, "registrar_recuses 1, register 3", (1, 8)),
    _story(
        "redirected_by_desk", S.REDIRECTED, 1, "register 3, desk_redirects 5", (1, 3), "elsewhere"
    ),
    # While it is handled.
    _story("handling", S.HANDLING, 7, _IN, (2, 45)),
    _story("handling_late", S.HANDLING, 2, "register 5, accept 8, writes 30", (36, 42)),
    _story("handling_extended", S.HANDLING, 2, f"{_IN}, extend 50", (3, 25)),
    _story("handling_returned", S.HANDLING, 2, f"{_IN}, draft 25, propose 1, returns 4", (2, 9)),
    _story("handling_recused", S.HANDLING, 1, f"{_IN}, handler_recuses 4", (4, 30)),
    _story("handling_reassigned", S.HANDLING, 1, f"{_IN}, reassign 20", (3, 20)),
    _story("handling_withdrawing", S.HANDLING, 1, f"{_IN}, asks_withdrawal 10", (1, 5)),
    _story("approving_late", S.APPROVING, 1, f"{_IN}, draft 55, propose 8", (3, 6)),
    _story(
        "approving_kept",
        S.APPROVING,
        1,
        f"{_IN}, asks_withdrawal 6, keeps 3, draft 20, propose 1",
        (1, 5),
    ),
    _story("studying_written", S.STUDYING, 1, f"{_TAKEN_UP}, writes 8", (2, 20), "suggestion"),
    _story(
        "reply_returned",
        S.APPROVING_REPLY,
        1,
        f"{_TAKEN_UP}, draft 18, propose_reply 1, returns_reply 3, draft 4, propose_reply 1",
        (1, 5),
        "suggestion",
    ),
    # Towards the end.
    _story("answered_late", S.ANSWERED, 1, _APPROVED, (12, 16)),
    _story(
        "served_extended",
        S.SERVED,
        2,
        f"{_IN}, extend 52, draft 20, propose 1, approve 3, serve 3",
        (3, 20),
    ),
    _story(
        "served_late",
        S.SERVED,
        1,
        f"{_IN}, draft 70, propose 1, superior_approves 2, serve 4",
        (4, 20),
    ),
    _story(
        "served_returned",
        S.SERVED,
        1,
        f"{_IN}, draft 20, propose 1, returns 3, draft 5, propose 1, approve 2, serve 3",
        (5, 20),
    ),
    _story("closed_reply", S.CLOSED, 4, f"{_REPLIED}, serve_reply 3", (5, 60), "suggestion"),
    _story("closed_notice", S.CLOSED, 2, "redirect 5, serve_notice 3", (5, 90), "elsewhere"),
    _story(
        "closed_extended",
        S.CLOSED,
        2,
        f"{_IN}, extend 50, adds 4, draft 16, propose 1, approve 3, serve 3",
        (36, 50),
    ),
    _story("closed_late", S.CLOSED, 2, f"{_IN}, draft 66, propose 2, approve 3, serve 3", (36, 50)),
    _story(
        "withdrawn_in_handling", S.WITHDRAWN, 2, f"{_IN}, asks_withdrawal 9, confirms 13", (3, 60)
    ),
    _story("withdrawn_at_once", S.WITHDRAWN, 1, "asks_withdrawal 1, confirms 12", (5, 60)),
)


def told(count: int) -> list[Story]:
    """``count`` stories: each once in the order of the table, then again as often as it says."""
    most = max(story.times for story in STORIES)
    whole = [s for turn in range(most) for s in STORIES if turn < s.times]
    return [whole[n % len(whole)] for n in range(count)]


def moments(
    story: Story, *, until: datetime, chance: Random, is_working_day: IsWorkingDay
) -> Sequence[datetime]:
    """When the petition is brought and when each beat is played: growing, all before ``until``."""
    waits = [days for _act, days in story.beats]
    begins = until - timedelta(days=sum(waits) + chance.uniform(*story.rest))
    found = [begins]
    for (act, _days), planned in zip(story.beats, _steps(begins, waits), strict=True):
        if act not in PETITIONERS_ACTS:
            planned = _in_office_hours(planned, found[-1], until, chance, is_working_day)
        found.append(max(planned, found[-1] + timedelta(minutes=20)))
    return found


def _steps(begins: datetime, waits: Sequence[float]) -> Iterator[datetime]:
    for wait in waits:
        begins += timedelta(days=wait)
        yield begins


def _in_office_hours(
    planned: datetime, after: datetime, until: datetime, chance: Random, works: IsWorkingDay
) -> datetime:
    """On the next working day, else on the one before; as planned when neither fits."""
    zone = ZoneInfo(settings.TIME_ZONE)
    minute = chance.randrange(0, 8 * 60)
    for direction in (1, -1):
        day = planned.astimezone(zone).date()
        while not works(day):
            day += timedelta(days=direction)
        moved = datetime.combine(day, time(9), zone) + timedelta(minutes=minute)
        if after < moved < until:
            return moved
    return planned
