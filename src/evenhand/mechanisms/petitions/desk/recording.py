"""Recording what a visitor, a caller or a letter brought, and handing over the receipt."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from evenhand.base.clock import now
from evenhand.kernel.access import idempotency, receipts
from evenhand.kernel.access.middleware import actor_of
from evenhand.kernel.cases.models import Case
from evenhand.kernel.evidence.forms import FilesMixin
from evenhand.kernel.evidence.limits import RefusedFile
from evenhand.kernel.organisation.models import Unit
from evenhand.kernel.organisation.queries import day_of
from evenhand.web.desk.formpage import form_page, refuse
from evenhand.web.desk.standing import only_for, standing_of
from evenhand.web.forms import DatePartsField

from ..actions import Submission, bring
from ..public.forms import REPORT, MatterForm, PersonForm
from ..queries import REGISTERS
from ..states import Channel, Kind
from ..told import reports
from .receipt import receipt_context

#: Labels and hints where the public form's speak to the petitioner.
_FOR_THE_CLERK: Mapping[str, tuple[Any, Any]] = {
    "naming": (gettext_lazy("Do they want to give their name?"), ""),
    "body": (
        gettext_lazy("What happened, and what do they ask for?"),
        gettext_lazy("As they told it; read it back to them."),
    ),
    "email": (gettext_lazy("E-mail address"), ""),
    "address": (
        gettext_lazy("Postal address"),
        gettext_lazy("Needed if they want the answer by post."),
    ),
    "group_size": (
        gettext_lazy("If they speak for a group: how many people?"),
        gettext_lazy("Only the number. No list of the others is kept."),
    ),
    "representatives": (
        gettext_lazy("Who represents the group?"),
        gettext_lazy("At most five names, one a line, the person before you included."),
    ),
}


class RecordForm(PersonForm, MatterForm, FilesMixin):
    """What was said or written, by whom, and when it came."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    channel = forms.ChoiceField(
        label=gettext_lazy("How did it come?"),
        choices=[(c.value, c.label) for c in (Channel.VISIT, Channel.CALL, Channel.LETTER)],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it came.")},
    )
    received_on = DatePartsField(
        label=gettext_lazy("On what day did it come?"),
        help_text=gettext_lazy("All terms run from this day, not from today."),
    )
    received_time = forms.TimeField(
        label=gettext_lazy("At what time?"),
        help_text=gettext_lazy("For example 09:15."),
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Write the time like 09:15.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What does it ask for?"),
        choices=[*Kind.choices, (REPORT, gettext_lazy("it accuses somebody of misconduct"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it asks for.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do they want the receipt and the answer?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )

    field_order = (  # type: ignore[assignment]
        *("token", "channel", "received_on", "received_time", "kind", "title", "body"),
        *("attachments", "naming", "name", "email", "telephone", "address"),
        *("group_size", "representatives", "language"),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        for name, (label, help_text) in _FOR_THE_CLERK.items():
            self.fields[name].label = label
            self.fields[name].help_text = help_text
        naming = self.fields["naming"]
        assert isinstance(naming, forms.ChoiceField)
        naming.widget = forms.RadioSelect()
        naming.choices = [(self.NAMED, _("Yes")), (self.ANONYMOUS, _("No, without a name"))]

    def clean(self) -> dict[str, Any]:
        """The public form speaks to the petitioner; here a clerk reads what is missing."""
        found = super().clean()
        if "name" in self.errors:
            self.errors["name"] = self.error_class([_("Write the name, or choose to go without.")])
        return found

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > day_of(self.at):
            raise forms.ValidationError(_("That day is still to come."))
        return day

    @property
    def received_at(self) -> datetime:
        """Noon where no time is known; never later than it is recorded."""
        moment = self.cleaned_data["received_time"] or time(12)
        day = self.cleaned_data["received_on"]
        zone = timezone.get_default_timezone()
        return min(datetime.combine(day, moment, zone), self.at)


@never_cache
@only_for(REGISTERS)
def record(request: HttpRequest) -> HttpResponse:
    """The same form sent twice is one matter with one receipt. Of an accusation nothing is kept."""
    at = now()
    if request.method == "POST" and request.POST.get("kind") == REPORT:
        return report(request)

    def make(*data: Any) -> RecordForm:
        initial = {"token": uuid.uuid4().hex, "received_on": day_of(at)}
        return RecordForm(*data, at=at, initial=initial | {"language": get_language()})

    def done(form: RecordForm) -> HttpResponse | None:
        try:
            return _receipt(request, *_bring_once(request, form, at))
        except RefusedFile as refused:
            form.add_error("attachments", refused.sentence)
        except idempotency.Conflict:
            refuse(form, [_("This form was handed in before with other words: start a new one.")])
        return None

    template = "petitions/desk/record.html"
    return form_page(request, template=template, make=make, done=done, context={})


@never_cache
@only_for(REGISTERS)
def report(request: HttpRequest) -> HttpResponse:
    """Where a report on a person goes lawfully."""
    return render(request, "petitions/desk/report.html", {"reports": reports()})


@transaction.atomic
def _bring_once(
    request: HttpRequest, form: RecordForm, at: datetime
) -> tuple[Case, receipts.IssuedReceipt]:
    clerk = actor_of(request)
    claim = idempotency.claim(key=form.cleaned_data["token"], request_digest=_digest(form), at=at)
    if not claim.first:
        assert claim.reference is not None
        case = Case.objects.get(reference=claim.reference)
        return case, receipts.again(reference=claim.reference, seed=claim.seed)
    brought = bring(
        submission=_submission(form), at=at, clerk=clerk, office=_office(request), seed=claim.seed
    )
    idempotency.served(claim, matter=brought.case.id, reference=brought.case.reference, at=at)
    return brought.case, brought.receipt


def _digest(form: RecordForm) -> bytes:
    told = {k: str(v) for k, v in form.cleaned_data.items() if k != "attachments"}
    told["files"] = str([(f.name, f.size) for f in form.cleaned_data["attachments"]])
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()


def _office(request: HttpRequest) -> Unit:
    """The clerk's own unit, in which he holds the power to register."""
    standing = standing_of(request)
    assert standing is not None
    return next(post.unit for post in standing.posts if REGISTERS in post.powers)


def _submission(form: RecordForm) -> Submission:
    typed = form.cleaned_data
    anonymous = typed["naming"] == PersonForm.ANONYMOUS
    same = ("title", "body", "kind", "language", "channel", "email", "telephone", "address")
    return Submission(
        **{key: typed[key] for key in same},
        received_at=form.received_at,
        anonymous=anonymous,
        name="" if anonymous else typed["name"],
        group_size=typed["group_size"],
        representatives=typed["representatives"],
        uploads=typed["attachments"],
    )


def _receipt(request: HttpRequest, case: Case, receipt: receipts.IssuedReceipt) -> HttpResponse:
    return render(request, "petitions/desk/receipt.html", receipt_context(case, receipt))
