"""Bringing a petition, in steps that one can leave and come back to."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from evenhand.base.clock import now
from evenhand.kernel.access import drafts, receipts
from evenhand.kernel.access.actor import acting
from evenhand.kernel.access.middleware import VISITOR
from evenhand.kernel.evidence.limits import RefusedFile, Upload
from evenhand.web.components import Row
from evenhand.web.views import KeepsTyped

from ..actions import NobodyReceives, Submission
from ..once import bring_once
from ..states import Channel, Kind
from ..told import length, reports
from .forms import REPORT, CheckForm, KindForm, MatterForm, PersonForm
from .opened import keep_open
from .receipt import receipt_context

DRAFT = "petitions.bring"
KEPT = 14 * 24 * 3600
HANDED_IN = "handed_in"
STEPS = ("kind", "matter", "person", "check")


class Draft:
    """What a visitor has typed so far. Theirs alone: row security asks for their own id."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.owner = uuid.UUID(request.session[VISITOR]) if VISITOR in request.session else None

    @property
    def is_begun(self) -> bool:
        """Whether there is something to come back to."""
        content = self.read()
        return bool(content) and HANDED_IN not in content

    def read(self) -> dict[str, Any]:
        if self.owner is None:
            return {}
        at = now()
        with acting(self.owner, at):
            return dict(drafts.load(owner=self.owner, key=DRAFT, at=at) or {})

    def write(self, changes: dict[str, Any]) -> None:
        """Keep what was typed; what was handed in already is not written on, but begun anew."""
        before = self.read()
        kept = {} if HANDED_IN in before else before
        self._save({"token": uuid.uuid4().hex} | kept | changes)

    def hand_over(self, digest: bytes) -> None:
        """Nothing of what was typed stays; only by which key the same receipt can be shown."""
        self._save({"token": self.read()["token"], HANDED_IN: digest.hex()})

    def _save(self, content: dict[str, Any]) -> None:
        at = now()
        owner = self.owner or self._introduce()
        with acting(owner, at):
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
            has_draft=self.draft.is_begun,
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
        if HANDED_IN in self.typed:
            return self._receipt(bytes.fromhex(self.typed[HANDED_IN]), uploads=())
        if (missing := first_missing(self.typed)) is not None:
            return redirect(step_url(missing))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=summary(self.typed), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        digest = hashlib.sha256(json.dumps(self.typed, sort_keys=True).encode()).digest()
        try:
            response = self._receipt(digest, uploads=form.cleaned_data["attachments"])
        except NobodyReceives:
            return render(self.request, "petitions/bring/closed.html", status=503)
        except RefusedFile as refused:
            form.add_error("attachments", refused.sentence)
            return self.form_invalid(form)
        self.draft.hand_over(digest)
        return response

    def _receipt(self, digest: bytes, *, uploads: Sequence[Upload]) -> HttpResponse:
        """Hand in, or show again what handing in gave; the matter is open to this browser then."""
        at = now()
        receipt = bring_once(
            submission=_submission(self.typed, uploads, at),
            key=self.typed["token"],
            request_digest=digest,
            at=at,
        )
        opened = receipts.open_matter(
            reference=receipt.reference, typed_secret=receipt.digits, at=at
        )
        keep_open(self.request, opened.holder_id)
        context = receipt_context(receipt, holder=opened.holder_id, at=at)
        return render(self.request, "petitions/bring/receipt.html", context)


def _submission(typed: dict[str, Any], uploads: Sequence[Upload], at: datetime) -> Submission:
    """What the draft says; of one that was handed in already nothing is left, nor is it read."""
    anonymous = typed.get("naming") == PersonForm.ANONYMOUS
    return Submission(
        title=typed.get("title", ""),
        body=typed.get("body", ""),
        kind=typed.get("kind", ""),
        language=get_language() or "en",
        channel=Channel.WEB,
        received_at=at,
        anonymous=anonymous,
        name="" if anonymous else typed.get("name", ""),
        email=typed.get("email", ""),
        telephone=typed.get("telephone", ""),
        address=typed.get("address", ""),
        group_size=typed.get("group_size"),
        representatives=typed.get("representatives", ()),
        uploads=uploads,
    )


class StartView(TemplateView):
    """What will happen, and how the data is used, before anything is asked."""

    template_name = "petitions/bring/start.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        begun, within = Draft(self.request).is_begun, length("petitions.register")
        return super().get_context_data(has_draft=begun, registered_within=within, **kwargs)


class ReportView(TemplateView):
    """Where a report on a person goes lawfully. Nothing is stored."""

    template_name = "petitions/bring/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(reports=reports(), **kwargs)


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
                label, shown = field.label or "", _shown(name, value)
                rows.append(Row(key=label, value=shown, url=step_url(step), link=_("Change")))
    return rows


def _shown(name: str, value: Any) -> str:
    if name == "kind":
        return str(Kind(value).label)
    if name == "naming":
        return str(dict(PersonForm.base_fields["naming"].choices)[value])  # type: ignore[attr-defined]
    return "\n".join(value) if isinstance(value, list) else str(value)
