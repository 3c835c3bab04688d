"""The desk: what may be proposed, what is to be reviewed, what was published."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evenhand.base.clock import now
from evenhand.kernel.access.middleware import actor_of
from evenhand.kernel.disclosure import actions, masking, queries, registry
from evenhand.kernel.disclosure.models import Publication
from evenhand.kernel.disclosure.refusals import DisclosureRefused
from evenhand.kernel.disclosure.registry import Original, Source
from evenhand.web.desk.formpage import form_page, refuse
from evenhand.web.desk.opened import WORK, note_reading
from evenhand.web.desk.standing import desk_page

from .diff import Piece, compare
from .forms import RETURN, ProposeForm, ReviewForm, WithdrawForm

PER_PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Proposable:
    """A line of what may be proposed; ``returned`` when it was and came back."""

    source: Source
    original: Original
    returned: Publication | None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One part of a publication beside what it was made of."""

    heading: str
    pieces: list[Piece]
    suspects: list[str]

    @property
    def changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


@require_safe
@never_cache
@desk_page
def listing(request: HttpRequest) -> HttpResponse:
    """Three lists, each of what the reader may do something about."""
    pages = [(source, _proposable_page(request, source)) for source in registry.every()]
    context = {
        "page": pages[0][1] if pages else None,
        "proposable": [row for source, page in pages for row in _proposable(source, page)],
        "to_review": queries.to_review(actor_of(request))[:PER_PAGE],
        "decided": queries.decided()[:PER_PAGE],
        "may_withdraw": set(queries.to_withdraw().values_list("id", flat=True)[:PER_PAGE]),
    }
    return render(request, "published/desk_list.html", context)


def _proposable_page(request: HttpRequest, source: Source) -> Page[Any]:
    return Paginator(queries.to_propose(source), PER_PAGE).get_page(request.GET.get("page"))


def _proposable(source: Source, page: Page[Any]) -> Iterator[Proposable]:
    ids = [row.pk for row in page]
    originals, returned = source.read(ids), queries.latest_returned(source)
    for matter in ids:
        yield Proposable(source=source, original=originals[matter], returned=returned.get(matter))


@never_cache
@desk_page
def propose(request: HttpRequest, key: str, matter: uuid.UUID) -> HttpResponse:
    """The text with what names people taken out, to be read, corrected and handed in."""
    source, original, returned = _open_proposable(key, matter)
    by, at = actor_of(request), now()
    masked = _masked(original)
    begun = _text_of(returned) if returned else masked

    def make(*data: Any) -> ProposeForm:
        return ProposeForm(*data[:1], source=source, initial=begun)

    def done(form: ProposeForm) -> HttpResponse | None:
        title = form.cleaned_data["title"]
        try:
            actions.propose(source=key, matter=matter, title=title, parts=form.parts, by=by, at=at)
        except DisclosureRefused as refused:
            refuse(form, refused.reasons)
            return None
        messages.success(request, _("Handed in. Somebody else reviews it before it is published."))
        return redirect("publications:list")

    compared = [part for part in _compared(source, original, masked) if part.changed]
    context = {"original": original, "returned": returned, "compared": compared}
    template = "published/propose.html"
    return form_page(request, template=template, make=make, done=done, context=context)


def _open_proposable(key: str, matter: uuid.UUID) -> tuple[Source, Original, Publication | None]:
    """Raises ``Http404`` alike for what is not there, not the reader's, or handed in already."""
    source = next((s for s in registry.every() if s.key == key), None)
    if source is None or not queries.to_propose(source).filter(pk=matter).exists():
        raise Http404
    return source, source.read([matter])[matter], queries.latest_returned(source).get(matter)


def _masked(original: Original) -> dict[str, str]:
    texts = {"title": original.title, **original.parts}
    return {
        part: masking.mask(
            text,
            language=original.language,
            people=original.people,
            contacts=original.contacts,
        )
        for part, text in texts.items()
    }


def _text_of(publication: Publication) -> dict[str, str]:
    parts = {row["part"]: row["text"] for row in publication.body}
    return {"title": publication.title, **parts}


def _compared(
    source: Source, original: Original, proposed: Mapping[str, str]
) -> Iterator[Compared]:
    headings = {"title": _("Title"), **source.parts}
    before = {"title": original.title, **original.parts}
    for part, heading in headings.items():
        after = proposed.get(part, "")
        found = masking.spans(after, people=original.people, contacts=original.contacts)
        yield Compared(
            heading=str(heading),
            pieces=compare(before[part], after),
            suspects=[after[span.start : span.end] for span in found],
        )


@never_cache
@desk_page
def review(request: HttpRequest, publication: uuid.UUID) -> HttpResponse:
    """The proposed text beside what it was made of; published or returned."""
    by, at = actor_of(request), now()
    row = queries.to_review(by).filter(id=publication).first()
    if row is None:
        raise Http404
    source = registry.source(row.key)
    original = source.read([row.matter_id])[row.matter_id]
    if request.method == "GET":
        note_reading(row.matter_id, by, at, WORK)

    def done(form: ReviewForm) -> HttpResponse | None:
        try:
            told = _decide(row, form.cleaned_data, by, at)
        except DisclosureRefused as refused:
            refuse(form, refused.reasons)
            return None
        messages.success(request, told)
        return redirect("publications:list")

    compared = list(_compared(source, original, _text_of(row)))
    return form_page(
        request,
        template="published/review.html",
        make=lambda *data: ReviewForm(*data[:1]),
        done=done,
        context={"publication": row, "original": original, "compared": compared},
    )


def _decide(row: Publication, given: Mapping[str, Any], by: uuid.UUID, at: datetime) -> str:
    if given["decision"] == RETURN:
        actions.return_(publication=row.id, reason=given["reason"], by=by, at=at)
        return _("Returned with your reason.")
    actions.approve(publication=row.id, by=by, at=at)
    return _("Approved. It is published within a few minutes.")


@never_cache
@desk_page
def withdraw(request: HttpRequest, publication: uuid.UUID) -> HttpResponse:
    """Take a text from the public, with a reason that the public reads."""
    by, at = actor_of(request), now()
    row = queries.to_withdraw().filter(id=publication).first()
    if row is None:
        raise Http404

    def done(form: WithdrawForm) -> HttpResponse | None:
        reason = form.cleaned_data["reason"]
        try:
            actions.withdraw(publication=row.id, reason=reason, by=by, at=at)
        except DisclosureRefused as refused:
            refuse(form, refused.reasons)
            return None
        messages.success(request, _("Withdrawn. The public sees the day and your reason."))
        return redirect("publications:list")

    return form_page(
        request,
        template="published/withdraw.html",
        make=lambda *data: WithdrawForm(*data[:1]),
        done=done,
        context={"publication": row},
    )
