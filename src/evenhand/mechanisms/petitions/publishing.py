"""What becomes public of petitions: answers that the flow's table marks so, and three figures."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
)
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evenhand.kernel.access.models import Relation
from evenhand.kernel.cases import registry as procedures
from evenhand.kernel.cases.flows import Flow, Publish
from evenhand.kernel.cases.models import Case, Party
from evenhand.kernel.disclosure import figures, registry
from evenhand.kernel.disclosure.figures import Counted, Measure, Said
from evenhand.kernel.disclosure.models import Publication
from evenhand.kernel.disclosure.registry import Original, Source
from evenhand.kernel.ledger.models import Entry, Opening
from evenhand.kernel.obligations.models import Obligation

from .flow import FLOW
from .models import Document
from .states import DocumentKind, Result

ANSWER = "petitions.answer"
_ANSWERS = (DocumentKind.OPINION, DocumentKind.REPLY)
#: The remedies are the petitioner's own affair; the rest of an answer is of use to others.
PARTS = {
    "claim": gettext_lazy("What was asked for"),
    "facts": gettext_lazy("What was found"),
    "result": gettext_lazy("The result"),
    "reasons": gettext_lazy("The reasons"),
    "legal_basis": gettext_lazy("The legal basis"),
}


def flows() -> list[Flow]:
    """Every version of every table on which petitions run."""
    mine = (p.flow for p in procedures.every() if p.flow.mechanism == FLOW.mechanism)
    return list(mine)


def codes_that_publish() -> list[str]:
    """The ledger codes of the steps that the tables mark with ``Publish.ANSWER``."""
    return [
        procedures.code_of(flow, step.name)
        for flow in flows()
        for step in flow.steps
        if step.publish is Publish.ANSWER
    ]


def answers() -> QuerySet[Document]:
    """Delivered answers that were given by a step which makes them public."""
    step = Entry.objects.filter(id=OuterRef("entry_id"), code__in=codes_that_publish())
    given = Opening.objects.filter(Exists(step), matter_id=OuterRef("case_id"))
    return Document.objects.filter(Exists(given), kind__in=_ANSWERS, served_on__isnull=False)


def matters() -> QuerySet[Case]:
    """The matters of such answers, the latest delivered first."""
    served = answers().filter(case_id=OuterRef("pk"))
    return Case.objects.filter(Exists(served), mechanism=FLOW.mechanism).order_by("-received_at")


def originals(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Original]:
    """Two queries, however many are asked for."""
    rows = answers().filter(case_id__in=ids).select_related("case__petition")
    documents = list(rows)
    parties: dict[uuid.UUID, list[Party]] = {d.case_id: [] for d in documents}
    for party in Party.objects.filter(case_id__in=list(parties)):
        parties[party.case_id].append(party)
    return {d.case_id: _original(d, parties[d.case_id]) for d in documents}


def _original(document: Document, parties: list[Party]) -> Original:
    case = document.case
    with translation.override(document.language):
        result = capfirst(str(Result(document.result).label))
    people = [*(party.name for party in parties), *case.petition.representatives]
    return Original(
        matter=case.id,
        reference=case.reference,
        unit=case.unit_id,
        language=document.language,
        title=case.title,
        parts={part: getattr(document, part) for part in PARTS} | {"result": result},
        people=tuple(filter(None, people)),
        contacts=tuple(_contacts(parties)),
    )


def _contacts(parties: list[Party]) -> Iterator[str]:
    for party in parties:
        yield from filter(None, (party.email, party.telephone, party.address))


SOURCE = Source(
    key=ANSWER,
    mechanism=FLOW.mechanism,
    label=gettext_lazy("Answer to a matter"),
    parts=PARTS,
    proposes=(Relation.HANDLER, Relation.DESK),
    reviews=(Relation.HANDLING, Relation.SUPERIOR),
    matters=matters,
    read=originals,
)


# Figures.


def _answering_lengths() -> list[str]:
    """The keys of the terms that end with an answer which becomes public, and their extensions."""
    return [
        length
        for flow in flows()
        for term in flow.terms
        if _ends_with_an_answer(flow, set(term.stages))
        for length in (term.length, *_extensions(flow, set(term.stages)))
    ]


def _ends_with_an_answer(flow: Flow, stages: set[TextChoices]) -> bool:
    return any(s.publish is Publish.ANSWER and stages & set(s.source) for s in flow.steps)


def _extensions(flow: Flow, stages: set[TextChoices]) -> list[str]:
    return [s.extends for s in flow.steps if s.extends and stages & set(s.source)]


def in_time(since: date, until: date) -> Counted:
    """Of the answers that fell due in these days, how many were given by then."""
    due = Obligation.objects.deadlines().filter(
        mechanism=FLOW.mechanism,
        key__in=_answering_lengths(),
        cancelled_at=None,
        due_at__gte=_midnight(since),
        due_at__lt=_midnight(until),
    )
    kept = Count("id", filter=Q(submitted_at__lte=F("due_at")))
    found = due.aggregate(of=Count("id"), kept=kept)
    return Counted(found["kept"], found["of"])


class _Median(Aggregate):
    """The middle one; between two, their mean."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def days_to_answer(since: date, until: date) -> Counted:
    """The median of the days from the day on which a matter came to the day of its answer."""
    given = Document.objects.filter(
        kind__in=_ANSWERS, issued_at__gte=_midnight(since), issued_at__lt=_midnight(until)
    )
    taken = _Median(F("issued_at") - F("case__received_at"))
    found = given.aggregate(of=Count("id"), taken=taken)
    if found["taken"] is None:
        return Counted(None, 0)
    return Counted(Decimal(round(found["taken"].total_seconds() / 86_400)), found["of"])


def made_public(since: date, until: date) -> Counted:
    """Of the answers delivered in these days, how many can be read here."""
    delivered = answers().filter(served_on__gte=since, served_on__lt=until)
    public = Publication.objects.standing().filter(
        key=ANSWER, matter_id=OuterRef("case_id"), published_at__isnull=False
    )
    return Counted(delivered.filter(Exists(public)).count(), delivered.count())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def _say_in_time(value: Decimal, of: int) -> Said:
    text = _("of %(of)s answers due in the last 12 months were given in time")
    return Said(f"{int(100 * value / of)}%", text % {"of": f"{of:,}"})


def _say_days(value: Decimal, of: int) -> Said:
    days = int(value)
    text = _("or less for half of the %(of)s matters answered in the last 12 months")
    return Said(
        ngettext("%(days)d day", "%(days)d days", days) % {"days": days}, text % {"of": f"{of:,}"}
    )


def _say_public(value: Decimal, of: int) -> Said:
    text = _("of %(of)s answers delivered in the last 12 months can be read here")
    return Said(f"{int(value):,}", text % {"of": f"{of:,}"})


MEASURES = (
    Measure(
        key="petitions.in_time",
        order=10,
        name=gettext_lazy("Answers given in time"),
        counted=gettext_lazy(
            "Counted are all written answers and replies whose last day fell in these twelve "
            "months, with an extension if there was one. Given in time means that the answer was "
            "approved and numbered by that day. An answer still owed counts as not given in time. "
            "Matters that were withdrawn, or that belonged elsewhere, do not count. "
            "The share is rounded down."
        ),
        count=in_time,
        say=_say_in_time,
    ),
    Measure(
        key="petitions.days_to_answer",
        order=20,
        name=gettext_lazy("How long an answer takes"),
        counted=gettext_lazy(
            "For each matter answered in these twelve months we take the days from the moment at "
            "which it was received to the moment of its written answer, all days, not only working "
            "days. Half of the matters took so many days or fewer (the median)."
        ),
        count=days_to_answer,
        say=_say_days,
    ),
    Measure(
        key="petitions.made_public",
        order=30,
        name=gettext_lazy("Answers made public"),
        counted=gettext_lazy(
            "Of the answers delivered in these twelve months, how many are published here today. "
            "Before it is published, names, addresses and numbers are taken out of an answer, and "
            "somebody else reviews it."
        ),
        count=made_public,
        say=_say_public,
    ),
)


def register() -> None:
    """Once the models are ready."""
    registry.register(SOURCE)
    figures.register(*MEASURES)
