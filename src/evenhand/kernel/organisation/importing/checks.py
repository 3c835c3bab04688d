"""What would stand afterwards, looked at as a whole: each check names the rows to blame.

The database has constraints against all of this; here they are foreseen, all at once, by row.
A row that the files do not bring or change is never blamed: it stood before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.kernel.organisation.powers import LEAD

from .plan import Plan, Row
from .reading import Problem
from .sheets import BY_NAME, Sheet

_NO_SUCH = {
    "units": gettext_lazy("no unit with code %(value)r"),
    "people": gettext_lazy("no person with staff number %(value)r"),
    "bodies": gettext_lazy("no collective body with code %(value)r"),
    "posts": gettext_lazy("no post with code %(value)r"),
}


def check(plan: Plan) -> list[Problem]:
    """Every problem of the plan and its tables, in the order of files and rows."""
    found = [problem for look in _CHECKS for problem in look(plan)]
    order = {sheet.file: place for place, sheet in enumerate(BY_NAME.values())}
    return sorted({*found, *plan.problems}, key=lambda p: (order[p.file], p.row or 0, p.column))


def _references(plan: Plan) -> Iterator[Problem]:
    for each in plan.sheets:
        for column in each.sheet.columns:
            if not column.refers:
                continue
            known = plan.rows[column.refers].keys() | plan.claimed.get(column.refers, set())
            for row in each.written:
                value = row.values[column.name]
                if value is not None and value not in known:
                    message = str(_NO_SUCH[column.refers]) % {"value": value}
                    yield _problem(each.sheet, row, column.name, message)


def _circles(plan: Plan) -> Iterator[Problem]:
    units = plan.rows.get("units", {})
    parents = {str(code): row.values["parent"] for code, row in units.items()}
    for code in _on_circles(parents):
        if units[code].line:
            about = {"unit": code, "parent": parents[code]}
            message = _("%(unit)s would stand below itself, through %(parent)s")
            yield _problem(BY_NAME["units"], units[code], "parent", message % about)


def _on_circles(parents: Mapping[str, str | None]) -> Iterator[str]:
    """Those whose way up leads back to them; every unit is passed once."""
    passed: set[str] = set()
    for code in parents:
        path: list[str] = []
        above: str | None = code
        while above is not None and above in parents and above not in passed:
            passed.add(above)
            path.append(above)
            above = parents[above]
        if above in path:
            yield from path[path.index(above) :]


def _order_of_days(plan: Plan) -> Iterator[Problem]:
    for each in plan.sheets:
        for first, last in (("since", "until"), ("founded_on", "closed_on")):
            for row in each.written:
                begins, ends = row.values.get(first), row.values.get(last)
                if begins and ends and ends <= begins:
                    about = {"last": ends, "first": begins}
                    message = _("%(last)s is not after %(first)s") % about
                    yield _problem(each.sheet, row, last, message)


def _overlaps(plan: Plan) -> Iterator[Problem]:
    for sheet, same in (("tenures", ("post",)), ("memberships", ("body", "person"))):
        groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in plan.rows.get(sheet, {}).values():
            groups[tuple(row.values[name] for name in same)].append(row)
        for rows in groups.values():
            yield from _overlapping(BY_NAME[sheet], rows)


def _overlapping(sheet: Sheet, rows: list[Row]) -> Iterator[Problem]:
    rows.sort(key=lambda row: row.values["since"])
    for one, next_one in pairwise(rows):
        until = one.values["until"]
        if until is None or until > next_one.values["since"]:
            blamed, other = (next_one, one) if next_one.line else (one, next_one)
            if blamed.line:
                yield _problem(sheet, blamed, "since", _overlap(sheet, other))


def _overlap(sheet: Sheet, other: Row) -> str:
    about = {"person": other.values["person"], "time": _time(other)}
    if sheet.name == "tenures":
        return _("%(person)s holds the post %(time)s") % about
    return _("%(person)s has a seat already %(time)s") % about


def _time(row: Row) -> str:
    """In the notation of the file: ``from 2020-01-01 until 2026-01-01``."""
    if row.values["until"] is None:
        return _("from %(since)s") % row.values
    return _("from %(since)s until %(until)s") % row.values


def _one_head(plan: Plan) -> Iterator[Problem]:
    heads: dict[str, list[Row]] = defaultdict(list)
    for row in plan.rows.get("posts", {}).values():
        if row.values["leading"] and LEAD in row.values["powers"]:
            heads[row.values["unit"]].append(row)
    for rows in heads.values():
        *blamed, first = sorted(rows, key=lambda row: -(row.line or 0))
        message = _("%(post)s leads %(unit)s already; a unit has one leading post with that power")
        for row in blamed:
            about = {"post": first.values["code"], "unit": first.values["unit"]}
            yield _problem(BY_NAME["posts"], row, "powers", message % about)


def _no_kin_of_oneself(plan: Plan) -> Iterator[Problem]:
    for each in plan.sheets:
        for row in each.written if each.sheet.name == "kinship" else ():
            if row.values["person"] == row.values["relative"]:
                yield _problem(each.sheet, row, "relative", _("nobody is their own kin"))


def _nothing_in_closed_units(plan: Plan) -> Iterator[Problem]:
    """Units below, terms of office and seats end no later than the unit that holds them."""
    units = plan.rows.get("units", {})
    unit_of: dict[str, Callable[[Row], str | None]] = {
        "units": lambda row: row.values["parent"],
        "tenures": lambda row: _unit_through(plan, "posts", row.values["post"]),
        "memberships": lambda row: _unit_through(plan, "bodies", row.values["body"]),
    }
    closed = {code: row for code, row in units.items() if row.values["closed_on"]}
    for sheet, find in unit_of.items():
        ends = "closed_on" if sheet == "units" else "until"
        for row in plan.rows.get(sheet, {}).values() if closed else ():
            unit = closed.get(find(row))
            if unit and _beyond(row.values[ends], unit.values["closed_on"]):
                yield from _left_open(BY_NAME[sheet], row, ends, unit)


def _beyond(ends: date | None, closed_on: date) -> bool:
    return ends is None or ends > closed_on


def _left_open(sheet: Sheet, row: Row, ends: str, unit: Row) -> Iterator[Problem]:
    """Blame the row itself if the files bring it, else the unit that they close over it."""
    about = {"unit": unit.values["code"], "day": unit.values["closed_on"]}
    if row.line:
        message = _("the unit %(unit)s is closed from %(day)s")
        yield _problem(sheet, row, ends, message % about)
    elif unit.line:
        about |= {"file": sheet.file, "label": sheet.label(row.values)}
        message = _("in %(file)s there is still %(label)s beyond %(day)s")
        yield _problem(BY_NAME["units"], unit, "closed_on", message % about)


def _unit_through(plan: Plan, sheet: str, key: str) -> str | None:
    row = plan.rows[sheet].get(key)
    return row.values["unit"] if row else None


def _problem(sheet: Sheet, row: Row, column: str, message: str) -> Problem:
    return Problem(file=sheet.file, row=row.line, column=column, message=message)


_CHECKS: tuple[Callable[[Plan], Iterator[Problem]], ...] = (
    _references,
    _circles,
    _order_of_days,
    _overlaps,
    _one_head,
    _no_kin_of_oneself,
    _nothing_in_closed_units,
)
