"""The forms of the flow's steps. Lists of people leave out whoever has a stake."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.queries import day_of
from evenhand.web.desk.forms import (
    PeopleField,
    PersonField,
    ReasonForm,
    StepForm,
    UnitField,
    UnitInput,
)
from evenhand.web.forms import DatePartsField, LongTextField

from .. import parts
from ..models import Document, Petition
from ..states import CLOSING, Kind, Manner


class RegisterForm(StepForm):
    """What it is, whose it is, and whose act it is about."""

    fills = frozenset({"classified", "routed"})

    kind = forms.ChoiceField(
        label=_("What does it ask for?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it asks for.")},
    )
    unit = UnitField(
        label=_("Which unit is in charge?"),
        help_text=_("Write a part of its name, or choose from the list."),
        error_messages={"required": _("Choose the unit that is in charge.")},
    )
    about_unit = UnitField(
        label=_("Is it about an act of a unit? Which?"),
        help_text=_("Whoever leads that unit now, or led it then, will not see the matter."),
        required=False,
        widget=UnitInput(lists=False),
    )
    about_people = PeopleField(
        label=_("Is it about what somebody on the staff did? Who?"),
        help_text=_(
            "Names or staff numbers, one a line. They and their kin will not see the matter."
        ),
        required=False,
        max_length=2_000,
    )
    act_on = DatePartsField(
        label=_("On what day was the act?"), help_text=_("If it is known."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kind"] = Petition.objects.get(case=self.context.case).kind


class HandlerForm(StepForm):
    """Who handles the matter: somebody of the unit in charge, without a stake in it."""

    fills = frozenset({"handler_named", "handler_free"})

    handler = PersonField(
        label=_("Who handles it?"),
        help_text=_("Whoever has a stake in the matter is not in the list."),
        error_messages={
            "required": _("Choose the person who handles it."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        context = self.context
        unit = context.case.unit_id
        _offer(self, "handler", parts.handlers(unit, context.at, without=context.concerned))


class RedirectForm(ReasonForm):
    """Where the matter belongs; nobody is sent away without an address."""

    fills = frozenset({"reason", "route"})

    route = LongTextField(
        label=_("Where does it belong?"),
        help_text=_("The body that is in charge, its address and telephone, and what to bring."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write where the matter belongs, with the address.")},
    )


class ServeForm(StepForm):
    """How and when a document reached the petitioner."""

    fills = frozenset({"service"})

    manner = forms.ChoiceField(
        label=_("How was it delivered?"),
        choices=Manner.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was delivered.")},
    )
    served_on = DatePartsField(
        label=_("On what day did it reach the petitioner?"),
        help_text=_("The time to ask for a review runs from this day."),
    )

    def clean_served_on(self) -> Any:
        """The day of the answer at the earliest, and today at the latest."""
        day = self.cleaned_data["served_on"]
        document = _closing(self)
        if document is None or document.issued_at is None:
            return day
        if not day_of(document.issued_at) <= day <= day_of(self.context.at):
            raise forms.ValidationError(
                _("Choose a day that is not before the document was issued and not to come.")
            )
        return day


class RecuseForm(ReasonForm):
    """Stepping aside, and who takes over."""

    fills = frozenset({"reason", "successor"})

    successor = PersonField(
        label=_("Who takes over?"),
        help_text=_("You will not see the matter any more after this."),
        error_messages={
            "required": _("Choose who takes over."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What is your stake in the matter?")
        _offer(self, "successor", _successors(self))


class WithdrawalForm(StepForm):
    """Asked by somebody without a hand in the matter, in the petitioner's own words."""

    fills = frozenset({"freely"})

    was_asked_to = forms.TypedChoiceField(
        label=_("Ask the petitioner: did anybody ask you to withdraw?"),
        help_text=_("If somebody did, the withdrawal does not count and the matter goes on."),
        choices=[("no", _("No, nobody asked them to")), ("yes", _("Yes, somebody asked them to"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Ask the petitioner, and choose what they say.")},
    )


class ApproveForm(StepForm):
    """The answer, to be read before it is approved."""

    above_template = "petitions/desk/draft.html"

    def above(self) -> Mapping[str, Any]:
        return {"document": _closing(self)}


FORMS: Mapping[str, type[StepForm]] = {
    "register": RegisterForm,
    "send_back": ReasonForm,
    "redirect": RedirectForm,
    "accept": HandlerForm,
    "study": HandlerForm,
    "reassign": HandlerForm,
    "recuse": RecuseForm,
    "extend": ReasonForm,
    "return": ReasonForm,
    "return_reply": ReasonForm,
    "approve": ApproveForm,
    "approve_reply": ApproveForm,
    "serve": ServeForm,
    "serve_reply": ServeForm,
    "serve_notice": ServeForm,
    "confirm_withdrawal": WithdrawalForm,
}


def _offer(form: forms.Form, name: str, people: Iterable[Person]) -> None:
    field = form.fields[name]
    assert isinstance(field, PersonField)
    chosen = Person.objects.filter(id__in=[person.id for person in people])
    field.queryset = chosen.order_by("staff_number")


def _successors(form: StepForm) -> list[Person]:
    context = form.context
    handler = Petition.objects.values_list("handler", flat=True).get(case=context.case)
    return parts.successors(
        context.case,
        handler=handler,
        leaving=context.by,
        concerned=context.concerned,
        at=context.at,
    )


def _closing(form: StepForm) -> Document | None:
    closing = Document.objects.filter(case=form.context.case, kind__in=CLOSING)
    return closing.select_related("author").first()
