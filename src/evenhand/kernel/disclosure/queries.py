"""What the public finds, and what waits for whom."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from evenhand.kernel.access.queries import matters_where

from . import registry, wording
from .models import Publication, Published


def published(typed: str = "") -> QuerySet[Published]:
    """What is public now, the latest first; with all of the words that were typed, if any."""
    found = Published.objects.filter(withdrawn_at=None).select_related("unit")
    return found.filter(words=wording.query(typed)) if typed.strip() else found


def to_propose(source: registry.Source) -> QuerySet[Any, Any]:
    """Ids of matters from which the present actor may propose something, the latest first.

    What was returned is among them.
    """
    standing = Publication.objects.standing().filter(key=source.key, returned_at=None)
    mine = source.matters().filter(pk__in=matters_where(*source.proposes))
    return mine.exclude(pk__in=standing.values("matter_id"))


def to_review(person: uuid.UUID) -> QuerySet[Publication]:
    """What others proposed and the present actor may review, the oldest first."""
    waiting = Publication.objects.to_review().exclude(proposed_by=person)
    return (
        waiting.filter(_reviewed_by_me())
        .select_related("unit", "proposed_by")
        .order_by("proposed_at")
    )


def decided() -> QuerySet[Publication]:
    """What was reviewed or published of matters that the present actor sees, the latest first."""
    rows = Publication.objects.filter(reviewed_at__isnull=False)
    return rows.select_related("unit").order_by("-reviewed_at")


def to_withdraw() -> QuerySet[Publication]:
    """What is public and the present actor may withdraw, the latest reviewed first."""
    public = Publication.objects.standing().filter(published_at__isnull=False)
    return public.filter(_reviewed_by_me()).select_related("unit").order_by("-reviewed_at")


def _reviewed_by_me() -> Q:
    condition = Q(pk__in=[])
    for source in registry.every():
        condition |= Q(key=source.key, matter_id__in=matters_where(*source.reviews))
    return condition


def latest_returned(source: registry.Source) -> dict[uuid.UUID, Publication]:
    """What was returned and not yet handed in anew, by matter."""
    rows = Publication.objects.standing().filter(key=source.key, returned_at__isnull=False)
    return {row.matter_id: row for row in rows}
