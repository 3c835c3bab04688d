"""The two operations. Whoever is signed in acts here as nobody in particular; what a receipt
opens is read as its holder."""

import hashlib
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Header, Router, Status

from evenhand.base.clock import now
from evenhand.kernel.access import idempotency, receipts
from evenhand.kernel.access.actor import PUBLIC, acting
from evenhand.kernel.access.throttle import Limit
from evenhand.web.api import REFUSED, ErrorOut, Refusal, limit

from ..actions import NobodyReceives, Submission, bring
from ..once import bring_once
from ..public.forms import REPORT, ContactForm, MatterForm, PersonForm
from ..states import Channel
from ..told import reports
from . import answers
from .given import ContactIn, PetitionIn, ReceiptIn

router = Router(tags=["petitions"])
BRING, FOLLOW = "api_petitions", "api_matters_follow"
#: From one network address, which may be that of a whole office or another body's system.
limit(BRING, Limit(120, timedelta(hours=1)))
limit(FOLLOW, Limit(300, timedelta(minutes=10)))


@router.post(
    "/petitions",
    response={201: answers.Acknowledgement, 409: ErrorOut, 503: ErrorOut, **REFUSED},
    url_name=BRING,
    operation_id="bring_petition",
    summary="Bring a matter",
)
def bring_petition(
    request: HttpRequest,
    petition: PetitionIn,
    key: Annotated[
        str,
        Header(
            alias="Idempotency-Key",
            min_length=16,
            max_length=200,
            pattern="^[!-~]+$",
            description="A new random one for each matter. A request sent again with the same "
            "key, within a week, brings nothing new and yields the same receipt.",
        ),
    ] = "",
) -> Status[answers.Acknowledgement]:
    """Take a matter in, and issue the receipt with which it is followed."""
    at = now()
    with acting(PUBLIC, at):
        receipt = _bring(petition, key, at)
        return Status(HTTPStatus.CREATED, answers.acknowledge(receipt, petition.language, at))


@router.post(
    "/matters/follow",
    response={200: answers.Following, 404: ErrorOut, **REFUSED},
    url_name=FOLLOW,
    operation_id="follow_matter",
    summary="Follow a matter",
)
def follow_matter(request: HttpRequest, shown: ReceiptIn) -> answers.Following:
    """How the matter stands that this receipt opens, in the language of Accept-Language."""
    at = now()
    with acting(PUBLIC, at):
        try:
            opened = receipts.open_matter(
                reference=shown.reference, typed_secret=shown.receipt, at=at
            )
        except receipts.WrongReceipt:
            raise _wrong_receipt() from None
        with acting(opened.holder_id, at):
            return answers.following(answers.case_of(opened.holder_id))


def _bring(petition: PetitionIn, key: str, at: datetime) -> receipts.IssuedReceipt:
    """Raises :class:`Refusal`; then nothing is stored."""
    if petition.kind == REPORT:
        raise _reports_go_elsewhere()
    submission = _submission(petition, at)
    try:
        if not key:
            return bring(submission=submission, at=at).receipt
        digest = hashlib.sha256(petition.model_dump_json().encode()).digest()
        return bring_once(submission=submission, key=key, request_digest=digest, at=at)
    except idempotency.Conflict:
        raise _key_used_before() from None
    except NobodyReceives:
        message = _("No office is set up here to receive matters. Please try again later.")
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "nobody_receives", message) from None


def _submission(petition: PetitionIn, at: datetime) -> Submission:
    """Cleaned by the forms of the public pages. Raises :class:`Refusal`."""
    contact = petition.contact or ContactIn()
    matter = MatterForm({"title": petition.title, "body": petition.body})
    person = _Contact(contact.model_dump())
    errors = {**_errors(matter, ""), **_errors(person, "contact.")}
    if errors:
        message = _("Some of what was sent cannot be taken. Mend the fields named here.")
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", message, errors)
    return Submission(
        kind=petition.kind,
        language=petition.language,
        channel=Channel.API,
        received_at=at,
        anonymous=not person.cleaned_data["name"],
        **matter.cleaned_data,
        **person.cleaned_data,
    )


class _Contact(ContactForm):
    name = PersonForm.base_fields["name"]


def _errors(form: Form, prefix: str) -> dict[str, str]:
    return {f"{prefix}{name}": " ".join(map(str, told)) for name, told in form.errors.items()}


def _wrong_receipt() -> Refusal:
    """One for everything, so that nobody learns which references there are."""
    message = _("Reference and receipt words do not fit together. Check both against your receipt.")
    return Refusal(HTTPStatus.NOT_FOUND, "wrong_receipt", message)


def _reports_go_elsewhere() -> Refusal:
    message = _(
        "A report that somebody broke the rules is not taken in here, and nothing of it was "
        "kept. %(where)s %(page)s says more."
    )
    page = f"{settings.EVENHAND_ADDRESS}{reverse('petitions:report')}"
    words = {"where": " ".join(reports()), "page": page}
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "report", message % words)


def _key_used_before() -> Refusal:
    field = _("This key was used before, for another request. Make a new one for each matter.")
    fields = {"Idempotency-Key": field}
    return Refusal(HTTPStatus.CONFLICT, "key_used_before", field, fields)
