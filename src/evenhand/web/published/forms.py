"""Forms of the desk's pages on publications."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.base.text import clean
from evenhand.kernel.disclosure.registry import Source
from evenhand.web.forms import LongTextField

LONGEST_PART = 20_000


class ProposeForm(forms.Form):
    """Title and parts as they shall be read by everybody; what is emptied is left out."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give it a title.")}
    )

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parts = tuple(source.parts)
        for part, label in source.parts.items():
            field = LongTextField(
                label=str(label),
                max_length=LONGEST_PART,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6}),
            )
            self.fields[part] = field

    def clean_title(self) -> str:
        return clean(self.cleaned_data["title"])

    @property
    def parts(self) -> Mapping[str, str]:
        return {part: self.cleaned_data[part] for part in self._parts}


APPROVE, RETURN = "approve", "return"


class ReviewForm(forms.Form):
    """Publish, or return with the reason."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[
            (APPROVE, _("Publish: nothing in it tells who brought the matter")),
            (RETURN, _("Return it to be worked over")),
        ],
        error_messages={"required": _("Choose: publish or return.")},
    )
    reason = LongTextField(
        label=_("What must still be taken out, or put right"),
        help_text=_("Only when you return it."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("decision") == RETURN and not given.get("reason"):
            self.add_error("reason", _("Say what must be put right."))
        return given


class WithdrawForm(forms.Form):
    """The reason is public."""

    reason = LongTextField(
        label=_("Why it is withdrawn"),
        help_text=_("Everybody can read this in the place of the text. Name nobody."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason: the public reads it.")},
    )
