"""Who opened which matter and why: for the audit, which reads and changes nothing."""

import uuid
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.access.actor import reading_many
from evenhand.kernel.access.models import Reading
from evenhand.kernel.cases.models import Case
from evenhand.kernel.evidence.actions import PURPOSE as DOWNLOAD
from evenhand.kernel.organisation.models import Person

from .opened import AUDIT, COUNTER, WORK

PER_PAGE = 50
PURPOSES = {
    WORK: _("for work"),
    AUDIT: _("for the audit"),
    COUNTER: _("for somebody at the counter or on the telephone"),
    DOWNLOAD: _("downloaded a file"),
}


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """One reading, in words."""

    reading: Reading
    reader: str
    reference: str
    purpose: str


def readings(
    reader: uuid.UUID | None, *, page: str | None
) -> tuple[Page[Reading], list[ReadingRow]]:
    """Of one reader, or of everybody (None): as far as the actor sees the matters. Four queries."""
    rows = Reading.objects.order_by("-at", "-id")
    if reader is not None:
        rows = rows.filter(reader_id=reader)
    with reading_many():
        found = Paginator(rows, PER_PAGE).get_page(page)
        shown = list(found)
    return found, _in_words(shown)


def _in_words(shown: list[Reading]) -> list[ReadingRow]:
    people = {p.id: str(p) for p in Person.objects.filter(id__in={r.reader_id for r in shown})}
    cases = Case.objects.filter(id__in={r.matter_id for r in shown})
    references = dict(cases.values_list("id", "reference"))
    return [
        ReadingRow(
            reading=row,
            reader=people.get(row.reader_id, "–"),
            reference=references.get(row.matter_id, ""),
            purpose=str(PURPOSES.get(row.purpose, row.purpose)),
        )
        for row in shown
    ]
