"""A caller's or visitor's own matter, by two facts that they give. Never a list of anybody's."""

import re
import unicodedata
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from evenhand.base.clock import now
from evenhand.base.ids import normalise_reference
from evenhand.base.text import clean
from evenhand.kernel.access.middleware import actor_of
from evenhand.kernel.cases.models import Case
from evenhand.web.desk.formpage import form_page, refuse
from evenhand.web.desk.opened import COUNTER, note_reading
from evenhand.web.desk.standing import only_for
from evenhand.web.forms import DatePartsField

from ..queries import REGISTERS

FEWEST_FACTS = 2
_NO_DIGIT = re.compile(r"\D")


class FindForm(forms.Form):
    """What the person before you, or on the telephone, tells."""

    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name, in full"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    brought_on = DatePartsField(label=gettext_lazy("The day on which they brought it"))
    telephone = forms.CharField(
        label=gettext_lazy("Telephone, as they gave it"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        facts = {key: value for key, value in self.cleaned_data.items() if value}
        if len(facts) < FEWEST_FACTS and not self.errors:
            raise forms.ValidationError(_("Ask for two facts at least, and fill them in."))
        return facts


@never_cache
@only_for(REGISTERS)
def find(request: HttpRequest) -> HttpResponse:
    at = now()

    def done(form: FindForm) -> HttpResponse | None:
        matching = list(Case.objects.filter(matches(form.cleaned_data)).distinct()[:2])
        if len(matching) == 1:
            note_reading(matching[0].id, actor_of(request), at, COUNTER)
            return redirect("desk:case", matching[0].reference)
        refuse(form, [_too_many() if matching else _none()])
        return None

    template = "petitions/desk/find.html"
    return form_page(request, template=template, make=FindForm, done=done, context={})


def matches(facts: dict[str, Any]) -> Q:
    """All of the facts, of one matter and one and the same party of it."""
    wanted = Q(mechanism="petitions")
    if reference := facts.get("reference"):
        wanted &= Q(reference=normalise_reference(unicodedata.normalize("NFKC", reference)))
    if day := facts.get("brought_on"):
        since = datetime.combine(day, time(), timezone.get_default_timezone())
        wanted &= Q(received_at__gte=since, received_at__lt=since + timedelta(days=1))
    if name := facts.get("name"):
        wanted &= Q(parties__name__iexact=clean(name))
    if telephone := facts.get("telephone"):
        digits = _NO_DIGIT.sub("", unicodedata.normalize("NFKC", telephone))
        wanted &= Q(_digits_of_telephone(digits))
    return wanted


def _digits_of_telephone(digits: str) -> Any:
    """However the number was spaced when it was given."""
    plain = Func(
        F("parties__telephone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace"
    )
    return Exact(plain, Value(digits))


def _none() -> str:
    return _("No matter that is open to you fits all of these facts. Ask once more, or for others.")


def _too_many() -> str:
    return _(
        "More than one matter fits these facts. Ask for one fact more: the reference tells "
        "matters apart for certain."
    )
