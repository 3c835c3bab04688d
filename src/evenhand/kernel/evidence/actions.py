"""Taking files in, giving them out, withdrawing them, and clearing away what has no row."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db import transaction

from evenhand.base.ids import uuid7
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Involvement, Reading, Relation
from evenhand.kernel.ledger.actions import enter

from . import codes, store
from .limits import MOST_BYTES, Reason, RefusedFile, Upload, check
from .models import File
from .names import clean_name, suited
from .sniff import sniff

#: Longer than any transaction lasts: what lies aside since then belongs to none that runs.
GRACE = timedelta(hours=1)
PURPOSE = "evidence.download"
_log = logging.getLogger(__name__)


def add_files(
    *,
    matter: uuid.UUID,
    uploads: Sequence[Upload],
    by: uuid.UUID,
    at: datetime,
    from_petitioner: bool,
    open_to_petitioner: bool = False,
) -> list[File]:
    """Take several files into a matter, all or none; they are in their place on commit.

    ``open_to_petitioner`` shows the petitioner what somebody else adds.
    Raises :class:`~.limits.RefusedFile`; nothing is left behind then.
    """
    check(uploads)
    act = {
        "matter_id": matter,
        "added_by": by,
        "from_petitioner": from_petitioner,
        "open_to_petitioner": from_petitioner or open_to_petitioner,
        "at": at,
    }
    with acting(by, at), store.all_or_none() as aside:
        files = [File(id=uuid7(at), **act, **_take_in(upload, aside)) for upload in uploads]
        if files:
            File.objects.bulk_create(files)
            _enter_added(files, by=by, at=at)
            # Robust: a disk that fails now must not tell the sender that nothing was taken;
            # the sweep puts the files in their place.
            transaction.on_commit(lambda: store.publish(aside), robust=True)
    return files


def _take_in(upload: Upload, aside: list[str]) -> dict[str, Any]:
    """The columns that tell of the bytes, as they were written and not as announced."""
    name = clean_name(upload.name or "")
    aside.append(store.new_name())
    try:
        written = store.write(upload, aside[-1], MOST_BYTES)
        with store.fetch(written.name) as content:
            kind = sniff(content)
    except store.TooLong:
        raise RefusedFile(name, Reason.TOO_LARGE) from None
    except OSError as error:
        _log.exception("a file could not be kept")
        raise RefusedFile(name, Reason.NOT_KEPT) from error
    if kind is None:
        raise RefusedFile(name, Reason.WRONG_KIND)
    return {
        "name": suited(name, kind),
        "media_type": kind.media_type,
        "size": written.size,
        "sha256": written.sha256,
        "stored_as": written.name,
    }


def _enter_added(files: list[File], *, by: uuid.UUID, at: datetime) -> None:
    described = [
        {"id": str(f.id), "sha256": f.sha256.hex(), "size": f.size, "media_type": f.media_type}
        for f in files
    ]
    enter(
        code=codes.ADDED.key,
        at=at,
        matter=files[0].matter_id,
        arguments={"count": len(files), "files": described, "by": str(by)},
    )


@dataclass(frozen=True)
class Opened:
    """A file that may be read, and its bytes, open beyond the transaction."""

    file: File
    content: BinaryIO


def open_file(*, file: uuid.UUID, by: uuid.UUID, at: datetime) -> Opened:
    """Fetch a file for somebody who sees its matter; a reading that is not one's own is noted.

    Raises ``File.DoesNotExist`` alike for what is not there, was withdrawn, or is not for ``by``.
    """
    with acting(by, at):
        row = File.objects.standing().get(id=file)
        petitioner = Involvement.objects.filter(
            matter_id=row.matter_id, person_id=by, relation=Relation.PETITIONER, until=None
        )
        if row.added_by != by and not petitioner.exists():
            Reading.objects.create(
                id=uuid7(at), matter_id=row.matter_id, reader_id=by, purpose=PURPOSE, at=at
            )
        return Opened(row, store.fetch(row.stored_as))


def withdraw(*, file: uuid.UUID, by: uuid.UUID, at: datetime) -> File:
    """Take back what one added oneself: it is no longer shown nor given out.

    Raises ``File.DoesNotExist`` for anybody else's, and a second time.
    """
    with acting(by, at):
        row = File.objects.standing().select_for_update().get(id=file, added_by=by)
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        enter(
            code=codes.WITHDRAWN.key,
            at=at,
            matter=row.matter_id,
            arguments={"file": str(row.id), "by": str(by)},
        )
    return row


@dataclass(frozen=True)
class Swept:
    """How many files the sweep put in their place, and how many had no row and are gone."""

    published: int
    removed: int


def sweep(*, at: datetime) -> Swept:
    """Look at what has lain aside for longer than :data:`GRACE`: the row decides."""
    aside = store.aside_since(at - GRACE)
    with acting(CLOCK, at):
        rows = set(File.objects.filter(stored_as__in=aside).values_list("stored_as", flat=True))
    orphans = [name for name in aside if name not in rows]
    store.publish(rows)
    store.discard(orphans)
    return Swept(published=len(rows), removed=len(orphans))
