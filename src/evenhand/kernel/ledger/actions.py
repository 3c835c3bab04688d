"""Writing to the ledger. There is nothing here that changes or removes."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from . import codes
from .commitments import commitment, new_salt
from .models import Entry, Opening, Pending


@dataclass(frozen=True, kw_only=True)
class Act:
    """What is to be entered. ``arguments`` must be plain JSON values."""

    code: str
    at: datetime
    arguments: Mapping[str, Any]
    matter: uuid.UUID | None = None


def enter(
    *,
    code: str,
    at: datetime,
    arguments: Mapping[str, Any],
    matter: uuid.UUID | None = None,
) -> uuid.UUID:
    """Enter one act in the transaction that it belongs to; returns the entry's id.

    Raises :class:`~.codes.UnknownCode`.
    """
    return enter_many([Act(code=code, at=at, arguments=arguments, matter=matter)])[0]


def enter_many(acts: Iterable[Act]) -> list[uuid.UUID]:
    """As :func:`enter` for many, in three statements."""
    entries, openings = [], []
    for act in acts:
        codes.get(act.code)
        salt = new_salt()
        digest = commitment(salt=salt, code=act.code, at=act.at, arguments=act.arguments)
        entry = Entry(code=act.code, at=act.at, commitment=digest)
        entries.append(entry)
        openings.append(
            Opening(
                entry_id=entry.id, matter_id=act.matter, salt=salt, arguments=dict(act.arguments)
            )
        )
    with transaction.atomic(savepoint=False):  # an act does not go on without its entry
        Entry.objects.bulk_create(entries)
        Opening.objects.bulk_create(openings)
        Pending.objects.bulk_create(Pending(entry_id=entry.id) for entry in entries)
    return [entry.id for entry in entries]
