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

from evenhand.base.ids import uuid8
from evenhand.base.text import clean

from .fields import NEEDED, Statuses
from .matters import Cells, Earlier, Problem, Wrong

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

    def read(self, table: Table) -> Iterator[Earlier | Wrong]:
        """Each row as a matter, or what is wrong with it. Blank rows are passed over."""
        seen: dict[uuid.UUID, int] = {}
        records = _records(table.path, table.encoding)
        next(records)
        for number, cells in records:
            if any(cells):
                try:
                    matter = self._matter(table, number, cells)
                    yield self._once(matter, seen.setdefault(matter.key, number))
                except Wrong as wrong:
                    yield wrong

    def _matter(self, table: Table, number: int, cells: list[str]) -> Earlier:
        width = len(table.columns)
        cells = cells if any(cells[width:]) else cells[:width]
        if len(cells) != width:
            message = _("%(n)d cells, where the header has %(columns)d")
            raise Wrong(Problem(number, "", message % {"n": len(cells), "columns": width}))
        by_column = dict(zip(table.columns, cells, strict=True))
        by_name = {name: by_column[column] for name, column in self.columns.items()}
        row = Cells(number, by_name, self.columns, self.statuses, self.at)
        return row.matter(self._key(by_name.get("id", ""), cells))

    def _key(self, number: str, cells: Sequence[str]) -> uuid.UUID:
        """Of the register's own number, else of all that the row says."""
        parts = [self.source, "id", number] if number else [self.source, "row", *cells]
        digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).digest()
        return uuid8(digest)

    def _once(self, matter: Earlier, first: int) -> Earlier:
        if first == matter.row:
            return matter
        if matter.id:
            message = _("stands in row %(row)d already")
            raise Wrong(Problem(matter.row, self.columns["id"], message % {"row": first}))
        raise Wrong(Problem(matter.row, "", _("says the same as row %(row)d") % {"row": first}))
