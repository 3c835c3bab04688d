"""Bringing a petition, in steps that one can leave and come back to."""

import hashlib
import json
import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from evenhand.base.clock import now
from evenhand.kernel.access import drafts, idempotency, receipts
from evenhand.kernel.access.actor import acting
from evenhand.kernel.access.middleware import RECEIPT_HOLDER, VISITOR
from evenhand.kernel.evidence.limits import RefusedFile
from evenhand.web.components import Row
from evenhand.web.views import KeepsTyped

from ..actions import NobodyReceives, Submission, bring
from ..states import Channel, Kind
from .forms import REPORT, CheckForm, KindForm, MatterForm, PersonForm
from .receipt import receipt_context

DRAFT = "petitions.bring"
KEPT = 14 * 24 * 3600
STEPS = ("kind", "matter", "person", "check")


class Draft:
    """What a visitor has typed so far. Theirs alone: row security asks for their own id."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.owner = uuid.UUID(request.session[VISITOR]) if VISITOR in request.session else None

    def read(self) -> dict[str, Any]:
        if self.owner is None:
            return {}
        at = now()
        with acting(self.owner, at):
            return dict(drafts.load(owner=self.owner, key=DRAFT, at=at) or {})

    def write(self, changes: dict[str, Any]) -> None:
        at = now()
        owner = self.owner or self._introduce()
        with acting(owner, at):
            content = self.read() | changes
            content.setdefault("token", uuid.uuid4().hex)
            drafts.save(owner=owner, key=DRAFT, content=content, at=at)

    def wipe(self) -> None:
        if self.owner is not None:
            with acting(self.owner, now()):
                drafts.wipe(owner=self.owner, key=DRAFT)

    def _introduce(self) -> uuid.UUID:
        self.owner = uuid.uuid4()
        self.request.session[VISITOR] = str(self.owner)
        if not self.request.user.is_authenticated:
            self.request.session.set_expiry(KEPT)
        return self.owner


class StepView(KeepsTyped):
    """One step of the form: shows what was typed before, keeps what is typed now."""

    step: ClassVar[str]
    template_name = "petitions/bring/step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.draft = Draft(request)
        self.typed = self.draft.read()
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return dict(self.typed)

    def form_valid(self, form: Any) -> HttpResponse:
        self.draft.write(_plain(form.cleaned_data))
        return redirect(step_url(following(self.step)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = STEPS.index(self.step)
        return super().get_context_data(
            step=self.step,
            number=place + 1,
            count=len(STEPS),
            back=step_url(STEPS[place - 1]) if place else reverse("petitions:start"),
            has_draft=bool(self.typed),
            **kwargs,
        )


class KindView(StepView):
    step, form_class = "kind", KindForm

    def form_valid(self, form: Any) -> HttpResponse:
        """A report is led to where it goes lawfully; nothing of it is kept."""
        if form.cleaned_data["kind"] == REPORT:
            return redirect("petitions:report")
        return super().form_valid(form)


class MatterView(StepView):
    step, form_class = "matter", MatterForm


class PersonView(StepView):
    step, form_class = "person", PersonForm

    def get_initial(self) -> dict[str, Any]:
        return self.typed | {"representatives": "\n".join(self.typed.get("representatives", ()))}


class CheckView(StepView):
    """The last look, and handing in. A double click or a reload gives the same receipt."""

    step, form_class = "check", CheckForm
    template_name = "petitions/bring/check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (missing := first_missing(self.typed)) is not None:
            return redirect(step_url(missing))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (missing := first_missing(self.typed)) is not None:
            return redirect(step_url(missing))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=summary(self.typed), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        at = now()
        try:
            receipt = hand_in(self.typed, uploads=form.cleaned_data["attachments"], at=at)
        except NobodyReceives:
            return render(self.request, "petitions/bring/closed.html", status=503)
        except RefusedFile as refused:
            form.add_error("attachments", refused.sentence)
            return self.form_invalid(form)
        opened = receipts.open_matter(
            reference=receipt.reference, typed_secret=receipt.digits, at=at
        )
        self.request.session[RECEIPT_HOLDER] = str(opened.holder_id)
        context = receipt_context(receipt, holder=opened.holder_id, at=at)
        return render(self.request, "petitions/bring/receipt.html", context)


def hand_in(typed: dict[str, Any], *, uploads: Any, at: datetime) -> receipts.IssuedReceipt:
    """Bring what a draft holds; the same draft twice is one matter with one receipt."""
    digest = hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).digest()
    claim = idempotency.claim(key=typed["token"], request_digest=digest, at=at)
    if not claim.first:
        assert claim.reference is not None
        return receipts.again(reference=claim.reference, seed=claim.seed)
    brought = bring(submission=_submission(typed, uploads, at), at=at, seed=claim.seed)
    idempotency.served(claim, matter=brought.case.id, reference=brought.case.reference, at=at)
    return brought.receipt


def _submission(typed: dict[str, Any], uploads: Any, at: datetime) -> Submission:
    anonymous = typed["naming"] == PersonForm.ANONYMOUS
    return Submission(
        title=typed["title"],
        body=typed["body"],
        kind=typed["kind"],
        language=get_language() or "en",
        channel=Channel.WEB,
        received_at=at,
        anonymous=anonymous,
        name="" if anonymous else typed["name"],
        email=typed["email"],
        telephone=typed["telephone"],
        address=typed["address"],
        group_size=typed["group_size"],
        representatives=typed["representatives"],
        uploads=uploads,
    )


class StartView(TemplateView):
    """What will happen, and how the data is used, before anything is asked."""

    template_name = "petitions/bring/start.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(has_draft=bool(Draft(self.request).read()), **kwargs)


class ReportView(TemplateView):
    """Where a report on a person goes lawfully. Nothing is stored."""

    template_name = "petitions/bring/report.html"


def wipe(request: HttpRequest) -> HttpResponse:
    """Delete what was typed, for whoever sits at somebody else's machine."""
    if request.method == "POST":
        Draft(request).wipe()
        if not request.user.is_authenticated:
            request.session.flush()
        return redirect("petitions:wiped")
    return redirect("petitions:start")


def step_url(step: str) -> str:
    name = "matter_form" if step == "matter" else step
    return reverse(f"petitions:{name}")


def following(step: str) -> str:
    return STEPS[STEPS.index(step) + 1]


_REQUIRED = {"kind": "kind", "matter": "body", "person": "naming"}


def first_missing(typed: dict[str, Any]) -> str | None:
    """The first step that is not filled in."""
    return next((step for step, field in _REQUIRED.items() if not typed.get(field)), None)


def _plain(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in cleaned.items() if key != "attachments"}


def summary(typed: dict[str, Any]) -> list[Row]:
    """What was typed, each row with the way back to change it."""
    rows = []
    for step, form in (("kind", KindForm), ("matter", MatterForm), ("person", PersonForm)):
        for name, field in form.base_fields.items():
            if value := typed.get(name):
                rows.append(Row(key=field.label or "", value=_shown(name, value), url=step_url(step), link=_("Change")))
    return rows


def _shown(name: str, value: Any) -> str:
    if name == "kind":
        return str(Kind(value).label)
    if name == "naming":
        return str(dict(PersonForm.base_fields["naming"].choices)[value])  # type: ignore[attr-defined]
    return "\n".join(value) if isinstance(value, list) else str(value)
