"""What a petitioner sees of a matter, gathered in a constant number of queries."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.kernel.access.models import Reading
from evenhand.kernel.cases import registry
from evenhand.kernel.cases.flows import Flow
from evenhand.kernel.cases.models import Case, Message
from evenhand.kernel.evidence.models import File
from evenhand.kernel.ledger.models import Entry, Opening
from evenhand.kernel.obligations.lateness import standing
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.rules import naming
from evenhand.kernel.rules.citations import Citation
from evenhand.web.components import FileLink, TimelineEntry, TimelineState
from evenhand.web.dates import Written, write

from ..actions import BROUGHT
from ..models import Document
from ..told import complaints, length
from .receipt import next_promise


def my_case(holder: uuid.UUID) -> Case | None:
    """The one matter that this receipt's holder brought."""
    related = ("accountable", "unit", "receiving_unit", "petition")
    return Case.objects.filter(parties__actor_id=holder).select_related(*related).first()


@dataclass(frozen=True)
class Happened:
    """One act in the matter, as the ledger holds it."""

    code: str
    at: datetime
    arguments: dict[str, Any]


def happened(case: Case) -> list[Happened]:
    """Every act in the matter, in order; two queries."""
    openings = {o.entry_id: o.arguments for o in Opening.objects.filter(matter_id=case.id)}
    entries = Entry.objects.filter(id__in=openings).order_by("at", "id")
    return [Happened(e.code, e.at, openings[e.id]) for e in entries]


def overview(case: Case, holder: uuid.UUID, at: datetime) -> dict[str, Any]:
    """All that the page "Follow my matter" shows."""
    flow = registry.procedure(case.flow, case.flow_version).flow
    promise = next_promise(case, flow)
    documents = list(
        Document.objects.filter(case=case, issued_at__isnull=False).order_by("issued_at")
    )
    return {
        "case": case,
        "promise": promise,
        "basis": _basis(promise.obligation.citation) if promise else "",
        "timeline": [*_past(case, flow), *_to_come(case, flow)],
        "documents": documents,
        "messages_written": list(Message.objects.filter(case=case)),
        "files": _files(case),
        "complaints": complaints(),
        "review_within": length("petitions.review_window"),
        "closed": flow.is_closed(case.state),
        "may_withdraw": case.state in flow.step("ask_withdrawal").source,
        "withdrawal_asked": case.petition.withdrawal_asked_at is not None,
    }


def _basis(citation: str) -> str:
    return naming.spoken(Citation.parse(citation), get_language() or "en")


def _past(case: Case, flow: Flow) -> Iterator[TimelineEntry]:
    """What happened, told to the petitioner; what is the staff's own business is left out."""
    owed = Obligation.objects.filter(matter_id=case.id, window=False)
    ended = {o.submitted_at: o for o in owed if o.submitted_at}
    for act in happened(case):
        if act.code == BROUGHT:
            yield TimelineEntry(
                state=TimelineState.DONE,
                title=_("Received"),
                text=_("%(unit)s answered for it until another accepted it.")
                % {"unit": case.receiving_unit},
                when=write(case.received_at, Written.MOMENT),
            )
        elif (told := _told(flow, act.code)) is not None:
            yield TimelineEntry(
                state=TimelineState.DONE,
                title=told,
                text=str(act.arguments.get("reason", "")),
                when=write(act.at, Written.MOMENT),
                note=_kept(ended.get(act.at)),
            )


def _kept(obligation: Obligation | None) -> str:
    """Whether the promise that the act ended was kept, and on what it rested."""
    if obligation is None:
        return ""
    assert obligation.submitted_at is not None
    return _("Promised by %(day)s · %(standing)s · %(basis)s") % {
        "day": write(obligation.due_at, Written.SHORT),
        "standing": standing(obligation, obligation.submitted_at).value,
        "basis": _basis(obligation.citation),
    }


def _told(flow: Flow, code: str) -> str | None:
    prefix, dot, name = code.rpartition(".")
    if not dot or prefix != flow.key:
        return None
    return str(flow.step(name).told) or None


def _to_come(case: Case, flow: Flow) -> Iterator[TimelineEntry]:
    """Where it stands, and the rest of the usual way."""
    if flow.is_closed(case.state):
        return
    yield TimelineEntry(
        state=TimelineState.CURRENT, title=flow.states(case.state).label, when=_("now")
    )
    path = list(flow.path)
    onward = path[path.index(flow.states(case.state)) + 1 :] if case.state in path else []
    for state in onward:
        yield TimelineEntry(state=TimelineState.FUTURE, title=state.label)


def _files(case: Case) -> list[FileLink]:
    rows = File.objects.filter(matter_id=case.id, withdrawn_at=None).order_by("at", "id")
    return [
        FileLink(name=f.name, size=f.size, url=reverse("evidence:download", args=[f.id]))
        for f in rows
    ]


def takeaway(case: Case, holder: uuid.UUID, at: datetime) -> dict[str, Any]:
    """All that is held on the petitioner in this matter, and who has read it: plain values."""
    party = case.parties.get(actor_id=holder)
    return {
        "reference": case.reference,
        "taken": at.isoformat(),
        "title": case.title,
        "text": case.petition.body,
        "stage": case.state,
        "received": case.received_at.isoformat(),
        "recorded": case.recorded_at.isoformat(),
        "you": {
            "name": party.name,
            "email": party.email,
            "telephone": party.telephone,
            "address": party.address,
        },
        "documents": [
            {"number": d.number, "kind": d.kind, "issued": str(d.issued_at), "text": d.reasons}
            for d in Document.objects.filter(case=case, issued_at__isnull=False)
        ],
        "messages": [
            {"from_you": m.from_petitioner, "at": m.at.isoformat(), "text": m.body}
            for m in Message.objects.filter(case=case)
        ],
        "acts": [{"code": a.code, "at": a.at.isoformat()} for a in happened(case)],
        "readings": [
            {"at": r.at.isoformat(), "purpose": r.purpose}
            for r in Reading.objects.filter(matter_id=case.id).order_by("at")
        ],
    }
