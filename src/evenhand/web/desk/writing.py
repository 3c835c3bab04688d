"""Writing to the petitioner. What is begun is kept as a draft, and lost by no error."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.kernel.access import drafts
from evenhand.kernel.cases import correspondence
from evenhand.web.forms import LongTextField

from .formpage import form_page
from .opened import Opened


class MessageForm(forms.Form):
    """A message to the petitioner."""

    body = LongTextField(
        label=gettext_lazy("Your message"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": gettext_lazy("Write the message.")},
    )


def write_page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Raises ``PermissionDenied`` for the audit."""
    if opened.only_reads:
        raise PermissionDenied(_("The audit reads; it writes to nobody."))
    key = f"message:{opened.case.id}"
    kept = drafts.load(owner=opened.by, key=key, at=opened.at) or {}

    def done(form: MessageForm) -> HttpResponse:
        body = form.cleaned_data["body"]
        if request.POST.get("then") == "save":
            drafts.save(owner=opened.by, key=key, content={"body": body}, at=opened.at)
            messages.success(request, _("Your draft is saved. Only you can see it."))
            return redirect(request.path)
        correspondence.write(case=opened.case.id, body=body, by=opened.by, at=opened.at)
        drafts.wipe(owner=opened.by, key=key)
        messages.success(request, _("Your message is sent."))
        return redirect("desk:case", opened.case.reference)

    def make(data: Any = None, files: Any = None) -> MessageForm:
        return MessageForm(data, files, initial=kept)

    context = {"opened": opened, "case": opened.case, "has_draft": bool(kept)}
    return form_page(request, template="desk/write.html", make=make, done=done, context=context)
