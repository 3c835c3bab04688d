"""Writing, numbering and issuing what the body puts in writing."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from evenhand.base import profile
from evenhand.base.ids import uuid7
from evenhand.kernel.access.actor import acting
from evenhand.kernel.cases.actions import locked
from evenhand.kernel.cases.models import Case
from evenhand.kernel.cases.refusals import ELSEWHERE, StepRefused

from .models import Document, Petition, Series
from .states import CLOSING, DocumentKind, Kind, State

#: The parts of an answer that its author writes (X22 art. 32).
PARTS = ("claim", "facts", "result", "reasons", "legal_basis", "remedies")
_WRITTEN_IN = {State.HANDLING: DocumentKind.OPINION, State.STUDYING: DocumentKind.REPLY}


@transaction.atomic
def save_draft(
    *, case: uuid.UUID, parts: Mapping[str, str], by: uuid.UUID, at: datetime
) -> Document:
    """Keep what the handler has written so far; whatever is given replaces what stood there.

    Raises :class:`StepRefused` unless ``by`` handles the matter and it is being handled,
    :class:`~evenhand.kernel.cases.actions.CaseNotFound`.
    """
    with acting(by, at):
        row = locked(case)
        petition = Petition.objects.get(case=row)
        kind = _WRITTEN_IN.get(State(row.state))
        if kind is None or petition.handler_id != by:
            raise StepRefused([ELSEWHERE])
        document = Document.objects.filter(case=row, kind__in=CLOSING).first() or Document(
            id=uuid7(at), case=row, language=row.language
        )
        document.kind, document.author_id, document.saved_at = kind, by, at
        document.writers = sorted({*document.writers, by})
        for part in PARTS:
            if part in parts:
                setattr(document, part, parts[part])
        document.save()
    return document


def write(case: Case, kind: DocumentKind, *, by: uuid.UUID, at: datetime, **parts: str) -> Document:
    """A document that one person writes and issues at once, such as an acceptance."""
    document = Document(
        id=uuid7(at),
        case=case,
        kind=kind,
        language=case.language,
        author_id=by,
        writers=[by],
        saved_at=at,
        **parts,
    )
    return issue(document, by=by, at=at)


def issue(document: Document, *, by: uuid.UUID, at: datetime) -> Document:
    """Number a document and put it into the world, in the caller's transaction."""
    document.number = _next_number(DocumentKind(document.kind), at)
    document.approved_by_id, document.issued_at = by, at
    document.save()
    return document


def _next_number(kind: DocumentKind, at: datetime) -> str:
    """The next of its kind in the year, as the profile writes it; no number is ever skipped
    or given twice, because the series' row is locked until the document stands."""
    year = at.astimezone(ZoneInfo(settings.TIME_ZONE)).year
    series, _new = Series.objects.select_for_update().get_or_create(kind=kind, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    pattern = profile.cached(settings.EVENHAND_PROFILE_FOLDER).numbering[kind]
    return str(pattern).format(year=year, number=series.last)


def closing_kind(kind: str) -> DocumentKind:
    """Which document answers a matter of this kind."""
    return DocumentKind.OPINION if kind == Kind.CLAIM else DocumentKind.REPLY


def figure(key: str) -> profile.Figure:
    return profile.cached(settings.EVENHAND_PROFILE_FOLDER).figure(key)
