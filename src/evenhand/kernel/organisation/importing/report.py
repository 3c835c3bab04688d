"""A plan as people read it, and as a machine does; and the form that the files follow."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .plan import Change, Plan, Row, SheetPlan
from .sheets import SHEETS

#: How many rows of each kind the preview shows; the report has all.
SHOWN = 5


def lines(plan: Plan) -> Iterator[str]:
    """The preview: for each file what is new, changed field by field, the same, not in it."""
    for each in plan.sheets:
        if each.table.encoding != "utf-8":
            yield _("%(file)s is not UTF-8; it was read as GB 18030") % {"file": each.sheet.file}
        counts = {
            "file": each.sheet.file,
            "added": len(each.added),
            "changed": len(each.changed),
            "unchanged": each.unchanged,
            "absent": len(each.absent),
        }
        yield (
            _(
                "%(file)s: %(added)d to add, %(changed)d to change, %(unchanged)d as they are,"
                " %(absent)d not in the file (they stay)"
            )
            % counts
        )
        yield from _few("+", [each.sheet.label(row.values) for row in each.added])
        yield from _few("~", [_change(each, change) for change in each.changed])
        yield from _few("?", [each.sheet.label(row.values) for row in each.absent])


def _few(mark: str, labels: list[str]) -> Iterator[str]:
    for label in labels[:SHOWN]:
        yield f"  {mark} {label}"
    more = len(labels) - SHOWN
    if more > 0:
        yield f"  {mark} " + ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}


def _change(each: SheetPlan, change: Change) -> str:
    fields = [
        f"{name}: {_shown(before)} → {_shown(after)}"
        for name, (before, after) in change.fields.items()
    ]
    return f"{each.sheet.label(change.row.values)}: {'; '.join(fields)}"


def _shown(value: Any) -> str:
    match value:
        case None | "":
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case list():
            return " ".join(value) or "–"
        case _:
            return str(value)


def as_json(plan: Plan, *, applied: bool) -> dict[str, Any]:
    """All of it, in plain values: dates as ISO 8601, rows under their column names."""
    return {
        "applied": applied,
        "problems": [
            {"file": p.file, "row": p.row, "column": p.column, "message": p.message}
            for p in plan.problems
        ],
        "files": [_file(each) for each in plan.sheets],
    }


def _file(each: SheetPlan) -> dict[str, Any]:
    return {
        "file": each.sheet.file,
        "sha256": each.table.sha256,
        "encoding": each.table.encoding,
        "added": [_row(row) for row in each.added],
        "changed": [
            {
                "row": change.row.line,
                "key": each.sheet.label(change.row.values),
                "fields": {
                    name: [_plain(before), _plain(after)]
                    for name, (before, after) in change.fields.items()
                },
            }
            for change in each.changed
        ],
        "unchanged": each.unchanged,
        "not_in_file": [each.sheet.label(row.values) for row in each.absent],
    }


def _row(row: Row) -> dict[str, Any]:
    return {"row": row.line} | {name: _plain(value) for name, value in row.values.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def columns() -> Iterator[str]:
    """The files and their columns, as Markdown: the reference of the CSV form."""
    for sheet in SHEETS:
        yield f"## {sheet.file}"
        yield ""
        yield f"A row is found again by {', '.join(f'`{name}`' for name in sheet.key)}."
        yield ""
        yield "| column | what stands in it | must be given |"
        yield "|---|---|---|"
        for column in sheet.columns:
            yield f"| `{column.name}` | {column.shape} | {'yes' if column.required else ''} |"
        yield ""
