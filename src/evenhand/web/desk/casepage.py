"""The case page: what is next and by when, what happened, who may do what and why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.base.profile import cached
from evenhand.kernel.access.models import Relation
from evenhand.kernel.calendar.explain import explain
from evenhand.kernel.calendar.terms import Term
from evenhand.kernel.calendar.words import term_in_words
from evenhand.kernel.cases import refusals
from evenhand.kernel.cases.flows import Step
from evenhand.kernel.cases.models import Message, Party
from evenhand.kernel.evidence.models import File
from evenhand.kernel.obligations.actions import reckoning
from evenhand.kernel.obligations.lateness import Standing, standing
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.queries import day_of
from evenhand.web.components import FileLink, Row
from evenhand.web.dates import Written, write

from .bases import Basis, bases
from .opened import Opened
from .timeline import timeline


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A step as it stands before this person: to be taken at ``url``, or why not."""

    label: str
    url: str
    reasons: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A term of the matter: what is promised, when, how it was counted, on which rule."""

    title: str
    obligation: Obligation
    standing: Standing
    explained: str
    term: str
    local: bool
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message, with who wrote it."""

    who: str
    when: str
    body: str


def case_context(opened: Opened) -> dict[str, Any]:
    """Everything on the page. The number of queries does not grow with the matter."""
    obligations = list(
        Obligation.objects.filter(matter_id=opened.case.id).order_by("opened_at", "id")
    )
    steps = [] if opened.only_reads else offered_steps(opened)
    texts = bases(_citations(steps, obligations), day_of(opened.at))
    offers = list(_offers(opened, steps, texts))
    return {
        "opened": opened,
        "case": opened.case,
        "now": opened.at,
        "clocks": [_clock(opened, o, texts) for o in obligations if _runs(o)],
        "past_clocks": [_clock(opened, o, texts) for o in obligations if not _runs(o)],
        "open_offers": [offer for offer in offers if not offer.reasons],
        "closed_offers": [offer for offer in offers if offer.reasons],
        "pages": list(_pages(opened)),
        "may_write": not opened.only_reads,
        "entries": timeline(opened),
        "parties": [_party_rows(party) for party in Party.objects.filter(case=opened.case)],
        "messages_in_case": _messages(opened),
        "files": [_file(file) for file in File.objects.standing().filter(matter_id=opened.case.id)],
        "panel": opened.desk.panel(opened),
    }


def offered_steps(opened: Opened) -> list[Step]:
    """The steps of this stage that staff take, those that lead on first; those of petitioner
    and clock are not theirs."""
    onward = opened.desk.onward.get(opened.case.state)
    leading = onward.steps if onward else ()
    steps = [step for step in opened.flow.steps_from(opened.case.state) if is_for_staff(step)]
    return sorted(steps, key=lambda step: step.name not in leading)


def is_for_staff(step: Step) -> bool:
    relations = {relation for member in step.by for relation in member.value.relations}
    return bool(relations - {Relation.PETITIONER})


def reasons_against(opened: Opened, step: Step) -> tuple[str, ...]:
    """Why the step may not be taken, leaving out what its form asks for."""
    fills = opened.desk.form_of(step.name).fills
    asked = {str(need.value.missing) for need in step.needs if need.value.name in fills}
    found = refusals.why_not(opened.flow, step, opened.situation, opened.relations)
    return tuple(reason for reason in map(str, found) if reason not in asked)


def _citations(steps: Sequence[Step], obligations: Sequence[Obligation]) -> set[str]:
    profile = cached(settings.EVENHAND_PROFILE_FOLDER)
    return {profile.basis(step.basis) for step in steps} | {o.citation for o in obligations}


def basis_of_step(opened: Opened, step: Step) -> Basis:
    citation = cached(settings.EVENHAND_PROFILE_FOLDER).basis(step.basis)
    return bases([citation], day_of(opened.at))[citation]


def _offers(opened: Opened, steps: Sequence[Step], texts: Mapping[str, Basis]) -> Iterator[Offer]:
    profile = cached(settings.EVENHAND_PROFILE_FOLDER)
    for step in steps:
        yield Offer(
            label=str(step.label),
            url=reverse("desk:step", args=[opened.case.reference, step.name]),
            reasons=reasons_against(opened, step),
            basis=texts[profile.basis(step.basis)],
        )


def _pages(opened: Opened) -> Iterator[Row]:
    for name, page in opened.desk.pages.items():
        if page.offered(opened):
            url = reverse("desk:step", args=[opened.case.reference, name])
            yield Row(key=name, value="", url=url, link=page.label)


def _runs(obligation: Obligation) -> bool:
    return obligation.submitted_at is None and obligation.cancelled_at is None


def _clock(opened: Opened, obligation: Obligation, texts: Mapping[str, Basis]) -> Clock:
    return Clock(
        title=_promise(opened, obligation),
        obligation=obligation,
        standing=standing(obligation, opened.at),
        explained=explain(reckoning(obligation)) if _runs(obligation) else "",
        term=term_in_words(Term.parse(obligation.length)),
        local=obligation.source != "law",
        basis=texts[obligation.citation],
    )


def _promise(opened: Opened, obligation: Obligation) -> str:
    """In the words of the flow's term; a side window has none and is told by its end."""
    terms = [t for t in opened.flow.terms if t.length == obligation.key]
    running = opened.flow.term_of(opened.case.state)
    term = terms[0] if terms else running if running and not obligation.window else None
    day = write(obligation.due_at, Written.LONG)
    if term is None or not term.promise:
        return _("Time to think it over, until %(day)s") % {"day": day}
    words = {"promise": term.promise, "day": day}
    if obligation.window:
        return _("A window that nobody can miss, until %(day)s") % words
    return _("Promised: %(promise)s, by %(day)s") % words


def _party_rows(party: Party) -> list[Row]:
    name = _("Anonymous: brought without a name") if party.anonymous else party.name
    told = (
        (_("Name"), name),
        (_("E-mail"), party.email),
        (_("Telephone"), party.telephone),
        (_("Address"), party.address),
    )
    return [Row(key=key, value=value) for key, value in told if value]


def _messages(opened: Opened) -> list[Letter]:
    rows = list(Message.objects.filter(case=opened.case))
    staff = [row.author_id for row in rows if not row.from_petitioner]
    names = {person.id: str(person) for person in Person.objects.filter(id__in=staff)}
    return [
        Letter(
            who=_("The petitioner") if row.from_petitioner else names.get(row.author_id, ""),
            when=write(row.at, Written.MOMENT),
            body=row.body,
        )
        for row in rows
    ]


def _file(file: File) -> FileLink:
    who = _("from the petitioner") if file.from_petitioner else _("added by the office")
    note = f"{who}, {write(file.at, Written.SHORT)}"
    url = reverse("evidence:download", args=[file.id])
    return FileLink(name=file.name, size=file.size, url=url, note=note)
