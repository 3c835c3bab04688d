"""Figures for the public: each mechanism says what is counted and how; one job counts.

A figure on fewer than :data:`~.models.FEWEST_CASES` cases is not kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.functional import Promise

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.organisation.queries import day_of

from .models import FEWEST_CASES, Figure

MONTHS = 12


@dataclass(frozen=True)
class Counted:
    """``value`` out of ``of`` cases; None where there is none to count."""

    value: Decimal | int | None
    of: int


@dataclass(frozen=True)
class Said:
    """A figure in words: the number itself, then what it is a number of."""

    figure: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Measure:
    """``counted`` tells a reader how; ``count(since, until)`` counts, over days of the body's own
    zone, the last exclusive; ``say(value, of)`` puts it into words."""

    key: str
    order: int
    name: str | Promise
    counted: str | Promise
    count: Callable[[date, date], Counted]
    say: Callable[[Decimal, int], Said]

    def said(self, figure: Figure) -> Said | None:
        """None for what is suppressed."""
        if figure.value is None or figure.of is None:
            return None
        return self.say(figure.value, figure.of)


_measures: dict[str, Measure] = {}


def register(*measures: Measure) -> None:
    """A key already taken by another measure raises ``ValueError``."""
    for measure in measures:
        if _measures.setdefault(measure.key, measure) is not measure:
            raise ValueError(f"measure {measure.key!r} is registered twice")


def every() -> tuple[Measure, ...]:
    return tuple(sorted(_measures.values(), key=lambda m: (m.order, m.key)))


@transaction.atomic
def compute(*, at: datetime) -> None:
    """Count everything over the twelve months before today; the day's figures are replaced."""
    until = day_of(at)
    since = until - relativedelta(months=MONTHS)
    with acting(CLOCK, at):
        rows = [_figure(measure, since, until, at) for measure in every()]
        Figure.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["key", "until"],
            update_fields=["since", "value", "of", "computed_at"],
        )


def _figure(measure: Measure, since: date, until: date, at: datetime) -> Figure:
    counted = measure.count(since, until)
    enough = counted.value is not None and counted.of >= FEWEST_CASES
    return Figure(
        key=measure.key,
        since=since,
        until=until,
        value=counted.value if enough else None,
        of=counted.of if enough else None,
        computed_at=at,
    )


def latest() -> list[tuple[Measure, Figure]]:
    """The newest figure of each measure, in order; one query."""
    rows = Figure.objects.order_by("key", "-until").distinct("key")
    by_key = {row.key: row for row in rows}
    return [(measure, by_key[measure.key]) for measure in every() if measure.key in by_key]
