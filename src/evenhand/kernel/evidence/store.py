"""Where the bytes lie: ``incoming`` until the act has committed, then ``kept``.

A transaction can roll back and a folder cannot, so nothing is put in its place before the
row stands. A file whose transaction rolled back, or whose process died, stays in
``incoming`` under a name that no row has; :func:`.actions.sweep` clears it away.
Names are random: nothing that a person typed becomes part of a path.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from .limits import Upload
from .sniff import CHUNK


class TooLong(ValueError):
    """More bytes came than were announced or are allowed."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written aside: its random name, size in bytes, SHA-256 digest."""

    name: str
    size: int
    sha256: bytes


def incoming(name: str = "") -> Path:
    """The place of a file whose act has not yet committed."""
    return Path(settings.MEDIA_ROOT) / "incoming" / name


def kept(name: str) -> Path:
    """The place of a file whose act has committed."""
    return Path(settings.MEDIA_ROOT) / "kept" / name[:2] / name


@contextmanager
def all_or_none() -> Iterator[list[str]]:
    """Yields a list for the names of files written aside; an exception removes those files."""
    names: list[str] = []
    try:
        yield names
    except BaseException:
        discard(names)
        raise


def write(upload: Upload, name: str, most: int) -> Written:
    """Write an upload aside in chunks, down to the disk.

    Raises :class:`TooLong` beyond ``most`` bytes, and ``OSError``.
    """
    digest, size = hashlib.sha256(), 0
    _folder(incoming())
    with open(os.open(incoming(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in upload.chunks(CHUNK):
            size += len(chunk)
            if size > most:
                raise TooLong(f"more than {most} bytes")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    _settle(incoming())
    return Written(name=name, size=size, sha256=digest.digest())


def new_name() -> str:
    return secrets.token_hex(16)


def publish(names: Iterable[str]) -> None:
    """Put files in their place. One that lies there already, or nowhere, is passed over."""
    for name in names:
        folder = kept(name).parent
        _folder(folder)
        with suppress(FileNotFoundError):
            incoming(name).replace(kept(name))
            _settle(folder)


def discard(names: Iterable[str]) -> None:
    """Remove files that lie aside."""
    for name in names:
        incoming(name).unlink(missing_ok=True)


def fetch(name: str) -> BinaryIO:
    """The bytes of a file whose row stands, open for reading.

    Between the commit and :func:`publish` they still lie aside. Raises ``FileNotFoundError``.
    """
    for place in (kept(name), incoming(name)):
        with suppress(FileNotFoundError):
            return place.open("rb")
    # It may have been moved between the two looks.
    return kept(name).open("rb")


def aside_since(before: datetime) -> list[str]:
    """The names of files that have lain aside since before that moment."""
    if not incoming().is_dir():
        return []
    return sorted(entry.name for entry in os.scandir(incoming()) if _changed_at(entry) < before)


def _changed_at(entry: os.DirEntry[str]) -> datetime:
    return datetime.fromtimestamp(entry.stat().st_mtime, UTC)


def _folder(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _settle(folder: Path) -> None:
    """Have the folder's own entries on the disk too, else a power cut may lose the name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
