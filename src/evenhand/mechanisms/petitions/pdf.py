"""The documents of a petition on paper: numbered, sealed, in the language of the matter."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from evenhand.base import profile
from evenhand.kernel.cases import registry
from evenhand.kernel.cases.models import Case, Party
from evenhand.kernel.obligations.models import Obligation
from evenhand.web.context import body_name
from evenhand.web.dates import Written, write
from evenhand.web.typesetting import paragraphs, typeset

from .models import Document
from .states import DocumentKind, Result

TEMPLATE = Path(__file__).with_name("document.typ")

TITLES = {
    DocumentKind.ACCEPTANCE: pgettext_lazy("document", "Notice that your matter is accepted"),
    DocumentKind.OPINION: pgettext_lazy("document", "Written opinion on your matter"),
    DocumentKind.REPLY: pgettext_lazy("document", "Reply to your suggestion"),
    DocumentKind.REDIRECTION: pgettext_lazy("document", "Where your matter belongs"),
}
_HEADINGS = {
    "claim": pgettext_lazy("document", "What you asked for"),
    "facts": pgettext_lazy("document", "The facts"),
    "result": pgettext_lazy("document", "The result"),
    "reasons": pgettext_lazy("document", "The reasons"),
    "legal_basis": pgettext_lazy("document", "The legal basis"),
    "remedies": pgettext_lazy("document", "If you do not agree"),
}
#: A notice of where a matter belongs says so where an answer names the remedies.
_BELONGS = pgettext_lazy("document", "Where to turn")


def pdf(document: Document) -> bytes:
    """An issued document as PDF; within ``acting(…)`` of somebody who may see it."""
    assert document.issued_at is not None
    return typeset(TEMPLATE, sheet(document), document.issued_at)


def file_name(document: Document) -> str:
    return f"{document.number}.pdf"


def sheet(document: Document) -> dict[str, Any]:
    """What ``document.typ`` sets: plain texts, in the language of the document."""
    case = document.case
    with translation.override(document.language):
        return {
            "lang": "zh" if document.language.startswith("zh") else "en",
            "title": str(TITLES[DocumentKind(document.kind)]),
            "number": document.number,
            "issuer": full_name(body_name(), str(case.unit)),
            "date": write(document.issued_at, Written.SHORT),
            "page": _("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}"),
            "particulars": list(_particulars(case)),
            "addressee": _addressee(case),
            "opening": list(_opening(document)),
            "parts": list(_parts(document)),
            "seal": asdict(profile.cached(settings.EVENHAND_PROFILE_FOLDER).seal),
        }


def _particulars(case: Case) -> Iterator[tuple[str, str]]:
    yield pgettext("document", "Reference"), case.reference
    yield pgettext("document", "Matter"), case.title
    yield pgettext("document", "Received"), write(case.received_at, Written.SHORT)


def _addressee(case: Case) -> str:
    party = Party.objects.filter(case=case).order_by("id").first()
    if party is None or not party.name:
        return pgettext("document", "To whoever brought this matter:")
    return pgettext("document", "To %(name)s:") % {"name": party.name}


def _opening(document: Document) -> Iterator[list[str]]:
    """What an acceptance says before it repeats the request; the others begin with that."""
    if document.kind != DocumentKind.ACCEPTANCE:
        return
    yield [
        _(
            "Your matter is accepted. It is handled as the Regulation on Letters and Visits "
            "Work provides; you will get the result in writing."
        )
    ]
    assert document.issued_at is not None
    if promise := _promise(document.case, document.issued_at):
        yield [promise]


def _promise(case: Case, issued_at: datetime) -> str:
    """What was promised on that day, whatever was extended since."""
    flow = registry.procedure(case.flow, case.flow_version).flow
    opened = Obligation.objects.deadlines().filter(matter_id=case.id, opened_at=issued_at).first()
    term = next((t for t in flow.terms if opened and t.length == opened.key), None)
    if opened is None or term is None:
        return ""
    day = write(opened.due_at, Written.LONG)
    return _("Next promise: %(what)s by %(day)s") % {"what": term.promise, "day": day}


def _parts(document: Document) -> Iterator[dict[str, Any]]:
    for field, heading in _HEADINGS.items():
        text = getattr(document, field)
        if field == "result" and text:
            text = capfirst(str(Result(text).label))
        if field == "remedies" and document.kind == DocumentKind.REDIRECTION:
            heading = _BELONGS
        if text:
            yield {"heading": str(heading), "paragraphs": paragraphs(text)}


def full_name(body: str, unit: str) -> str:
    """The unit's name after the body's; what ends the one and begins the other stands once."""
    spaced = " " in body
    body_parts, unit_parts = (name.split(" ") if spaced else list(name) for name in (body, unit))
    for shared in range(len(body_parts), 0, -1):
        if unit_parts[:shared] == body_parts[-shared:]:
            unit_parts = unit_parts[shared:]
            break
    return (" " if spaced else "").join([*body_parts, *unit_parts])
