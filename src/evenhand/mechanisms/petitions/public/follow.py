"""Following a matter with its receipt: where it stands, what is promised, what may be done."""

import json
import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from evenhand.base.clock import now
from evenhand.kernel.access import receipts
from evenhand.kernel.access.middleware import RECEIPT_HOLDER, actor_of, receipt_first
from evenhand.kernel.cases.actions import take
from evenhand.kernel.cases.correspondence import correct_contact, write
from evenhand.kernel.cases.models import Case
from evenhand.kernel.cases.refusals import StepRefused
from evenhand.kernel.evidence.actions import add_files
from evenhand.kernel.evidence.limits import RefusedFile
from evenhand.web.views import KeepsTyped

from .following import my_case, overview, takeaway
from .forms import AddForm, ContactForm, ReceiptForm
from .opened import keep_open


class FollowView(KeepsTyped):
    """The door: reference and words, in the body of a POST, never in an address."""

    template_name = "petitions/follow/door.html"
    form_class = ReceiptForm

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            opened = receipts.open_matter(
                reference=form.cleaned_data["reference"],
                typed_secret=form.cleaned_data["receipt"],
                at=now(),
            )
        except receipts.WrongReceipt:
            form.add_error(
                "receipt",
                _(
                    "Reference and receipt words do not fit together. "
                    "Check both against your receipt."
                ),
            )
            return self.form_invalid(form)
        keep_open(self.request, opened.holder_id)
        return redirect("petitions:matter")


@method_decorator(receipt_first, name="dispatch")
class MatterPage:
    """A page of the matter that the receipt opened; without one, back to the door."""

    request: HttpRequest
    case: Case
    holder: uuid.UUID
    at: datetime

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if RECEIPT_HOLDER not in request.session:
            return redirect("petitions:follow")
        self.holder, self.at = actor_of(request), now()
        case = my_case(self.holder)
        if case is None:
            return redirect("petitions:follow")
        self.case = case
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


class MatterView(MatterPage, TemplateView):
    """Stage, dates, replies, the next promise."""

    template_name = "petitions/follow/matter.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**overview(self.case, self.holder, self.at), **kwargs)


class AddView(MatterPage, KeepsTyped):
    """Add information, with files."""

    template_name = "petitions/follow/add.html"
    form_class = AddForm

    def form_valid(self, form: Any) -> HttpResponse:
        uploads = form.cleaned_data["attachments"]
        try:
            if uploads:
                add_files(
                    matter=self.case.id,
                    uploads=uploads,
                    by=self.holder,
                    at=self.at,
                    from_petitioner=True,
                )
        except RefusedFile as refused:
            form.add_error("attachments", refused.sentence)
            return self.form_invalid(form)
        write(case=self.case.id, body=form.cleaned_data["body"], by=self.holder, at=self.at)
        messages.success(self.request, _("What you added is part of your matter now."))
        return redirect("petitions:matter")


class ContactView(MatterPage, KeepsTyped):
    """Correct how one is reached."""

    template_name = "petitions/follow/contact.html"
    form_class = ContactForm

    def get_initial(self) -> dict[str, Any]:
        party = self.case.parties.get(actor_id=self.holder)
        return {"email": party.email, "telephone": party.telephone, "address": party.address}

    def form_valid(self, form: Any) -> HttpResponse:
        correct_contact(case=self.case.id, by=self.holder, at=self.at, **form.cleaned_data)
        messages.success(self.request, _("From now on we reach you there."))
        return redirect("petitions:matter")


class WithdrawView(MatterPage, KeepsTyped):
    """Ask to withdraw, or go on after all. Nothing ends before somebody has asked again."""

    template_name = "petitions/follow/withdraw.html"
    form_class = forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(case=self.case, petition=self.case.petition, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        step = "keep" if self.case.petition.withdrawal_asked_at else "ask_withdrawal"
        try:
            take(case=self.case.id, step=step, by=self.holder, at=self.at)
        except StepRefused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
            return self.form_invalid(form)
        return redirect("petitions:matter")


class DocumentView(MatterPage, TemplateView):
    """One document that was issued, as a page."""

    template_name = "petitions/follow/document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = self.case.documents.filter(
            id=self.kwargs["document"], issued_at__isnull=False
        ).first()
        if document is None:
            raise Http404
        return super().get_context_data(**kwargs | {"case": self.case, "document": document})


class TakeawayView(MatterPage, View):
    """All that is held in the matter, as a file to take along."""

    def get(self, request: HttpRequest) -> HttpResponse:
        held = takeaway(self.case, self.holder, self.at)
        text = json.dumps(held, ensure_ascii=False, indent=2)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
        name = f"{self.case.reference}.json"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def leave(request: HttpRequest) -> HttpResponse:
    """Put the receipt away: the next person at this machine sees nothing."""
    if request.method == "POST":
        request.session.pop(RECEIPT_HOLDER, None)
    return redirect("petitions:follow")
