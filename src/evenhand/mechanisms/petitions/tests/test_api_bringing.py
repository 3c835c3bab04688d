"""A matter is brought by another system, and the person gets a receipt that opens it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.base.clock import now, played
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Account, Idempotency
from evenhand.kernel.access.throttle import Limit
from evenhand.kernel.cases.actions import take
from evenhand.kernel.cases.models import Case, Party
from evenhand.kernel.ledger.models import Opening
from evenhand.kernel.organisation.models import Post
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions.api import operations
from evenhand.mechanisms.petitions.models import Petition
from evenhand.mechanisms.petitions.states import Kind
from evenhand.web.api import limit

from .conftest import AT
from .sending import BRING, FOLLOW, PETITION, send

pytestmark = pytest.mark.usefixtures("cast")
KEY = "7c1d6a9e-5a0c-4f7e-9d4e-0f2f6f1f3b11"
CONTACT = {"name": "M. Lin", "email": "lin@example.org", "telephone": "1", "address": "Willow 2"}


def test_the_receipt_opens_the_matter() -> None:
    brought = send(BRING, PETITION)
    receipt = brought.json()["receipt"]
    assert brought.status_code == 201
    for typed in (receipt["words"], receipt["digits"]):
        shown = {"reference": brought.json()["reference"], "receipt": typed}
        assert send(FOLLOW, shown).json()["title"] == "Flooding"


def test_it_says_who_received_it_what_is_promised_and_whom_to_complain_to() -> None:
    with played(AT):
        told = send(BRING, PETITION).json()
    promise = told["promises"][0]
    assert told["first_received_by"] == {"name": "C. Yu", "unit": "Petition Office"}
    assert (promise["day"], promise["citation"]) == ("2026-03-17", "X22 art. 22")
    assert promise["says"].endswith("sent to the unit in charge by Tuesday 17 March 2026")
    assert promise["counted"].startswith("15 calendar days from 2 March 2026")
    assert "Inspector" in told["complaints"]
    assert told["follow_url"].endswith("/follow/")


def test_the_receipt_speaks_the_persons_language_whatever_the_program_reads() -> None:
    told = send(BRING, PETITION | {"language": "zh-hans"}, accept_language="en").json()
    assert told["receipt"]["language"] == "zh-hans"
    assert told["first_received_by"]["name"] == "于晨"
    assert not told["receipt"]["words"].isascii()


def test_contact_details_are_kept() -> None:
    send(BRING, PETITION | {"kind": "suggestion", "contact": CONTACT})
    with acting(CLOCK, now()):
        party, petition = Party.objects.get(), Petition.objects.get()
    assert {name: getattr(party, name) for name in CONTACT} == CONTACT
    assert (party.anonymous, petition.kind, petition.channel) == (False, "suggestion", "api")


def test_without_a_name_it_is_anonymous() -> None:
    send(BRING, PETITION | {"contact": {"telephone": "1"}})
    with acting(CLOCK, now()):
        assert Party.objects.get().anonymous


def test_a_report_is_told_where_it_goes_and_nothing_of_it_is_kept() -> None:
    refused = send(BRING, PETITION | {"kind": "report"}, idempotency_key=KEY)
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (422, "report")
    assert "discipline inspection" in error["message"]
    assert "/bring/report/" in error["message"]
    assert _kept() == 0


def test_the_same_request_again_yields_the_same_answer_and_no_second_matter() -> None:
    first, again = (send(BRING, PETITION, idempotency_key=KEY) for _time in range(2))
    assert (again.status_code, again.json()) == (201, first.json())
    assert _kept() == 1


def test_the_answer_is_the_same_even_when_the_matter_has_moved(cast: Cast) -> None:
    with played(AT):
        first = send(BRING, PETITION, idempotency_key=KEY)
    facts = {"kind": Kind.CLAIM, "unit": cast.water}
    take(case=_only().id, step="register", by=cast.registrar.id, at=_later(1), facts=facts)
    facts = {"handler": cast.wen}
    take(case=_only().id, step="accept", by=cast.water_clerk.id, at=_later(2), facts=facts)
    with played(_later(3)):
        assert send(BRING, PETITION, idempotency_key=KEY).json() == first.json()


def test_another_request_under_the_same_key_is_refused() -> None:
    send(BRING, PETITION, idempotency_key=KEY)
    refused = send(BRING, PETITION | {"title": "Wages"}, idempotency_key=KEY)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "key_used_before")
    assert "Idempotency-Key" in refused.json()["error"]["fields"]
    assert _kept() == 1


@pytest.mark.parametrize("key", ["short", "with a space in between", "x" * 201])
def test_an_unusable_key_is_refused(key: str) -> None:
    refused = send(BRING, PETITION, idempotency_key=key)
    assert refused.status_code == 422
    assert list(refused.json()["error"]["fields"]) == ["Idempotency-Key"]


def test_a_matter_that_fails_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("evenhand.kernel.access.idempotency.served", fail)
    client = Client(raise_request_exception=False)
    assert send(BRING, PETITION, client=client, idempotency_key=KEY).status_code == 500
    with acting(CLOCK, now()):
        assert not Idempotency.objects.exists()
        assert not Opening.objects.exists()
    assert _kept() == 0


def test_whoever_is_signed_in_acts_as_nobody_in_particular(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    account = Account.objects.create_account(
        person=cast.registrar, email="yu@example.org", password="correct horse battery"
    )
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert send(BRING, PETITION, client=client).status_code == 201
    with acting(CLOCK, now()):
        brought = Opening.objects.get(arguments__channel="api").arguments
    assert brought["by"] != str(cast.registrar.id)


def test_without_an_office_it_says_so() -> None:
    Post.objects.filter(powers__contains=["petitions.register"]).update(powers=[])
    refused = send(BRING, PETITION)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "nobody_receives")


def test_one_too_many_from_one_address_is_told_when_to_try_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("evenhand.kernel.access.gate._counted", {})
    limit(operations.BRING, Limit(2, timedelta(minutes=10)))
    answers = [send(BRING, body) for body in (PETITION, "{", PETITION)]
    assert [answer.status_code for answer in answers] == [201, 400, 429]
    assert answers[-1].json()["error"]["code"] == "too_many"
    assert 0 < int(answers[-1]["Retry-After"]) <= 301


def _only() -> Case:
    with acting(CLOCK, now()):
        return Case.objects.get()


def _kept() -> int:
    with acting(CLOCK, now()):
        return Case.objects.count()


def _later(days: int) -> Any:
    return AT + timedelta(days=days)
