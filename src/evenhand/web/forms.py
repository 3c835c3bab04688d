"""Django forms that come out as GOV.UK markup, with errors and hints tied to their fields.

Settings: ``FORM_RENDERER = "evenhand.web.forms.Renderer"`` and ``"django.forms"`` installed.
Forms need nothing else: ``{{ form }}`` or ``{{ form.title.as_field_group }}`` in a template.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from evenhand.base.text import clean

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (Input, "govuk-input"),
)
"""The first match gives a widget its class, so the narrower type stands first."""

_TEMPLATES = {
    "django/forms/div.html": "forms/form.html",
    "django/forms/p.html": "forms/form.html",
    "django/forms/widgets/radio.html": "forms/radios.html",
    "django/forms/widgets/checkbox_select.html": "forms/checkboxes.html",
}


class DateParts(forms.Widget):
    """A date typed as day, month and year; their order is the language's.

    Posts `NAME_day`, `NAME_month`, `NAME_year`; full-width digits are understood.
    """

    template_name = "forms/date_parts.html"
    use_fieldset = True

    labels = {
        "day": pgettext_lazy("part of a date", "Day"),
        "month": pgettext_lazy("part of a date", "Month"),
        "year": pgettext_lazy("part of a date", "Year"),
    }

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = _split(value)
        id_ = context["widget"]["attrs"].get("id", name)
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{id_}_{part}",
                "label": self.labels[part],
                "value": typed[part],
                "width": 4 if part == "year" else 2,
            }
            for part in _order()
        ]
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], _files: Mapping[str, Any], name: str
    ) -> str | None:
        typed = [_digits(data.get(f"{name}_{part}", "")) for part in ("year", "month", "day")]
        return "-".join(typed) if any(typed) else None

    def value_omitted_from_data(
        self, data: Mapping[str, Any], _files: Mapping[str, Any], name: str
    ) -> bool:
        return not any(f"{name}_{part}" in data for part in self.labels)

    def id_for_label(self, _id: str) -> str:
        """The legend names the group; each part has a label of its own."""
        return ""


def _digits(typed: object) -> str:
    return unicodedata.normalize("NFKC", str(typed)).replace("-", "").strip()


def _split(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    year, month, day = str(value).split("-") if value else ("", "", "")
    return {"day": day, "month": month, "year": year}


def _order() -> tuple[str, str, str]:
    chinese = (get_language() or "").startswith("zh")
    return ("year", "month", "day") if chinese else ("day", "month", "year")


class DatePartsField(forms.DateField):
    """A date in three parts."""

    widget = DateParts
    default_error_messages = {
        "required": _("Enter a date."),
        "invalid": _("Enter a real date: a day, a month and a year of four figures."),
    }


class HintedRadios(forms.RadioSelect):
    """Radio buttons of which each may carry an explanation under its label."""

    def __init__(self, *, hints: Mapping[str, Any], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.hints = hints

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option


class LongTextField(forms.CharField):
    """Several lines of text; counts characters as the writer sees them, line ends as one."""

    widget = forms.Textarea(attrs={"rows": 8})

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class FilesInput(forms.FileInput):
    """Chooses any number of files."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})


class FilesField(forms.FileField):
    """Any number of uploaded files; cleans to a list, empty when none was chosen."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        if not data:
            super().clean(None, initial)
            return []
        return [super(FilesField, self).clean(file, initial) for file in data]


class PageField(BoundField):
    """A field of a form on a page: its class, its limit, and what describes it."""

    @property
    def limit(self) -> int | None:
        """The most characters that a text of several lines may have."""
        several_lines = isinstance(self.field.widget, forms.Textarea)
        return getattr(self.field, "max_length", None) if several_lines else None

    @property
    def is_consent(self) -> bool:
        """Whether it is one box to tick, whose label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_id(self) -> str:
        """The id of the element that an error message leads to."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect):
            return f"{self.auto_id}_0"
        if isinstance(widget, DateParts):
            return f"{self.auto_id}_{_order()[0]}"
        return self.id_for_label or self.auto_id

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.limit:
            return described
        return f"{described} {self.auto_id}-info".strip()

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add the classes; leave to the server what the browser would say in its own language."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        if self.limit:
            attrs["maxlength"] = False
        if widget.is_hidden:
            return attrs
        attrs["class"] = " ".join(filter(None, [widget.attrs.get("class"), *self._classes(widget)]))
        return attrs

    def _classes(self, widget: forms.Widget) -> list[str]:
        name = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")
        classes = [name, f"{name}--error"] if self.errors and "__" not in name else [name]
        return [*classes, "govuk-js-character-count"] if self.limit else classes


class Renderer(TemplatesSetting):
    """Renders every form of the site, those of other packages too, with our templates."""

    form_template_name = "forms/form.html"
    field_template_name = "components/field.html"
    bound_field_class = PageField

    def get_template(self, template_name: str) -> Any:
        return super().get_template(_TEMPLATES.get(template_name, template_name))
