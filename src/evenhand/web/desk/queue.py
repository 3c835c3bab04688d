"""The queue: every case that one may see, narrowed by what stands in the address.

There is no search by petitioner: not by name, not by contact, and no list of one's matters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.base.ids import normalise_reference
from evenhand.base.text import clean
from evenhand.kernel.access.actor import reading_many
from evenhand.kernel.cases.models import Case
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.organisation.models import Unit

from .registry import desk_of, every, flows_of

PER_PAGE = 25
OPEN, CLOSED, ALL = "open", "closed", "all"
_SORTS: Mapping[str, tuple[OrderBy | str, ...]] = {
    "due": (F("due").asc(nulls_last=True), "received_at"),
    "newest": ("-received_at", "-id"),
    "oldest": ("received_at", "id"),
}


class QueueForm(forms.Form):
    """What the list is narrowed to; sent by GET, so that a link keeps it."""

    text = forms.CharField(label=_("Title or reference"), max_length=100)
    state = forms.ChoiceField(label=_("Stage"))
    unit = forms.ChoiceField(label=_("Unit"))
    kind = forms.ChoiceField(label=_("Kind"))
    received_from = forms.DateField(
        label=_("Received from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    received_to = forms.DateField(
        label=_("Received until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("due", _("due first")),
            ("newest", _("newest first")),
            ("oldest", _("oldest first")),
        ],
    )
    overdue = forms.BooleanField(label=_("Overdue only"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.required = False
        self._choose("state", [("", _("open")), *_stages(), (CLOSED, _("closed")), (ALL, _("all"))])
        self._choose("unit", [("", _("all")), *_units()])
        self._choose("kind", [("", _("all")), *_kinds()])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_text(self) -> str:
        return clean(self.cleaned_data["text"])

    @property
    def narrowed(self) -> dict[str, Any]:
        """What was understood; what was not is told beside its field and left out."""
        self.is_valid()
        return self.cleaned_data


def _stages() -> list[tuple[str, Any]]:
    """The open ones; closed matters are one choice."""
    return [
        (state, desk.stages[state])
        for desk in every()
        for state in desk.stages
        if not any(flow.is_closed(state) for flow in flows_of(desk))
    ]


def _units() -> list[tuple[str, str]]:
    units = Unit.objects.filter(id__in=Case.objects.values("unit"))
    return [(unit.code, str(unit)) for unit in units]


def _kinds() -> list[tuple[str, Any]]:
    return [
        (f"{desk.mechanism}.{kind}", label)
        for desk in every()
        for kind, label in desk.kinds.items()
    ]


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A case with its open deadline, if one runs, and its stage in the words of staff."""

    case: Case
    due: datetime | None
    stage: str


def queue(form: QueueForm, at: datetime, *, page: str | None) -> tuple[Page[Any], list[QueueRow]]:
    """One page of cases; the number of queries does not grow with them."""
    wanted = form.narrowed
    cases = narrowed(wanted, at).annotate(due=_due_at()).select_related("unit", "accountable")
    ordered: QuerySet[Any, Any] = cases.order_by(*_SORTS[wanted.get("sort") or "due"])
    with reading_many():
        found = Paginator(ordered, PER_PAGE).get_page(page)
        rows = [
            QueueRow(case=case, due=case.due, stage=str(desk_of(case).stages[case.state]))
            for case in found
        ]
    return found, rows


def narrowed(wanted: dict[str, Any], at: datetime) -> QuerySet[Case]:
    """All that is asked for, of what the actor may see."""
    conditions = _of_state(wanted.get("state") or OPEN) & _of_text(wanted.get("text") or "")
    if unit := wanted.get("unit"):
        conditions &= Q(unit__code=unit)
    if kind := wanted.get("kind"):
        conditions &= _of_kind(kind)
    if wanted.get("overdue"):
        late = Obligation.objects.open().deadlines().filter(due_at__lt=at)
        conditions &= Q(id__in=late.values("matter_id"))
    if first := wanted.get("received_from"):
        conditions &= Q(received_at__gte=_midnight(first))
    if last := wanted.get("received_to"):
        conditions &= Q(received_at__lt=_midnight(last + timedelta(days=1)))
    return Case.objects.filter(conditions)


def _of_state(state: str) -> Q:
    if state == ALL:
        return Q()
    if state in (OPEN, CLOSED):
        return Q(closed_at__isnull=state == OPEN)
    return Q(state=state)


def _of_text(text: str) -> Q:
    if not text:
        return Q()
    return Q(title__icontains=text) | Q(reference__startswith=normalise_reference(text))


def _of_kind(kind: str) -> Q:
    mechanism, _dot, name = kind.partition(".")
    desk = next(desk for desk in every() if desk.mechanism == mechanism)
    return Q(mechanism=mechanism) & desk.of_kind(name)


def _due_at() -> Subquery:
    running = Obligation.objects.open().deadlines().filter(matter_id=OuterRef("id"))
    return Subquery(running.order_by("due_at").values("due_at")[:1])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())
