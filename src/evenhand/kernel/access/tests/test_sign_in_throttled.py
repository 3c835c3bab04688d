"""Guessing is slowed down, and the person whose password is guessed at still gets in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.base import clock
from evenhand.kernel.access.attempts import KNOWN_BROWSER
from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.tests.cast import Cast

from .signing_in import PASSWORD, WRONG, is_signed_in, link_in, make_account, run_jobs, sign_in

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOME, THERE = "192.0.2.7", "198.51.100.1"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.played(AT):
        yield


@pytest.fixture
def account(cast: Cast) -> Account:
    return make_account(cast.wen)


def guess(email: str, times: int, address: str = THERE) -> list[int]:
    client = Client(REMOTE_ADDR=address)
    return [sign_in(client, email, WRONG).status_code for _ in range(times)]


def botnet(email: str) -> None:
    """From so many addresses that the account itself is closed to strangers."""
    for number in range(1, 21):
        guess(email, 5, f"203.0.113.{number}")


def test_the_sixth_guess_is_refused_and_the_right_password_with_it(account: Account) -> None:
    assert guess(account.email, 6) == [200] * 5 + [429]
    client = Client(REMOTE_ADDR=THERE)
    response = sign_in(client, account.email)
    assert response.status_code == 429
    assert response["Retry-After"] == "61"
    assert "Wait a minute, then try again." in response.content.decode()
    assert not is_signed_in(client)


def test_after_the_wait_the_right_password_is_let_through(account: Account) -> None:
    guess(account.email, 8)
    client = Client(REMOTE_ADDR=THERE)
    with clock.played(AT + MINUTE):
        sign_in(client, account.email)
    assert is_signed_in(client)


def test_somebody_elsewhere_is_not_locked_out_by_one_who_guesses(account: Account) -> None:
    guess(account.email, 20)
    client = Client(REMOTE_ADDR=HOME)
    sign_in(client, account.email)
    assert is_signed_in(client)


def test_guesses_from_many_addresses_are_refused_all_the_same(account: Account) -> None:
    botnet(account.email)
    assert guess(account.email, 1, HOME) == [429]


def test_a_known_browser_gets_in_however_many_guess(account: Account) -> None:
    client = Client(REMOTE_ADDR=HOME)
    sign_in(client, account.email)
    client.post(reverse("account_logout"))
    botnet(account.email)
    guess(account.email, 6, HOME)
    sign_in(client, account.email)
    assert is_signed_in(client)


def test_a_new_browser_gets_in_by_mail_however_many_guess(account: Account) -> None:
    botnet(account.email)
    client = Client(REMOTE_ADDR=HOME)
    assert sign_in(client, account.email).status_code == 429
    client.post(reverse("account_reset_password"), {"email": account.email})
    (message,) = run_jobs()
    page = client.get(link_in(message), follow=True)
    new = "five loud geese crossing"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert sign_in(client, account.email, new).status_code == 302


def test_a_known_browser_may_not_guess_for_ever(account: Account) -> None:
    client = Client()
    sign_in(client, account.email)
    client.post(reverse("account_logout"))
    answers = [sign_in(client, account.email, WRONG).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_browser_known_to_one_account_is_a_stranger_to_another(
    cast: Cast, account: Account
) -> None:
    other = make_account(cast.qiao)
    client = Client()
    sign_in(client, account.email)
    client.post(reverse("account_logout"))
    answers = [sign_in(client, other.email, WRONG).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_a_made_up_cookie_makes_no_browser_known(account: Account) -> None:
    client = Client()
    client.cookies[KNOWN_BROWSER] = "0123456789abcdef.0123456789abcdef"
    answers = [sign_in(client, account.email, WRONG).status_code for _ in range(6)]
    assert answers[-1] == 429


def test_one_address_cannot_try_one_password_at_everybody(db: None) -> None:
    client = Client(REMOTE_ADDR=THERE)
    answers = [
        sign_in(client, f"person{number}@nanzhi.example", WRONG).status_code for number in range(61)
    ]
    assert answers == [200] * 60 + [429]


def test_addresses_of_one_ipv6_network_count_as_one(account: Account) -> None:
    answers = [guess(account.email, 1, f"2001:db8:0:1::{host}")[0] for host in range(1, 7)]
    assert answers == [200] * 5 + [429]


def test_a_forged_header_makes_no_other_address(account: Account) -> None:
    client = Client(REMOTE_ADDR=THERE)
    answers = [
        sign_in(client, account.email, WRONG, headers={"x-forwarded-for": f"192.0.2.{n}"})
        for n in range(6)
    ]
    assert answers[-1].status_code == 429


def test_those_who_sign_in_rightly_wear_nothing_out(cast: Cast, account: Account) -> None:
    for _ in range(70):
        assert sign_in(Client(REMOTE_ADDR=HOME), account.email, PASSWORD).status_code == 302


def test_links_by_mail_are_few(account: Account) -> None:
    client = Client()
    asked = reverse("account_reset_password")
    answers = [client.post(asked, {"email": account.email}).status_code for _ in range(4)]
    assert answers == [302] * 3 + [429]


def test_a_borrowed_session_cannot_guess_the_password(client: Client, account: Account) -> None:
    sign_in(client, account.email)
    answers = [
        client.post(reverse("account_reauthenticate"), {"password": WRONG}).status_code
        for _ in range(11)
    ]
    assert answers == [200] * 10 + [429]
