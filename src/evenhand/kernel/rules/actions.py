"""Writing instruments: many at a time, set-based, each batch whole or not at all."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Q

from evenhand.base.ids import uuid7
from evenhand.base.profile import InstrumentName
from evenhand.kernel.access.actor import acting
from evenhand.kernel.ledger.actions import Act, enter_many

from . import codes
from .markdown import Document, Passage
from .models import Instrument, Version
from .naming import other_titles

_COLUMNS = (
    "id, version_id, ordinal, path, part, article, suffix, paragraph, item, occurrence, label, text"
)
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('evenhand.rules'))"
_SUPERSEDE = """
UPDATE rules_version old SET superseded = true
FROM rules_version new
WHERE new.id = ANY(%s) AND NOT new.superseded
  AND old.instrument_id = new.instrument_id AND old.id <> new.id AND NOT old.superseded
  AND old.in_force_from IS NOT DISTINCT FROM new.in_force_from
"""
_CLOSE = """
UPDATE rules_version v SET in_force_until = following.start
FROM (
    SELECT id, lead(in_force_from) OVER (
        PARTITION BY instrument_id ORDER BY in_force_from NULLS FIRST
    ) AS start
    FROM rules_version
    WHERE NOT superseded AND instrument_id IN (
        SELECT instrument_id FROM rules_version WHERE id = ANY(%s)
    )
) following
WHERE v.id = following.id AND v.in_force_until IS DISTINCT FROM following.start
"""
_RESTORE = """
WITH pairs AS (
    SELECT DISTINCT ON (present.id) present.id AS out_id, old.id AS in_id
    FROM rules_version old JOIN rules_version present
      ON present.instrument_id = old.instrument_id AND NOT present.superseded
     AND present.in_force_from IS NOT DISTINCT FROM old.in_force_from
    WHERE old.superseded
      AND old.source_digest = ANY(%s) AND NOT present.source_digest = ANY(%s)
    ORDER BY present.id, old.id DESC
)
UPDATE rules_version v SET superseded = (v.id = out_id)
FROM pairs WHERE v.id IN (out_id, in_id)
RETURNING v.id, v.superseded
"""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file that was read: its name, the SHA-256 of its bytes, and what it says."""

    name: str
    digest: bytes
    document: Document
    version_id: uuid.UUID = field(default_factory=uuid7)


def store(*, sources: Sequence[Source], by: uuid.UUID, at: datetime) -> int:
    """Store what is not stored yet (known by its digest); returns how many versions are new.

    A text whose commencement an older version shares supersedes it; otherwise the version
    before it ends where it begins. ``by`` is an actor: a person, or the importer.
    """
    with acting(by, at), connection.cursor() as cursor:
        # Two imports at once would each miss the other's versions.
        cursor.execute(_LOCK)
        new = _new(sources)
        if new:
            _write(new)
            enter_many(_imported(source, by, at) for source in new)
    return len(new)


def _write(new: Sequence[Source]) -> None:
    titles = {source.document.title for source in new}
    Instrument.objects.bulk_create([Instrument(title=t) for t in titles], ignore_conflicts=True)
    ids = dict(Instrument.objects.filter(title__in=titles).values_list("title", "id"))
    Version.objects.bulk_create(_versions(new, ids))
    _copy(new)
    written = [source.version_id for source in new]
    with connection.cursor() as cursor:
        cursor.execute(_SUPERSEDE, [written])
        cursor.execute(_CLOSE, [written])


def restore(*, digests: Iterable[bytes], by: uuid.UUID, at: datetime) -> int:
    """Bring back superseded texts among ``digests`` whose successor is not among them: their
    files were put back as they were. Returns how many."""
    seen = list(digests)
    with acting(by, at), connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(_RESTORE, [seen, seen])
        back = [version for version, superseded in cursor.fetchall() if not superseded]
        cursor.execute(_CLOSE, [back])
        versions = Version.objects.filter(id__in=back).select_related("instrument")
        enter_many(_restored(version, by, at) for version in versions)
    return len(back)


def name_instruments(*, names: Iterable[InstrumentName], by: uuid.UUID, at: datetime) -> int:
    """Give instruments their keys and names by title; returns how many changed.

    A title matches with or without 中华人民共和国. Keys no longer given are taken back; a
    name whose instrument is not loaded waits for it.
    """
    names = list(names)
    with acting(by, at):
        known = _candidates(names)
        given = _chosen(names, known)
        changed = [i for i in known if _rename(i, given.get(i.id))]
        # Keys may change hands: all are free before any is given.
        Instrument.objects.filter(id__in=[i.id for i in changed]).update(key=None)
        Instrument.objects.bulk_update(changed, ["key", "name_en", "name_zh"])
        enter_many(_named(instrument, by, at) for instrument in changed if instrument.key)
    return len(changed)


def _candidates(names: Iterable[InstrumentName]) -> list[Instrument]:
    titles = {title for name in names for title in (name.title, *other_titles(name.title))}
    wanted = Q(title__in=titles) | Q(key__isnull=False)
    return list(Instrument.objects.select_for_update().filter(wanted).order_by("title"))


def _chosen(
    names: Iterable[InstrumentName], known: Iterable[Instrument]
) -> dict[uuid.UUID, InstrumentName]:
    """Which instrument takes which name: the very title before one that is longer."""
    by_title = {instrument.title: instrument.id for instrument in known}
    found = {}
    for name in names:
        titles = (name.title, *other_titles(name.title))
        if taker := next((by_title[title] for title in titles if title in by_title), None):
            found[taker] = name
    return found


def _new(sources: Sequence[Source]) -> list[Source]:
    by_digest = {source.digest: source for source in sources}
    stored = Version.objects.filter(source_digest__in=list(by_digest))
    known = {bytes(digest) for digest in stored.values_list("source_digest", flat=True)}
    return [source for digest, source in by_digest.items() if digest not in known]


def _versions(new: Sequence[Source], instruments: Mapping[str, uuid.UUID]) -> Iterator[Version]:
    last = {(s.document.title, s.document.dates.in_force_from): s.version_id for s in new}
    for source in new:
        document = source.document
        dates = document.dates
        yield Version(
            id=source.version_id,
            instrument_id=instruments[document.title],
            passed_on=dates.passed_on,
            amended_on=dates.amended_on,
            in_force_from=dates.in_force_from,
            in_force_stated=dates.in_force_stated,
            superseded=last[document.title, dates.in_force_from] != source.version_id,
            source=source.name,
            source_digest=source.digest,
            articles=document.articles,
        )


def _copy(new: Sequence[Source]) -> None:
    """COPY: a corpus has some 400,000 provisions, and INSERT would take minutes."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY rules_provision ({_COLUMNS}) FROM STDIN") as copy,
    ):
        for source in new:
            for ordinal, passage in enumerate(source.document.passages, start=1):
                copy.write_row(_row(source.version_id, ordinal, passage))


def _row(version: uuid.UUID, ordinal: int, passage: Passage) -> tuple[object, ...]:
    return (
        uuid7(),
        version,
        ordinal,
        list(passage.path),
        passage.part,
        passage.article,
        passage.suffix,
        passage.paragraph,
        passage.item,
        passage.occurrence,
        passage.label,
        passage.text,
    )


def _imported(source: Source, by: uuid.UUID, at: datetime) -> Act:
    document = source.document
    start = document.dates.in_force_from
    arguments = {
        "title": document.title,
        "articles": document.articles,
        "in_force_from": start.isoformat() if start else None,
        "digest": source.digest.hex(),
        "source": source.name,
        "by": str(by),
    }
    return Act(code=codes.IMPORTED.key, at=at, arguments=arguments)


def _restored(version: Version, by: uuid.UUID, at: datetime) -> Act:
    arguments = {
        "title": version.instrument.title,
        "digest": bytes(version.source_digest).hex(),
        "by": str(by),
    }
    return Act(code=codes.RESTORED.key, at=at, arguments=arguments)


def _named(instrument: Instrument, by: uuid.UUID, at: datetime) -> Act:
    arguments = {"title": instrument.title, "key": instrument.key, "by": str(by)}
    return Act(code=codes.NAMED.key, at=at, arguments=arguments)


def _rename(instrument: Instrument, name: InstrumentName | None) -> bool:
    """Set what the profile says; whether anything is different."""
    before = (instrument.key, instrument.name_en, instrument.name_zh)
    if name is None:
        instrument.key, instrument.name_en, instrument.name_zh = None, "", ""
    else:
        instrument.key = name.key
        instrument.name_en, instrument.name_zh = name.name_en, name.name_zh
    return before != (instrument.key, instrument.name_en, instrument.name_zh)
