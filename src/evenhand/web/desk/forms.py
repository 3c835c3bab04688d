"""What the forms of steps are made of: the state that was seen, units, people."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenhand.base.text import clean
from evenhand.kernel.cases.models import Case
from evenhand.kernel.organisation.models import Person, Unit
from evenhand.web.forms import LongTextField

#: More units than this are not listed for the browser to search; typing a name still finds one.
MOST_LISTED = 1_000
_NAMED = 5
_BEFORE_CODE = " · "


@dataclass(frozen=True, kw_only=True)
class StepContext:
    """For whom a form is made: the case as it stands, who acts, when, who is kept out."""

    case: Case
    by: uuid.UUID
    at: datetime
    concerned: Collection[uuid.UUID] = ()


def seen_of(case: Case) -> str:
    """What the person saw of a case, short enough to travel with the form."""
    return f"{case.state}:{case.accountable_id}:{case.unit_id}"


class StepForm(forms.Form):
    """The facts of one step. ``fills`` names the flow's needs that the form itself asks for."""

    fills: ClassVar[frozenset[str]] = frozenset()
    button: ClassVar[Any] = ""
    above_template: ClassVar[str] = ""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, context: StepContext, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", seen_of(context.case))

    @property
    def facts(self) -> dict[str, Any]:
        """What goes with the step."""
        return {key: value for key, value in self.cleaned_data.items() if key != "seen"}

    def above(self) -> Mapping[str, Any]:
        """The context of ``above_template``, shown before the fields."""
        return {}


class ReasonForm(StepForm):
    """A step that needs a reason."""

    fills = frozenset({"reason"})
    reason = LongTextField(
        label=_("Reason"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the reason.")},
    )


class UnitInput(forms.TextInput):
    """A line that the browser completes from a list of units, without scripts.

    Of several on one page only the first carries the list (``lists=False`` for the others).
    """

    template_name = "desk/unit_input.html"

    def __init__(self, *, lists: bool = True) -> None:
        super().__init__({"list": "units", "autocomplete": "off"})
        self.lists = lists

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["units"] = listed_units() if self.lists else []
        return context

    def format_value(self, value: Any) -> str | None:
        return written(value) if isinstance(value, Unit) else super().format_value(value)


class UnitField(forms.Field):
    """A unit, by its name in either language, its code, or a part of a name that only one has."""

    widget = UnitInput

    def to_python(self, value: Any) -> Unit | None:
        typed = clean(str(value or ""))
        if not typed:
            return None
        found = _units_called(typed)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("No unit is called that. Choose one from the list."))
        names = "; ".join(written(unit) for unit in found[:_NAMED])
        raise ValidationError(
            _("Several units may be meant: %(names)s. Write one of them in full."),
            params={"names": names},
        )


def listed_units() -> list[str]:
    """None at all where there are too many to be sent with a page."""
    units = list(Unit.objects.filter(closed_on=None)[: MOST_LISTED + 1])
    return [] if len(units) > MOST_LISTED else [written(unit) for unit in units]


def written(unit: Unit) -> str:
    """As it stands in the list: the code tells apart those of one name."""
    return f"{unit}{_BEFORE_CODE}{unit.code}"


def _units_called(typed: str) -> list[Unit]:
    """One, if it is named exactly; else up to some whose names hold what was typed."""
    units = Unit.objects.filter(closed_on=None)
    _name, listed, code = typed.rpartition(_BEFORE_CODE)
    if listed:
        return list(units.filter(code=code))
    exact = Q(code__iexact=typed) | Q(name=typed) | Q(name_en__iexact=typed)
    part = Q(name__icontains=typed) | Q(name_en__icontains=typed)
    most = _NAMED + 1
    return list(units.filter(exact)[:most]) or list(units.filter(part)[:most])


if TYPE_CHECKING:
    _PersonChoice = forms.ModelChoiceField[Person]
else:
    _PersonChoice = forms.ModelChoiceField


class PersonField(_PersonChoice):
    """One person of a list that the form sets (``queryset``)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Person.objects.none(), empty_label=_("Choose a person"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.staff_number})"


class PeopleField(forms.CharField):
    """Any number of people of the staff, one a line, by name or staff number; cleans to a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        lines = [clean(line) for line in super().clean(value).splitlines()]
        typed = list(dict.fromkeys(line for line in lines if line))
        return _people_called(typed) if typed else []


def _people_called(typed: list[str]) -> list[Person]:
    """One query; raises ``ValidationError`` naming the first line that means nobody, or several."""
    called = Q(name__in=typed) | Q(name_en__in=typed) | Q(staff_number__in=typed)
    candidates = list(Person.objects.filter(called))
    found = []
    for line in typed:
        meant = [p for p in candidates if line in (p.name, p.name_en, p.staff_number)]
        if len(meant) != 1:
            raise ValidationError(
                _("“%(line)s” is nobody's name on the staff.")
                if not meant
                else _("Several people are called “%(line)s”: write the staff number."),
                params={"line": line},
            )
        found.append(meant[0])
    return found
