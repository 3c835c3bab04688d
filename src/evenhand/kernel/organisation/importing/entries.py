"""What an import enters: one entry for itself, and each act that the public may read.

The import's own entry names the files by their SHA-256, so that whoever keeps them can show
what was brought. Without the others, an import would be the way around the public ones.
"""

import uuid
from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime
from typing import Any

from evenhand.kernel.ledger.actions import Act
from evenhand.kernel.ledger.codes import Code
from evenhand.kernel.organisation import codes
from evenhand.kernel.organisation.queries import day_of

from .plan import Plan, Row, SheetPlan

Ids = Mapping[str, Mapping[Hashable, Any]]


def acts(plan: Plan, ids: Ids, *, by: uuid.UUID | None, at: datetime) -> Iterator[Act]:
    """The entries of a plan that has been written; ``ids`` by sheet and key."""
    actor = str(by) if by else None
    for code, facts in _facts(plan, ids, at):
        yield Act(code=code.key, at=at, arguments={"by": actor, **facts})


Facts = tuple[Code, dict[str, Any]]


def _facts(plan: Plan, ids: Ids, at: datetime) -> Iterator[Facts]:
    yield codes.IMPORTED, {"files": [_file(each) for each in plan.sheets]}
    for each in plan.sheets:
        if each.sheet.name == "units":
            yield from _units(each, ids, at)
        elif each.sheet.name == "tenures":
            yield from _leaders(plan, each, ids)


def _file(each: SheetPlan) -> dict[str, Any]:
    return {
        "file": each.sheet.file,
        "sha256": each.table.sha256,
        "added": len(each.added),
        "changed": len(each.changed),
    }


def _units(each: SheetPlan, ids: Ids, at: datetime) -> Iterator[Facts]:
    """A unit of which no founding day is known counts from the day on which it was brought."""
    for row in each.added:
        on = row.values["founded_on"] or day_of(at)
        yield codes.UNIT_FOUNDED, _unit(row, ids) | {"on": str(on)}
        if row.values["closed_on"]:
            yield codes.UNIT_CLOSED, _unit(row, ids) | {"on": str(row.values["closed_on"])}
    for change in each.changed:
        if day := change.fields.get("closed_on", (None, None))[1]:
            yield codes.UNIT_CLOSED, _unit(change.row, ids) | {"on": str(day)}


def _unit(row: Row, ids: Ids) -> dict[str, Any]:
    code = row.values["code"]
    return {"unit": row.values["name"], "unit_id": str(ids["units"][code]), "code": code}


def _leaders(plan: Plan, each: SheetPlan, ids: Ids) -> Iterator[Facts]:
    """Terms in leading posts that are new, or given to somebody else."""
    given = [change.row for change in each.changed if "person" in change.fields]
    for row in [*each.added, *given]:
        post = plan.rows["posts"][row.values["post"]].values
        if post["leading"]:
            person = plan.rows["people"][row.values["person"]].values
            unit = plan.rows["units"][post["unit"]].values
            yield (
                codes.LEADER_APPOINTED,
                {
                    "person": person["name"],
                    "person_id": str(ids["people"][row.values["person"]]),
                    "post": post["name"],
                    "post_id": str(ids["posts"][row.values["post"]]),
                    "unit": unit["name"],
                    "unit_id": str(ids["units"][post["unit"]]),
                    "since": str(row.values["since"]),
                    "until": str(row.values["until"]) if row.values["until"] else None,
                },
            )
