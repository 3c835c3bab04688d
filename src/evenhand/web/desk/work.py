"""My work: what I must see to, and what waits for a role that I hold; the worst first."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.kernel.access.models import Relation, Sight
from evenhand.kernel.access.queries import matters_where
from evenhand.kernel.calendar.terms import Term
from evenhand.kernel.calendar.words import term_in_words
from evenhand.kernel.cases.flows import Flow
from evenhand.kernel.cases.models import Case
from evenhand.kernel.obligations.models import Obligation, ObligationQuerySet

from .bases import short_basis
from .registry import Aside, CaseDesk, Onward, desk_of, every, flows_of

PER_PAGE = 50
_Relations = frozenset[Relation]


@dataclass(frozen=True, kw_only=True)
class Item:
    """A line of my work. ``url`` leads to what is next; ``note`` tells what else is so."""

    due: datetime
    title: str
    reference: str
    stage: str
    basis: str
    term: str
    note: str
    url: str
    link: str


@dataclass(frozen=True)
class MyWork:
    """One page of it, with the figures of the whole."""

    items: tuple[Item, ...]
    page: Page[Obligation]
    overdue: int
    this_week: int


def my_work(person: uuid.UUID, at: datetime, *, page: str | None = None) -> MyWork:
    """Within ``acting(person, at)``. The number of queries does not grow with the work."""
    waiting = waiting_for(person, at)
    figures = waiting.aggregate(
        overdue=Count("id", filter=Q(due_at__lt=at)),
        this_week=Count("id", filter=Q(due_at__gte=at, due_at__lt=_end_of_week(at))),
    )
    shown = Paginator(waiting.order_by("due_at", "id"), PER_PAGE).get_page(page)
    return MyWork(tuple(_items(list(shown), person, at)), shown, **figures)


def waiting_for(person: uuid.UUID, at: datetime) -> ObligationQuerySet:
    """The open deadlines of matters that the person answers for, or that wait for a role that
    he holds, or beside which something waits for him."""
    waiting = Q(bearer_id=person, matter_id__isnull=False)
    for desk in every():
        for relations, states in _by_relations(desk).items():
            cases = Case.objects.filter(
                mechanism=desk.mechanism, state__in=states, id__in=matters_where(*relations)
            )
            waiting |= Q(matter_id__in=cases.values("id"))
        for aside in desk.asides:
            beside = aside.matters(at).filter(pk__in=matters_where(aside.relation))
            waiting |= Q(matter_id__in=beside.values("pk"))
    return Obligation.objects.open().deadlines().filter(waiting)


def _by_relations(desk: CaseDesk) -> Mapping[_Relations, list[str]]:
    """Which states wait for those who stand in which relations."""
    states: dict[_Relations, list[str]] = defaultdict(list)
    for state, onward in desk.onward.items():
        states[_relations_for(desk, onward)].append(state)
    return states


def _relations_for(desk: CaseDesk, onward: Onward) -> _Relations:
    """Of the first role of each step; the other roles may act, but it does not wait for them."""
    return frozenset(
        relation
        for flow in flows_of(desk)
        for name in onward.steps
        for relation in _first_role(flow, name)
    )


def _first_role(flow: Flow, name: str) -> tuple[Relation, ...]:
    relations: tuple[Relation, ...] = flow.step(name).by[0].value.relations
    return relations


def _items(rows: list[Obligation], person: uuid.UUID, at: datetime) -> Iterator[Item]:
    """Two more queries, and one for each thing that may stand beside the way."""
    ids = [row.matter_id for row in rows if row.matter_id]
    cases = Case.objects.select_related("unit", "accountable").in_bulk(ids)
    mine = _relations_to(ids)
    asides = {
        aside: set(aside.matters(at).filter(pk__in=ids).values_list("pk", flat=True))
        for desk in every()
        for aside in desk.asides
    }
    for row in rows:
        case = cases[row.matter_id]
        beside = [a for a, found in asides.items() if case.id in found]
        yield _item(row, case, mine[case.id], beside)


def _relations_to(matters: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, set[str]]:
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for matter, relation in Sight.objects.filter(matter_id__in=matters).values_list(
        "matter_id", "relation"
    ):
        found[matter].add(relation)
    return found


def _item(row: Obligation, case: Case, relations: set[str], asides: list[Aside]) -> Item:
    desk = desk_of(case)
    mine = [aside for aside in asides if aside.relation in relations]
    label, page = _next(desk, case, relations, mine)
    address = (case.reference, page) if page else (case.reference,)
    return Item(
        due=row.due_at,
        title=case.title,
        reference=case.reference,
        stage=str(desk.stages[case.state]),
        basis=basis_of(row),
        term=term_in_words(Term.parse(row.length)),
        note=str(mine[0].note) if mine else "",
        url=reverse("desk:step" if page else "desk:case", args=address),
        link=label,
    )


def _next(desk: CaseDesk, case: Case, relations: set[str], asides: list[Aside]) -> tuple[str, str]:
    """The link's words and the page it leads to; whoever only answers for it looks at it."""
    if asides:
        return str(asides[0].label), asides[0].page
    onward = desk.onward.get(case.state)
    if onward and relations & {str(r) for r in _relations_for(desk, onward)}:
        return str(onward.label), onward.page
    return _("Open"), ""


def basis_of(row: Obligation) -> str:
    """The rule that binds. A local setting is never shown as law."""
    basis = short_basis(row.citation)
    return basis if row.source == "law" else _("set locally under %s") % basis


def _end_of_week(at: datetime) -> datetime:
    """Midnight after the Sunday of this week, in the body's own zone."""
    zone = timezone.get_default_timezone()
    today = timezone.localdate(at, zone)
    monday = today + timedelta(days=7 - today.weekday())
    return datetime.combine(monday, time(), zone)
