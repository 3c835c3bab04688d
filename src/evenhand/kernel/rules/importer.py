"""From files to stored versions: read, parse and store in batches, so that memory stays flat."""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from . import dates
from .actions import Source, restore, store
from .markdown import Unreadable, parse
from .models import Version

LARGEST_FILE = 10_000_000
#: A batch is full at either: one transaction, and some 100 MB of memory at most.
BATCH_FILES, BATCH_BYTES = 200, 4_000_000


@dataclass(frozen=True)
class Outcome:
    """What became of one file: skipped (``error`` says why; no articles), ``new``, or stored
    before. ``title`` is None where none could be read."""

    file: str
    title: str | None = None
    articles: int = 0
    error: str | None = None
    new: bool = False


@dataclass(frozen=True)
class _File:
    path: Path
    raw: bytes
    digest: bytes
    error: str | None


def import_files(*, files: Iterable[Path], by: uuid.UUID, at: datetime) -> Iterator[Outcome]:
    """Import one file after another; yields what became of each, in order.

    Each batch is one transaction, so an import that is broken off can simply be run again.
    """
    seen: set[bytes] = set()
    for batch in _batches(map(_read, files)):
        seen.update(file.digest for file in batch)
        yield from _import(batch, by, at)
    restore(digests=seen, by=by, at=at)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The ``*.md`` files in and below folders, in order of name; other paths as they are."""
    found: dict[str, Path] = {}
    for path in paths:
        for file in _markdown_below(path) or [path]:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def printable(path: Path) -> str:
    """A path as text; what is not UTF-8 in it is escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _markdown_below(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    return sorted(file for file in path.rglob("*") if file.suffix.lower() == ".md")


def _read(path: Path) -> _File:
    try:
        raw, error = _bytes(path), None
    except Unreadable as problem:
        raw, error = b"", str(problem)
    return _File(path, raw, hashlib.sha256(raw).digest(), error)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Unreadable(_("a folder with no *.md file in it"))
        if path.exists() and not path.is_file():
            raise Unreadable(_("not a regular file"))
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(_("larger than %d MB; no instrument is") % (LARGEST_FILE // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(_("cannot be read: %s") % error.strerror) from None


def _batches(files: Iterable[_File]) -> Iterator[list[_File]]:
    batch: list[_File] = []
    size = 0
    for file in files:
        batch.append(file)
        size += len(file.raw)
        if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _import(batch: Sequence[_File], by: uuid.UUID, at: datetime) -> Iterator[Outcome]:
    before = _stored(batch)
    sources: dict[bytes, Source] = {}
    outcomes = [_outcome(file, before, sources) for file in batch]
    store(sources=list(sources.values()), by=by, at=at)
    yield from outcomes


def _stored(batch: Iterable[_File]) -> Mapping[bytes, tuple[str, int]]:
    """Title and number of articles of what is stored already, by digest."""
    versions = Version.objects.filter(source_digest__in=[file.digest for file in batch])
    rows = versions.values_list("source_digest", "instrument__title", "articles")
    return {bytes(digest): (title, articles) for digest, title, articles in rows}


def _outcome(
    file: _File, before: Mapping[bytes, tuple[str, int]], sources: dict[bytes, Source]
) -> Outcome:
    """What becomes of ``file``; what is new is added to ``sources``."""
    name = printable(file.path)
    if file.error is not None:
        return Outcome(name, error=file.error)
    if file.digest in before:
        title, articles = before[file.digest]
        return Outcome(name, title, articles)
    known = sources.get(file.digest)
    try:
        document = known.document if known else parse(file.raw, named=dates.in_name(name))
    except Unreadable as problem:
        return Outcome(name, problem.title, error=str(problem))
    if not known:
        source = printable(Path(file.path.name))
        sources[file.digest] = Source(name=source, digest=file.digest, document=document)
    return Outcome(name, document.title, document.articles, new=not known)
