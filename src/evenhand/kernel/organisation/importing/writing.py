"""Writing a plan: set by set, in one transaction, with its ledger entries."""

import uuid
from collections.abc import Hashable
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.kernel.ledger.actions import enter_many
from evenhand.kernel.organisation.models import Post

from . import entries
from .plan import Plan, Progress, Row, SheetPlan
from .sheets import Sheet

#: Rows in one statement. Units go in one whatever their number: only the tree as a whole is
#: free of circles, not what stands halfway.
BATCH = 5_000

Ids = dict[str, dict[Hashable, Any]]


def write(plan: Plan, *, by: uuid.UUID | None, at: datetime, progress: Progress) -> None:
    """Write what was found changed, then the rows that are new, sheet by sheet.

    In that order no constraint is in the way: whoever leaves a post has left before the
    successor comes. The caller has opened the transaction and holds the shape.
    """
    ids: Ids = {
        name: {key: row.id for key, row in rows.items()} for name, rows in plan.rows.items()
    }
    for each in plan.sheets:
        _write_sheet(each, ids)
        count = len(each.written)
        message = ngettext("%(file)s: %(n)d row written", "%(file)s: %(n)d rows written", count)
        progress(message % {"file": each.sheet.file, "n": count})
    progress(_("the ledger: writing"))
    acts = iter(entries.acts(plan, ids, by=by, at=at))
    while batch := list(islice(acts, BATCH)):
        enter_many(batch)


def _write_sheet(plan: SheetPlan, ids: Ids) -> None:
    sheet, primary_key = plan.sheet, plan.sheet.model._meta.pk
    known = ids[sheet.name]
    for row in plan.added:
        # A UUID is minted here, so that units can refer to each other; a number comes later.
        known[sheet.identify(row.values)] = primary_key.get_default()
    if sheet.model is Post:
        _step_down(plan)
    rows = [change.row for change in plan.changed]
    fields = [f.name for f in sheet.model._meta.concrete_fields if f is not primary_key]
    _save(sheet, rows, ids, update_conflicts=True, unique_fields=["pk"], update_fields=fields)
    _save(sheet, plan.added, ids)


def _save(sheet: Sheet, rows: list[Row], ids: Ids, **conflicts: Any) -> None:
    batch = None if sheet.name == "units" else BATCH
    instances = [_instance(sheet, row, ids) for row in rows]
    sheet.model._default_manager.bulk_create(instances, batch_size=batch, **conflicts)
    for row, instance in zip(rows, instances, strict=True):
        ids[sheet.name][sheet.identify(row.values)] = instance.pk


def _step_down(plan: SheetPlan) -> None:
    """A unit has one head: who leaves that post must have left it before another takes it."""
    changed = [change.row.id for change in plan.changed]
    Post.objects.filter(id__in=changed).update(leading=False)


def _instance(sheet: Sheet, row: Row, ids: Ids) -> Model:
    values = dict(row.values)
    if "since" in values:
        values["during"] = DateRange(values.pop("since"), values.pop("until"))
    for column in sheet.columns:
        if column.refers:
            key = values.pop(column.name)
            values[f"{column.name}_id"] = ids[column.refers][key] if key else None
    return sheet.model(pk=ids[sheet.name][sheet.identify(row.values)], **values)
