"""Whether somebody has an account cannot be found out from outside."""

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from evenhand.base.clock import now
from evenhand.kernel.access.accounts import close_account
from evenhand.kernel.access.actor import OPERATOR
from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.tests.cast import Cast

from .signing_in import PASSWORD, WRONG, add_app, make_account, run_jobs, sign_in

NOBODY = "nobody@nanzhi.example"


@pytest.fixture
def known(cast: Cast) -> dict[str, str]:
    """Addresses by what stands behind them."""
    opened = make_account(cast.wen)
    with_app = make_account(cast.qiao)
    add_app(with_app)
    closed = make_account(cast.registrar)
    close_account(account=closed, by=OPERATOR, at=now())
    invited = Account(person=cast.newcomer, email=cast.newcomer.email)
    invited.set_unusable_password()
    invited.save()
    accounts = {"open": opened, "with app": with_app, "closed": closed, "invited": invited}
    return {name: account.email for name, account in accounts.items()} | {"none": NOBODY}


def told(response: Any, typed: str) -> tuple[int, str]:
    """What a page tells, without its tokens and what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return response.status_code, text.replace(typed, "")


def test_a_wrong_password_is_answered_alike_for_all(known: dict[str, str]) -> None:
    answers = {told(sign_in(Client(), email, WRONG), email) for email in known.values()}
    assert len(answers) == 1


def test_a_closed_account_is_no_account_even_with_its_password(
    cast: Cast, known: dict[str, str]
) -> None:
    Account.objects.filter(person=cast.wen).update(is_active=False)
    right = told(sign_in(Client(), known["open"], PASSWORD), known["open"])
    assert right == told(sign_in(Client(), NOBODY, PASSWORD), NOBODY)


def test_a_password_is_hashed_once_for_all(known: dict[str, str], settings: Settings) -> None:
    """Hashing is what takes the time: as often for nobody's address as for anybody's."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    counts = set()
    for email in known.values():
        with patch.object(
            ScryptPasswordHasher, "encode", autospec=True, side_effect=ScryptPasswordHasher.encode
        ) as encode:
            sign_in(Client(), email, WRONG)
        counts.add(encode.call_count)
    assert counts == {1}


def test_asking_for_a_link_is_answered_alike_for_all(known: dict[str, str]) -> None:
    def ask(email: str) -> tuple[int, str, int, str]:
        client = Client()
        response = client.post(reverse("account_reset_password"), {"email": email})
        return *told(response, email), *told(client.get(response["Location"]), email)

    assert len({ask(email) for email in known.values()}) == 1


def test_asking_for_a_link_does_the_same_work_for_all(
    known: dict[str, str],
) -> None:
    def ask(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            Client().post(reverse("account_reset_password"), {"email": email})
        return [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in asked.captured_queries]

    queries = {tuple(ask(email)) for email in known.values()}
    assert len(queries) == 1
    assert "access_account" not in str(queries)


def test_a_link_goes_to_open_accounts_only(known: dict[str, str]) -> None:
    for email in known.values():
        Client().post(reverse("account_reset_password"), {"email": email})
    assert ProcrastinateJob.objects.count() == len(known)
    assert {message.to[0] for message in run_jobs()} == {
        known["open"],
        known["with app"],
        known["invited"],
    }


def test_too_many_attempts_are_answered_alike_for_all(known: dict[str, str]) -> None:
    def exhaust(email: str, address: str) -> tuple[int, str]:
        for _ in range(6):
            response = sign_in(Client(REMOTE_ADDR=address), email, WRONG)
        return told(response, email)

    answers = {exhaust(email, f"192.0.2.{number}") for number, email in enumerate(known.values())}
    assert {status for status, _text in answers} == {429}
    assert len(answers) == 1
