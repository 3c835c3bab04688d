"""What files would change: each of their rows against what stands."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .reading import Line, Problem, Table
from .sheets import BY_NAME, SHEETS, Sheet, Values

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as it would stand: all its columns; ``id``, if it stands in the database already;
    ``line``, if a file brings or changes it."""

    values: Values
    id: Any = None
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row that would change: field → (before, after)."""

    row: Row
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(kw_only=True)
class SheetPlan:
    """What one file would change. ``absent`` stand in the database and not in the file."""

    table: Table
    added: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    absent: list[Row] = field(default_factory=list)

    @property
    def sheet(self) -> Sheet:
        return self.table.sheet

    @property
    def written(self) -> list[Row]:
        return self.added + [change.row for change in self.changed]


@dataclass(kw_only=True)
class Plan:
    """What all files would change, and why it cannot be.

    ``rows`` has, by sheet and key, every row as it would stand, for the sheets that count;
    ``claimed`` the keys of each file, broken rows included.
    """

    sheets: list[SheetPlan]
    rows: Mapping[str, Mapping[Hashable, Row]]
    claimed: Mapping[str, set[Hashable]]
    problems: list[Problem]


def make(tables: Mapping[str, Table], progress: Progress) -> Plan:
    """Compare the tables, by sheet, with what stands: one query for each sheet that counts,
    however many rows there are."""
    rows = {}
    for sheet in _that_count(tables):
        progress(_("%(file)s: reading what stands") % {"file": sheet.file})
        rows[sheet.name] = _standing(sheet)
    plans = [_compare(tables[s.name], rows[s.name]) for s in SHEETS if s.name in tables]
    for plan in plans:
        written = {plan.sheet.identify(row.values): row for row in plan.written}
        rows[plan.sheet.name] = rows[plan.sheet.name] | written
    return Plan(
        sheets=plans,
        rows=rows,
        claimed={name: set(table.claimed) for name, table in tables.items()},
        problems=[problem for table in tables.values() for problem in table.problems],
    )


def _that_count(tables: Mapping[str, Table]) -> list[Sheet]:
    """The files' own sheets, those they refer to, and what a unit to be closed may hold."""
    names = set(tables)
    lines = tables["units"].lines.values() if "units" in tables else ()
    if any(line.values.get("closed_on") for line in lines):
        names |= {"tenures", "memberships"}
    while more := {other for name in names for other in BY_NAME[name].refers} - names:
        names |= more
    return [sheet for sheet in SHEETS if sheet.name in names]


def _standing(sheet: Sheet) -> dict[Hashable, Row]:
    names = [column.name for column in sheet.columns]
    paths = [column.source or column.name for column in sheet.columns]
    found: dict[Hashable, Row] = {}
    for key, *cells in sheet.model._default_manager.order_by("pk").values_list("pk", *paths):
        values = {name: _in_order(cell) for name, cell in zip(names, cells, strict=True)}
        found[sheet.identify(values)] = Row(values=values, id=key)
    return found


def _in_order(cell: Any) -> Any:
    return sorted(cell) if isinstance(cell, list) else cell


def _compare(table: Table, standing: Mapping[Hashable, Row]) -> SheetPlan:
    plan = SheetPlan(table=table)
    empty = {column.name: column.empty for column in table.sheet.columns}
    for key, line in table.lines.items():
        before = standing.get(key)
        if before is None:
            plan.added.append(Row(values={**empty, **line.values}, line=line.number))
        elif fields := _differences(before, line):
            row = Row(values={**before.values, **line.values}, id=before.id, line=line.number)
            plan.changed.append(Change(row=row, fields=fields))
        else:
            plan.unchanged += 1
    plan.absent = [row for key, row in standing.items() if key not in table.claimed]
    return plan


def _differences(before: Row, line: Line) -> dict[str, tuple[Any, Any]]:
    """Of the columns that the file has: a column left out leaves what stands."""
    return {
        name: (before.values[name], value)
        for name, value in line.values.items()
        if before.values[name] != value
    }
