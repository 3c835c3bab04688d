"""The forms of the public pages. Every message says what to do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.base.ids import normalise_reference
from evenhand.base.text import clean
from evenhand.kernel.access import words
from evenhand.kernel.evidence.forms import FilesMixin
from evenhand.web.forms import HintedRadios, LongTextField

from ..models import MOST_REPRESENTATIVES
from ..states import Kind

TITLE_LENGTH = 120
BODY_LENGTH = 20_000
REPORT = "report"


class LineField(forms.CharField):
    """One line of text, without control characters."""

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "").replace("\n", " ").replace("\t", " ")


class KindForm(forms.Form):
    """What the person came for. A report on a person is not taken in here."""

    kind = forms.ChoiceField(
        label=_("What do you want to bring?"),
        choices=[
            (Kind.CLAIM, _("Something is wrong and I want it put right")),
            (Kind.SUGGESTION, _("I have a suggestion")),
            (REPORT, _("I want to report that somebody broke the rules")),
        ],
        widget=HintedRadios(
            hints={
                Kind.CLAIM: _("For example unpaid wages, a road, a decision about you."),
                Kind.SUGGESTION: _("An idea that would make something better."),
                REPORT: _("Corruption, abuse of office or other misconduct by a person."),
            }
        ),
        error_messages={"required": _("Choose what you want to bring.")},
    )


class MatterForm(forms.Form):
    """The matter in the person's own words."""

    title = LineField(
        label=_("What is it about, in a few words?"),
        help_text=_("For example: Street flooding at Willow Lane"),
        max_length=TITLE_LENGTH,
        error_messages={
            "required": _("Say in a few words what it is about."),
            "max_length": _("Keep this to 120 characters; the rest goes below."),
        },
    )
    body = LongTextField(
        label=_("What happened, and what do you ask for?"),
        help_text=_(
            "Where and when it was, what you want to be done, and why. "
            "Leave out what we need not know, such as numbers of identity cards."
        ),
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Describe the matter, and what you ask for.")},
    )


class ContactForm(forms.Form):
    """How the person is reached; all of it may be left empty."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We write there when something happens. The message never says what it is."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the address like name@example.org.")},
    )
    telephone = LineField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"}
        ),
    )
    address = LineField(
        label=_("Postal address"),
        help_text=_("Needed if you want the answer by post."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


class PersonForm(ContactForm):
    """Who brings it: with a name or without, alone or for a group."""

    NAMED, ANONYMOUS = "named", "anonymous"

    naming = forms.ChoiceField(
        label=_("Do you want to give your name?"),
        choices=[(NAMED, _("Yes, with my name")), (ANONYMOUS, _("No, without a name"))],
        widget=HintedRadios(
            hints={
                NAMED: _("Only those who work on the matter see it."),
                ANONYMOUS: _("You follow the matter with your receipt alone."),
            }
        ),
        error_messages={"required": _("Choose whether you give your name.")},
    )
    name = LineField(
        label=_("Name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    group_size = forms.IntegerField(
        label=_("If you speak for a group: how many people?"),
        help_text=_("Only the number. We keep no list of the others."),
        required=False,
        min_value=2,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write the number of people in digits."),
            "min_value": _("A group is two people or more. Leave this empty if you are alone."),
            "max_value": _("Write a number up to 1,000,000."),
        },
    )
    representatives = forms.CharField(
        label=_("Who represents the group?"),
        help_text=_("At most five names, one a line, yourself included."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    field_order = ("naming", "name", "email", "telephone", "address", "group_size")

    def clean_representatives(self) -> list[str]:
        lines = [clean(line) for line in self.cleaned_data["representatives"].splitlines()]
        names = [line[:120] for line in lines if line]
        if len(names) > MOST_REPRESENTATIVES:
            raise forms.ValidationError(
                _("A group is represented by at most five people. Leave out the others.")
            )
        return names

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("naming") == self.NAMED and not found.get("name"):
            self.add_error("name", _("Write your name, or choose to go without one."))
        if found.get("representatives") and not found.get("group_size"):
            self.add_error("group_size", _("Write how many people the group has."))
        return found


class CheckForm(FilesMixin):
    """The last look before it is handed in."""

    agreed = forms.BooleanField(
        label=_("I have read how my data is used, and want to hand this in."),
        error_messages={"required": _("Tick this to hand the matter in.")},
    )


class ReceiptForm(forms.Form):
    """Reference and receipt words, as typed or read out."""

    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("On your receipt, for example NZ-2026-7K3M-Q9TA"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the reference from your receipt.")},
    )
    receipt = forms.CharField(
        label=_("Receipt words, or the digits"),
        help_text=_("All eight words or all 27 digits. Spaces and capitals do not matter."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the words or the digits from your receipt.")},
    )

    def clean_reference(self) -> str:
        return normalise_reference(self.cleaned_data["reference"])

    def clean_receipt(self) -> str:
        typed: str = self.cleaned_data["receipt"]
        try:
            words.parse(typed)
        except words.Unreadable as slip:
            raise forms.ValidationError(str(slip)) from None
        return typed


class AddForm(FilesMixin):
    """More information from the petitioner."""

    body = LongTextField(
        label=_("What do you want to add?"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what you want to add.")},
    )
