"""Signing in and out: with a password, with an account only, with a session of its own."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from evenhand.base import clock
from evenhand.kernel.access.adapters import AccountAdapter
from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.tests.cast import Cast

from .signing_in import PASSWORD, WRONG, is_signed_in, make_account, sign_in


@pytest.fixture
def account(cast: Cast) -> Account:
    return make_account(cast.wen)


def test_the_right_password_leads_to_the_desk(client: Client, account: Account) -> None:
    response = sign_in(client, account.email)
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert is_signed_in(client)


def test_the_address_may_be_typed_in_capitals(client: Client, account: Account) -> None:
    sign_in(client, f" {account.email.upper()} ")
    assert is_signed_in(client)


def test_a_wrong_password_leads_nowhere(client: Client, account: Account) -> None:
    response = sign_in(client, account.email, WRONG)
    assert "The e-mail address or the password is not right" in response.content.decode()
    assert not is_signed_in(client)


def test_a_person_without_an_account_has_no_way_in(client: Client, cast: Cast) -> None:
    sign_in(client, cast.qiao.email)
    response = client.get(reverse("account_home"))
    assert response["Location"] == "/account/sign-in/?next=/account/"


def test_only_addresses_of_this_site_are_gone_to_afterwards(
    client: Client, account: Account
) -> None:
    elsewhere = reverse("account_login") + "?next=https://elsewhere.example/"
    response = client.post(elsewhere, {"login": account.email, "password": PASSWORD})
    assert response["Location"] == "/desk/"


def test_nobody_opens_an_account_for_himself(client: Client, db: None) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    for path in ("signup/", "sign-up/", "email/", "confirm-email/", "login/code/"):
        assert client.get(f"/account/{path}").status_code == 404
    assert not AccountAdapter().is_open_for_signup(client.request().wsgi_request)


def test_the_session_has_a_new_key_after_signing_in(client: Client, account: Account) -> None:
    client.get(reverse("account_login"))
    planted = client.session
    planted["planted"] = "by somebody else"
    planted.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = str(planted.session_key)
    sign_in(client, account.email)
    assert client.session.session_key != planted.session_key
    store = import_module(configured.SESSION_ENGINE).SessionStore
    assert not store().exists(planted.session_key)


def test_a_session_ends_twelve_hours_after_signing_in(client: Client, account: Account) -> None:
    start = timezone.now()
    with clock.played(start):
        sign_in(client, account.email)
    with clock.played(start + timedelta(hours=11, minutes=59)):
        assert is_signed_in(client)
    with clock.played(start + timedelta(hours=12)):
        assert not is_signed_in(client)


def test_the_cookie_of_the_session_ends_with_the_browser(client: Client, account: Account) -> None:
    cookie = sign_in(client, account.email).cookies[configured.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == ""
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_out_takes_a_form_and_not_a_link(client: Client, account: Account) -> None:
    sign_in(client, account.email)
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_signing_in_needs_the_token_of_the_form(account: Account) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, account.email).status_code == 403


def test_pages_of_the_account_are_in_no_cache(client: Client, account: Account) -> None:
    sign_in(client, account.email)
    assert "no-store" in client.get(reverse("account_home"))["Cache-Control"]


def test_the_account_shows_the_posts_from_which_its_powers_come(
    client: Client, cast: Cast, account: Account
) -> None:
    sign_in(client, account.email)
    page = client.get(reverse("account_home")).content.decode()
    assert "Handler, Supply, Water Bureau: since 1 January 2020" in page


def language_of(client: Client, page: str) -> str:
    found = re.search(r'<html[^>]* lang="([\w-]+)"', client.get(reverse(page)).content.decode())
    assert found
    return found[1]


def test_the_language_of_the_account_is_spoken_after_signing_in(
    client: Client, account: Account
) -> None:
    Account.objects.filter(id=account.id).update(language="zh-hans")
    assert language_of(client, "account_login") == "en"
    sign_in(client, account.email)
    assert language_of(client, "account_home") == "zh-Hans"


def test_a_chosen_language_stays_chosen(client: Client, account: Account) -> None:
    sign_in(client, account.email)
    client.post(reverse("account_home"), {"language": "zh-hans"})
    account.refresh_from_db()
    assert account.language == "zh-hans"
    assert language_of(client, "account_home") == "zh-Hans"
