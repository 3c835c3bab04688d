"""One row of an earlier register, as a matter or as all that is wrong with it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ..states import Kind
from .fields import FIELDS, Statuses


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken. Row 1 is the header; ``column`` is the file's own name."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        about = {"row": self.row, "column": self.column, "why": self.message}
        if not self.column:
            return _("row %(row)d: %(why)s") % about
        return _("row %(row)d, column %(column)s: %(why)s") % about


class Wrong(Exception):
    """A row with problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A matter of an earlier register. ``key`` is the same whenever its row is read; ``id`` is
    the register's own number, ``status`` its own word."""

    key: uuid.UUID
    row: int
    title: str
    body: str
    id: str = ""
    created: datetime | None = None
    is_closed: bool = False
    status: str = ""
    closed: datetime | None = None
    deadline: datetime | None = None
    kind: Kind = Kind.CLAIM
    name: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Cells:
    """The cells of one row by our names, with what is needed to read them."""

    row: int
    by_name: Mapping[str, str]
    columns: Mapping[str, str]
    statuses: Statuses
    at: datetime

    def matter(self, key: uuid.UUID) -> Earlier:
        """Raises :class:`Wrong`, with every cell that is."""
        problems: list[Problem] = []
        values: dict[str, Any] = {}
        for name, cell in self.by_name.items():
            try:
                values |= self._read(name, cell)
            except ValueError as error:
                problems.append(Problem(self.row, self.columns[name], str(error)))
        if problems:
            raise Wrong(*problems)
        return Earlier(key=key, row=self.row, **values)

    def _read(self, name: str, cell: str) -> dict[str, Any]:
        """Nothing for an empty cell, so that the matter's own default stands."""
        field = FIELDS[name]
        if not cell:
            if field.required:
                raise ValueError(_("is empty"))
            return {}
        value = field.read(cell)
        if name == "status":
            return {"status": value, "is_closed": self.statuses.means_closed(value)}
        if name in ("created", "closed") and value > self.at:
            raise ValueError(_("%(cell)s has not come yet") % {"cell": cell})
        return {name: value}
