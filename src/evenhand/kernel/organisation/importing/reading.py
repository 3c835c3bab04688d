"""From the bytes of a file to lines of values, with every broken cell named."""

import csv
import hashlib
import io
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from evenhand.base import text

from .sheets import Column, Sheet

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: From this share of everyday Chinese (GB 2312) on, bytes that are not UTF-8 are taken for
#: GB 18030: almost any bytes could be read so, but not as words that people use.
_EVERYDAY = 0.9


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why a file, a row of it or a cell cannot be taken. Row 1 is the header."""

    file: str
    message: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        about = {"file": self.file, "row": self.row, "column": self.column, "why": self.message}
        if self.row is None:
            return _("%(file)s: %(why)s") % about
        if not self.column:
            return _("%(file)s row %(row)d: %(why)s") % about
        return _("%(file)s row %(row)d, column %(column)s: %(why)s") % about


@dataclass(frozen=True)
class Line:
    """One row that could be read; ``values`` has only the columns that the file has."""

    number: int
    values: Mapping[str, Any]


@dataclass(kw_only=True)
class Table:
    """What a file says.

    ``claimed`` gives the row of every key, broken rows included: whoever refers to one of
    those is not told that it does not exist.
    """

    sheet: Sheet
    sha256: str
    encoding: str = "utf-8"
    lines: dict[Hashable, Line] = field(default_factory=dict)
    claimed: dict[Hashable, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, message: str, row: int | None = None, column: str = "") -> None:
        self.problems.append(Problem(file=self.sheet.file, row=row, column=column, message=message))


def read(sheet: Sheet, raw: bytes) -> Table:
    """Every row of the file; nothing is raised, all that is wrong stands in ``problems``."""
    table = Table(sheet=sheet, sha256=hashlib.sha256(raw).hexdigest())
    try:
        content, table.encoding = _decode(raw)
        rows = _rows(content)
        columns = _header(table, next(rows, (1, []))[1])
        if not table.problems:
            for number, row in rows:
                _take(table, columns, number, row)
    except text.UnreadableText as error:
        table.complain(str(error))
    except _BrokenCsv as error:
        table.complain(_("cannot be read as CSV: %(error)s") % {"error": error}, error.row)
    return table


def _decode(raw: bytes) -> tuple[str, str]:
    if raw.startswith(_UTF16) or b"\0" in raw:
        raise text.UnreadableText(_("this is UTF-16 or no text; save it as “CSV UTF-8”"))
    try:
        return text.decode(raw), "utf-8"
    except text.UnreadableText:
        return _decode_chinese(raw), "gb18030"


def _decode_chinese(raw: bytes) -> str:
    try:
        content = raw.decode("gb18030")
    except UnicodeDecodeError:
        raise text.UnreadableText(_("neither UTF-8 nor GB 18030; save it as “CSV UTF-8”")) from None
    foreign = [character for character in content if not character.isascii()]
    everyday = sum(1 for character in foreign if _is_everyday(character))
    if everyday < _EVERYDAY * len(foreign):
        message = _("not UTF-8; as GB 18030 it would read %(sample)s …; save it as “CSV UTF-8”")
        raise text.UnreadableText(message % {"sample": "".join(foreign[:12])})
    return content


def _is_everyday(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


class _BrokenCsv(Exception):
    def __init__(self, message: str, row: int) -> None:
        super().__init__(message)
        self.row = row


def _rows(content: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered as a spreadsheet numbers them, whatever line ends stand inside quotes."""
    reader, number = csv.reader(io.StringIO(content, newline=""), strict=True), 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, [text.clean(cell) for cell in row]
    except csv.Error as error:
        raise _BrokenCsv(str(error), number + 1) from None


def _header(table: Table, names: list[str]) -> list[Column]:
    while names and not names[-1]:
        names.pop()
    known = {column.name: column for column in table.sheet.columns}
    listed = ", ".join(known)
    if len(names) == 1 and names[0] not in known and any(c in names[0] for c in ";\t"):
        table.complain(_("columns must be separated by commas"), 1)
        return []
    for name in dict.fromkeys(names):
        if name not in known:
            message = _("there is no column %(name)r; known are %(known)s")
            table.complain(message % {"name": name, "known": listed}, 1)
        elif names.count(name) > 1:
            table.complain(_("the column stands here twice"), 1, name)
    for column in table.sheet.columns:
        if column.required and column.name not in names:
            table.complain(_("the column is missing"), 1, column.name)
    return [known[name] for name in names if name in known]


def _take(table: Table, columns: list[Column], number: int, row: list[str]) -> None:
    if not any(row):
        return
    row = row if any(row[len(columns) :]) else row[: len(columns)]
    if len(row) != len(columns):
        message = _("%(n)d cells, where the header has %(columns)d")
        table.complain(message % {"n": len(row), "columns": len(columns)}, number)
        return
    values: dict[str, Any] = {}
    for column, cell in zip(columns, row, strict=True):
        _take_cell(table, column, number, cell, values)
    if any(name not in values for name in table.sheet.key):
        return
    key = table.sheet.identify(values)
    first = table.claimed.setdefault(key, number)
    if first != number:
        about = {"label": table.sheet.label(values), "row": first}
        message = _("%(label)s stands in row %(row)d already")
        table.complain(message % about, number, table.sheet.key[0])
    elif len(values) == len(columns):
        table.lines[key] = Line(number, values)


def _take_cell(
    table: Table, column: Column, number: int, cell: str, values: dict[str, Any]
) -> None:
    if not cell:
        if column.required:
            table.complain(_("is empty"), number, column.name)
        else:
            values[column.name] = column.empty
        return
    try:
        values[column.name] = column.read(cell)
    except ValueError as error:
        table.complain(str(error), number, column.name)
