"""From a CSV file to the matters in it, row by row; every broken cell is named."""

import codecs
import csv
import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from evenhand.base.text import clean

from .fields import FIELDS, NEEDED, Statuses
from .matters import Earlier, Problem

LONGEST_CELL = 1_000_000
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: From this share of everyday Chinese (GB 2312) on, bytes that are not UTF-8 are taken for
#: GB 18030: almost any bytes could be read so, but not as words that people use.
_EVERYDAY = 0.9
_SAMPLE = 10_000


class Unreadable(Exception):
    """The file as a whole cannot be taken: one sentence that says why, and what to do."""


@dataclass(frozen=True)
class Table:
    """A file that was read through once: it can be read, in this encoding, to its end."""

    path: Path
    encoding: str
    columns: Sequence[str]
    rows: int


def look_through(path: Path) -> Table:
    """Read the whole file once, before anything of it is taken. Raises :class:`Unreadable`."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        encoding = _encoding(path)
        records = _records(path, encoding)
        header = next(records, (1, []))[1]
        if not any(header):
            raise Unreadable(_("the file is empty; its first row must name the columns"))
        count = sum(1 for _number, cells in records if any(cells))
    except OSError as error:
        raise Unreadable(_("cannot be read: %s") % error.strerror) from None
    return Table(path=path, encoding=encoding, columns=header, rows=count)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        if file.read(2) in _UTF16:
            return "utf-16"
    if _decodes(path, "utf-8-sig"):
        return "utf-8-sig"
    if _decodes(path, "gb18030") and _reads_as_chinese(path):
        return "gb18030"
    raise Unreadable(_("neither UTF-8 nor GB 18030; save it as “CSV UTF-8”"))


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _reads_as_chinese(path: Path) -> bool:
    with path.open(encoding="gb18030") as file:
        foreign = list(islice((c for line in file for c in line if not c.isascii()), _SAMPLE))
    return sum(map(_is_everyday, foreign)) >= _EVERYDAY * len(foreign)


def _is_everyday(character: str) -> bool:
    return bool(character.encode("gb2312", "ignore"))


def _records(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered as a spreadsheet numbers them, whatever line ends stand inside quotes."""
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, cells in enumerate(csv.reader(file, strict=True), start=1):
                yield number, [clean(cell) for cell in cells]
    except csv.Error as error:
        message = _("row %(row)d cannot be read as CSV: %(error)s. Mend it, and import again")
        raise Unreadable(message % {"row": number + 1, "error": error}) from None
    except UnicodeDecodeError:
        raise Unreadable(_("breaks off in the middle of a character")) from None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """How the rows of one file are read: ``columns`` gives our field's column in the file,
    ``source`` keeps apart registers that number alike."""

    columns: Mapping[str, str]
    statuses: Statuses
    source: str
    at: datetime

    def check(self, table: Table) -> None:
        """Raises :class:`Unreadable` when the file lacks a column that is named."""
        if missing := [name for name in NEEDED if name not in self.columns]:
            message = _("name the columns of %(fields)s with --map")
            raise Unreadable(message % {"fields": ", ".join(missing)})
        listed = ", ".join(table.columns)
        for column in self.columns.values():
            if table.columns.count(column) != 1:
                message = (
                    _("the column %(column)r stands there twice")
                    if column in table.columns
                    else _("there is no column %(column)r; the file has %(listed)s")
                )
                raise Unreadable(message % {"column": column, "listed": listed})

    def read(self, table: Table) -> Iterator[Earlier | list[Problem]]:
        """Each row as a matter, or as all that is wrong with it. Blank rows are passed over."""
        seen: dict[uuid.UUID, int] = {}
        records = _records(table.path, table.encoding)
        next(records)
        for number, cells in records:
            if any(cells):
                yield self._row(table, number, cells, seen)

    def _row(
        self, table: Table, number: int, cells: list[str], seen: dict[uuid.UUID, int]
    ) -> Earlier | list[Problem]:
        width = len(table.columns)
        cells = cells if any(cells[width:]) else cells[:width]
        if len(cells) != width:
            message = _("%(n)d cells, where the header has %(columns)d")
            return [Problem(number, "", message % {"n": len(cells), "columns": width})]
        by_column = dict(zip(table.columns, cells, strict=True))
        row = _Row(number, {ours: by_column[its] for ours, its in self.columns.items()}, self)
        matter = row.matter(self._identity(row.cells.get("id", ""), cells))
        if row.problems:
            return row.problems
        first = seen.setdefault(matter.id, number)
        return matter if first == number else [self._twice(number, first)]

    def _identity(self, number: str, cells: Sequence[str]) -> uuid.UUID:
        """The matter's key: of the register's own number, else of all that the row says."""
        parts = [self.source, "id", number] if number else [self.source, "row", *cells]
        digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).digest()
        return uuid.UUID(bytes=digest[:16], version=8)

    def _twice(self, number: int, first: int) -> Problem:
        if "id" in self.columns:
            message = _("stands in row %(row)d already")
            return Problem(number, self.columns["id"], message % {"row": first})
        return Problem(number, "", _("says the same as row %(row)d") % {"row": first})


class _Row:
    """One row while it is read; what is wrong with it gathers in ``problems``."""

    def __init__(self, number: int, cells: Mapping[str, str], reader: Reader) -> None:
        self.number, self.cells, self.reader = number, cells, reader
        self.problems: list[Problem] = []

    def matter(self, identity: uuid.UUID) -> Earlier:
        """Of use only when there are no problems."""
        read = {name: self._read(name) for name in FIELDS if name in self.cells}
        closed = self._closed(self.cells.get("status", ""))
        self._not_to_come("created", read.get("created"))
        self._not_to_come("closed", read.get("closed"))
        return Earlier(
            id=identity,
            row=self.number,
            is_closed=closed,
            status=self.cells.get("status", ""),
            number=read.get("id") or "",
            received_at=read.get("created"),
            closed_at=read.get("closed"),
            **{
                name: read[name]
                for name in ("title", "body", "kind", "deadline")
                + ("name", "email", "telephone", "address")
                if read.get(name)
            },
        )
