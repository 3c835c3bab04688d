"""What somebody has begun to write: theirs alone, until it is handed in, wiped, or expires.

The owner is a person of the staff or a visitor; row security asks that they be who acts.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from .actor import is_system
from .models import Draft

KEPT_FOR = timedelta(days=14)
#: In bytes of JSON.
LARGEST = 200_000


class DraftTooLarge(ValueError):
    """More than :data:`LARGEST`: nothing was saved, what was saved before is still there."""


class NobodysDraft(ValueError):
    """The owner is a system actor, whom many visitors share."""


def save(*, owner: uuid.UUID, key: str, content: Mapping[str, Any], at: datetime) -> None:
    """Keep ``content`` (plain JSON values) as the owner's draft under ``key``, in place of what
    was there; it expires 14 days after ``at``.

    Raises :class:`DraftTooLarge`, :class:`NobodysDraft`.
    """
    if is_system(owner):
        raise NobodysDraft
    if len(json.dumps(content, ensure_ascii=False).encode()) > LARGEST:
        raise DraftTooLarge
    draft = Draft(
        owner_id=owner, key=key, content=dict(content), saved_at=at, expires_at=at + KEPT_FOR
    )
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["owner_id", "key"],
        update_fields=["content", "saved_at", "expires_at"],
    )


def load(*, owner: uuid.UUID, key: str, at: datetime) -> dict[str, Any] | None:
    """The owner's draft under ``key``; ``None`` when there is none, or none any more."""
    draft = Draft.objects.filter(owner_id=owner, key=key, expires_at__gt=at).first()
    return draft.content if draft else None


def wipe(*, owner: uuid.UUID, key: str | None = None) -> int:
    """Remove the owner's draft under ``key``, or all of them; returns how many."""
    drafts = Draft.objects.filter(owner_id=owner)
    count, _models = (drafts.filter(key=key) if key is not None else drafts).delete()
    return count


def purge(*, at: datetime) -> int:
    """Remove what has expired by ``at``, whoever's it is: for the sweep, as the clock."""
    count, _models = Draft.objects.filter(expires_at__lte=at).delete()
    return count
