"""What the API of petitions answers: a receipt, or how a matter stands."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from http import HTTPStatus

from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AwareDatetime, Field

from evenhand.kernel.access import receipts
from evenhand.kernel.access.actor import acting
from evenhand.kernel.calendar.explain import explain
from evenhand.kernel.cases import registry
from evenhand.kernel.cases.models import Case, Message
from evenhand.kernel.obligations.actions import reckoning
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.organisation.models import Person
from evenhand.web.api import Refusal
from evenhand.web.dates import Written, write

from ..actions import BROUGHT
from ..documents import PARTS
from ..models import Document
from ..public.following import happened, my_case
from ..public.receipt import next_promise
from ..states import DocumentKind, Kind, Result, State
from ..told import complaints


class ReceiptWords(Schema):
    """Shown this once; nothing of it is kept."""

    words: str
    digits: str
    language: str


class Responsible(Schema):
    """Who answers for the matter."""

    name: str
    unit: str


class PromiseOut(Schema):
    """What is promised by when. ``window``: a period that the person may use; nobody is late."""

    says: str = Field(description="A whole sentence.")
    day: date
    due_at: AwareDatetime = Field(description="The last moment of that day.")
    counted: str = Field(description="How the date was counted.")
    citation: str
    provisional: bool
    window: bool


class Acknowledgement(Schema):
    """The receipt, who received the matter, and what is promised from now on."""

    reference: str
    receipt: ReceiptWords
    received_at: AwareDatetime
    first_received_by: Responsible
    promises: list[PromiseOut]
    complaints: str = Field(description="Whom to complain to about the handling.")
    follow_url: str


class Named(Schema):
    """One of a fixed list: a code for programs, words for people."""

    code: str
    label: str


class Act(Schema):
    """One thing that happened in the matter."""

    at: AwareDatetime
    says: str


class Reply(Schema):
    """A document that was issued; ``parts`` are those that it has, by name."""

    kind: Named
    number: str
    issued_at: AwareDatetime
    served_on: date | None
    result: Named | None
    parts: dict[str, str]


class MessageOut(Schema):
    at: AwareDatetime
    from_petitioner: bool
    body: str


class Following(Schema):
    """How a matter stands."""

    reference: str
    title: str
    kind: Named
    stage: Named
    received_at: AwareDatetime
    recorded_at: AwareDatetime
    closed_at: AwareDatetime | None
    responsible: Responsible
    next_promise: PromiseOut | None
    happened: list[Act]
    replies: list[Reply]
    messages: list[MessageOut]
    complaints: str


def acknowledge(receipt: receipts.IssuedReceipt, language: str, at: datetime) -> Acknowledgement:
    """The same for a request that is sent again, whatever has happened since: it says who
    received the matter first, and what was promised first."""
    try:
        opened = receipts.open_matter(
            reference=receipt.reference, typed_secret=receipt.digits, at=at
        )
    except receipts.WrongReceipt:
        raise _receipt_replaced() from None
    with acting(opened.holder_id, at), translation.override(language):
        case = case_of(opened.holder_id)
        brought = next(act for act in happened(case) if act.code == BROUGHT)
        first = Person.objects.get(id=brought.arguments["accountable"])
        return Acknowledgement(
            reference=case.reference,
            receipt=ReceiptWords(
                words=receipt.words(language), digits=receipt.digits, language=language
            ),
            received_at=timezone.localtime(case.received_at),
            first_received_by=Responsible(name=str(first), unit=str(case.receiving_unit)),
            promises=[_first_promise(case)],
            complaints=complaints(),
            follow_url=f"{settings.EVENHAND_ADDRESS}{reverse('petitions:follow')}",
        )


def case_of(holder: uuid.UUID) -> Case:
    case = my_case(holder)
    assert case is not None  # the receipt has just opened it
    return case


def _first_promise(case: Case) -> PromiseOut:
    flow = registry.procedure(case.flow, case.flow_version).flow
    term = flow.term_of(flow.initial)
    first = Obligation.objects.filter(matter_id=case.id).order_by("opened_at", "id").first()
    assert term is not None  # every flow begins with a clock
    assert first is not None
    words = {"what": term.promise, "day": write(first.due_at, Written.LONG)}
    return _promise(first, _("Next promise: %(what)s by %(day)s") % words)


def _promise(obligation: Obligation, says: str) -> PromiseOut:
    due_at = timezone.localtime(obligation.due_at)
    counted = reckoning(obligation)
    return PromiseOut(
        says=says,
        day=due_at.date(),
        due_at=due_at,
        counted=explain(counted),
        citation=obligation.citation,
        provisional=counted.provisional,
        window=obligation.window,
    )


def following(case: Case) -> Following:
    promise = next_promise(case)
    return Following(
        reference=case.reference,
        title=case.title,
        kind=_named(Kind(case.petition.kind)),
        stage=_named(State(case.state)),
        received_at=timezone.localtime(case.received_at),
        recorded_at=timezone.localtime(case.recorded_at),
        closed_at=case.closed_at and timezone.localtime(case.closed_at),
        responsible=Responsible(name=str(case.accountable), unit=str(case.unit)),
        next_promise=_promise(promise.obligation, promise.title) if promise else None,
        happened=list(_acts(case)),
        replies=list(_replies(case)),
        messages=[
            MessageOut(at=timezone.localtime(m.at), from_petitioner=m.from_petitioner, body=m.body)
            for m in Message.objects.filter(case=case)
        ],
        complaints=complaints(),
    )


def _acts(case: Case) -> Iterator[Act]:
    """What happened, told to the petitioner; what is the staff's own business is left out."""
    flow = registry.procedure(case.flow, case.flow_version).flow
    told = {registry.code_of(flow, step.name): str(step.told) for step in flow.steps if step.told}
    told[BROUGHT] = _("Received")
    for act in happened(case):
        if act.code in told:
            yield Act(at=timezone.localtime(act.at), says=told[act.code])


def _replies(case: Case) -> Iterator[Reply]:
    issued = Document.objects.filter(case=case, issued_at__isnull=False)
    for document in issued.order_by("issued_at", "id"):
        written = {part: getattr(document, part) for part in PARTS if part != "result"}
        yield Reply(
            kind=_named(DocumentKind(document.kind)),
            number=document.number or "",
            issued_at=timezone.localtime(document.issued_at),
            served_on=document.served_on,
            result=_named(Result(document.result)) if document.result else None,
            parts={part: text for part, text in written.items() if text},
        )


def _named(choice: TextChoices) -> Named:
    return Named(code=choice.value, label=str(choice.label))


def _receipt_replaced() -> Refusal:
    message = _(
        "This request was served before, and its receipt has been replaced since. "
        "Use the receipt that replaced it."
    )
    return Refusal(HTTPStatus.CONFLICT, "receipt_replaced", message)
