"""Replacing a lost receipt: on proof of identity, to the address first given, to no other."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.kernel.access.models import Relation
from evenhand.kernel.access.receipts import NoReceiptInForce, NotTheFirstAddress, Proof, reissue
from evenhand.kernel.cases.models import Party
from evenhand.web.desk.formpage import form_page
from evenhand.web.desk.opened import Opened

from .receipt import receipt_context


class ReissueForm(forms.Form):
    """How the person proved who they are, and where the new receipt goes."""

    proof = forms.ChoiceField(
        label=gettext_lazy("How did they show who they are?"),
        choices=Proof.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how they showed who they are.")},
    )
    sent_to = forms.CharField(
        label=gettext_lazy("The address that they gave when they brought the matter"),
        help_text=gettext_lazy(
            "Ask for it; do not read it out. The e-mail address if they gave one, else the "
            "postal address. The new receipt goes there and nowhere else."
        ),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the address that they tell you.")},
    )


def may_reissue(opened: Opened) -> bool:
    return Relation.RECEIVING in opened.relations


def reissue_page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Raises ``PermissionDenied`` for whoever is no registrar of the office that received it."""
    if not may_reissue(opened):
        raise PermissionDenied(_("Only the office that received the matter replaces a receipt."))

    def done(form: ReissueForm) -> HttpResponse | None:
        party = Party.objects.get(case=opened.case)
        try:
            receipt = reissue(
                matter=opened.case.id,
                holder=party.actor_id,
                by=opened.by,
                at=opened.at,
                proof=Proof(form.cleaned_data["proof"]),
                sent_to=form.cleaned_data["sent_to"],
            )
        except (NotTheFirstAddress, NoReceiptInForce):
            form.add_error("sent_to", _("This is not the address that was given at first."))
            return None
        context = receipt_context(opened.case, receipt)
        context["send_to"] = form.cleaned_data["sent_to"]
        return render(request, "petitions/desk/receipt.html", context)

    def make(*data: Any) -> ReissueForm:
        return ReissueForm(*data)

    context = {"opened": opened, "case": opened.case}
    template = "petitions/desk/reissue.html"
    return form_page(request, template=template, make=make, done=done, context=context)
