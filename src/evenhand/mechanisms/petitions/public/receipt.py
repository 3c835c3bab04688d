"""What stands on a receipt: the words, who answers, what is promised, whom to complain to."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.kernel.access.actor import acting
from evenhand.kernel.access.receipts import IssuedReceipt
from evenhand.kernel.calendar.explain import explain
from evenhand.kernel.cases import registry
from evenhand.kernel.cases.flows import Flow
from evenhand.kernel.cases.models import Case
from evenhand.kernel.obligations.actions import reckoning
from evenhand.kernel.obligations.models import Obligation
from evenhand.web.components import Row
from evenhand.web.dates import Written, write

from ..told import complaints


@dataclass(frozen=True)
class Promise:
    """The next promise in words: what, by when, who answers for it, how it was counted."""

    title: str
    text: str
    counted: str
    obligation: Obligation


def receipt_context(receipt: IssuedReceipt, *, holder: uuid.UUID, at: datetime) -> dict[str, Any]:
    """For ``components/receipt.html``; read as the holder whom the receipt was issued to."""
    language = get_language() or settings.LANGUAGE_CODE
    with acting(holder, at):
        case = Case.objects.select_related("accountable", "receiving_unit").get(
            reference=receipt.reference
        )
        promise = next_promise(case)
    return {
        "reference": receipt.reference,
        "words": receipt.words(language).split(),
        "digits": receipt.digits.split(),
        "rows": receipt_rows(case, promise),
        "promise": promise,
        "case": case,
    }


def receipt_rows(case: Case, promise: Promise | None) -> list[Row]:
    rows = [
        Row(key=_("About"), value=case.title),
        Row(key=_("Received"), value=write(case.received_at, Written.MOMENT)),
        Row(
            key=_("First received by"),
            value=_("%(person)s, %(unit)s, who answers for it until another has accepted it")
            % {"person": case.accountable, "unit": case.receiving_unit},
        ),
    ]
    if promise is not None:
        rows.append(Row(key=_("Next promise"), value=f"{promise.title}\n{promise.counted}"))
    return [*rows, Row(key=_("To complain about the handling"), value=complaints())]


def next_promise(case: Case, flow: Flow | None = None) -> Promise | None:
    """The running clock of the matter's stage; none once it is closed."""
    table = flow or registry.procedure(case.flow, case.flow_version).flow
    term = table.term_of(case.state)
    if term is None:
        return None
    running = Obligation.objects.open().filter(matter_id=case.id, argument=term.then)
    obligation = running.order_by("-due_at").first()
    if obligation is None:
        return None
    day = write(obligation.due_at, Written.LONG)
    pattern = (
        _("Until %(day)s: %(what)s") if term.window else _("Next promise: %(what)s by %(day)s")
    )
    return Promise(
        title=pattern % {"what": term.promise, "day": day},
        text=_("%(person)s, %(unit)s, answers for it.")
        % {"person": case.accountable, "unit": case.unit},
        counted=explain(reckoning(obligation)),
        obligation=obligation,
    )
