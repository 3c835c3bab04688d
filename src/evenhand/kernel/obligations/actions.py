"""Opening, ending and lengthening obligations."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.base import profile
from evenhand.base.ids import uuid7
from evenhand.base.profile import Figure
from evenhand.kernel.calendar.calendars import WorkCalendar
from evenhand.kernel.calendar.count import Deadline, due
from evenhand.kernel.calendar.queries import calendar_for
from evenhand.kernel.calendar.terms import Term

from .models import Obligation, ObligationQuerySet


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is to be opened. ``key`` is the profile's figure; the row keeps what it says."""

    mechanism: str
    key: str
    matter: uuid.UUID | None
    unit: uuid.UUID
    bearer: uuid.UUID | None
    counted_from: datetime
    consequence: str
    argument: str
    window: bool = False


def open_one(opening: Opening, *, at: datetime) -> Obligation:
    """Open one obligation; its figures are resolved now and copied into the row.

    Raises :class:`~evenhand.base.profile.ProfileProblem` for a key the profile lacks.
    """
    return open_many([opening], at=at)[0]


def open_many(openings: Iterable[Opening], *, at: datetime) -> list[Obligation]:
    """As :func:`open_one` for many, in two statements."""
    calendar = body_calendar()
    rows = [_row(opening, calendar, at) for opening in openings]
    return Obligation.objects.bulk_create(rows)


def _row(opening: Opening, calendar: WorkCalendar, at: datetime) -> Obligation:
    figure = profile.cached(settings.EVENHAND_PROFILE_FOLDER).figure(opening.key)
    deadline = reckon(figure, opening.counted_from, calendar=calendar)
    return Obligation(
        id=uuid7(at),
        mechanism=opening.mechanism,
        key=opening.key,
        matter_id=opening.matter,
        bearer_unit_id=opening.unit,
        bearer_id=opening.bearer,
        window=opening.window,
        counted_from=opening.counted_from,
        length=figure.value,
        calendar=deadline.calendar.key,
        rolls=figure.rolls,
        provisional=deadline.provisional,
        citation=figure.citation,
        source=figure.source,
        digest=figure.digest,
        consequence=opening.consequence,
        argument=opening.argument,
        opened_at=at,
        due_at=deadline.at,
        look_at=deadline.at,
    )


def body_calendar() -> WorkCalendar:
    """The body's own calendar, for whoever reckons many dates; one query."""
    return calendar_for(profile.cached(settings.EVENHAND_PROFILE_FOLDER).calendar)


def reckon(
    figure: Figure, counted_from: datetime, *, calendar: WorkCalendar | None = None
) -> Deadline:
    """When a term of the profile that runs from ``counted_from`` ends."""
    return _deadline(figure.value, counted_from, calendar or body_calendar(), rolls=figure.rolls)


def reckoning(obligation: Obligation) -> Deadline:
    """The obligation's own count again, with all that explains it to a reader."""
    calendar = calendar_for(obligation.calendar)
    return _deadline(obligation.length, obligation.counted_from, calendar, rolls=obligation.rolls)


def _deadline(length: str, start: datetime, calendar: WorkCalendar, *, rolls: bool) -> Deadline:
    zone = ZoneInfo(settings.TIME_ZONE)
    deadline = due(Term.parse(length), start, calendar, zone, rolls=rolls)
    assert isinstance(deadline, Deadline)  # without pauses there is always a date
    return deadline


def submit(obligations: ObligationQuerySet, *, at: datetime) -> int:
    """What was owed is done. Returns how many were open."""
    return obligations.open().update(submitted_at=at, look_at=None)


def cancel(obligations: ObligationQuerySet, *, at: datetime) -> int:
    """What was owed is owed no longer. Returns how many were open."""
    return obligations.open().update(cancelled_at=at, look_at=None)


def hand_over(obligations: ObligationQuerySet, *, unit: uuid.UUID, bearer: uuid.UUID) -> int:
    """Somebody else bears what is open. Returns how many moved."""
    return obligations.open().update(bearer_unit=unit, bearer_id=bearer)


def is_awaited(obligation: Obligation) -> bool:
    """Whether it is still open and its consequence has not followed, as committed by now."""
    return Obligation.objects.open().filter(id=obligation.id, look_at__isnull=False).exists()


def carried_out(obligations: Iterable[Obligation]) -> None:
    """The consequence has followed: the sweep need not look again."""
    Obligation.objects.filter(id__in=[o.id for o in obligations]).update(look_at=None)
