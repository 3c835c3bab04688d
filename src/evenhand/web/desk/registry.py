"""What each mechanism adds to the desk: forms of its steps, its panel, its own pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from evenhand.kernel.access.models import Relation
from evenhand.kernel.cases import registry as procedures
from evenhand.kernel.cases.flows import Flow, Text
from evenhand.kernel.cases.models import Case

from .forms import StepForm

if TYPE_CHECKING:  # which is made of what is registered here
    from .opened import Opened


@dataclass(frozen=True, kw_only=True)
class Onward:
    """What moves a matter on from one stage: any of ``steps``, each waiting for the first of
    its roles. ``label`` is the link; ``page`` the step or page it leads to, "" the case."""

    steps: tuple[str, ...]
    label: Text
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Something beside the way that waits for whoever stands in ``relation``."""

    relation: Relation
    matters: Callable[[datetime], QuerySet[Any, Any]]
    note: Text
    label: Text
    page: str


@dataclass(frozen=True, kw_only=True)
class WorkPage:
    """A page of a case that is no step, such as writing the answer."""

    label: Text
    view: Callable[[HttpRequest, "Opened"], HttpResponse]
    offered: Callable[["Opened"], bool]


@dataclass(frozen=True, kw_only=True)
class CaseDesk:
    """A mechanism on the desk.

    ``stages`` names the states of its flows for staff, ``done`` tells each step as a thing that
    happened, ``onward`` says what moves each open state on. ``kinds`` are what the queue may be
    narrowed to. ``panel`` makes the context of ``panel_template``, the case page's own part.
    """

    mechanism: str
    flows: tuple[str, ...]
    stages: Mapping[str, Text]
    done: Mapping[str, Text]
    onward: Mapping[str, Onward]
    panel: Callable[["Opened"], Mapping[str, Any]]
    panel_template: str
    forms: Mapping[str, type[StepForm]] = field(default_factory=dict)
    pages: Mapping[str, WorkPage] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    kinds: Mapping[str, Text] = field(default_factory=dict)
    of_kind: Callable[[str], Q] = lambda kind: Q()

    def form_of(self, step: str) -> type[StepForm]:
        """A step without a form of its own is merely confirmed."""
        return self.forms.get(step, StepForm)


class UnknownDesk(KeyError):
    """A case of a mechanism that put nothing on the desk."""


_desks: dict[str, CaseDesk] = {}


def register(desk: CaseDesk) -> None:
    """Raises ``ValueError`` when the mechanism is registered twice."""
    if _desks.setdefault(desk.mechanism, desk) is not desk:
        raise ValueError(f"the desk of {desk.mechanism!r} is registered twice")


def desk_of(case: Case) -> CaseDesk:
    """Raises :class:`UnknownDesk`."""
    try:
        return _desks[case.mechanism]
    except KeyError:
        raise UnknownDesk(f"no installed app put {case.mechanism!r} on the desk") from None


def every() -> tuple[CaseDesk, ...]:
    return tuple(_desks[key] for key in sorted(_desks))


def flows_of(desk: CaseDesk) -> tuple[Flow, ...]:
    """Every version of the desk's flows: running cases finish on theirs."""
    return tuple(p.flow for p in procedures.every() if p.flow.key in desk.flows)
