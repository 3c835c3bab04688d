"""The second factor: set up in an app, asked for at sign-in, turned off again."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.tests.cast import Cast

from . import signing_in
from .signing_in import PASSWORD, add_app, code_of, has_app, is_signed_in, make_account, sign_in

Commits = Callable[..., AbstractContextManager[list[Callable[[], None]]]]


@pytest.fixture
def account(cast: Cast) -> Account:
    return make_account(cast.wen)


@pytest.fixture
def key(account: Account) -> str:
    """The key of an app that is set up."""
    return add_app(account)


def confirm(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def type_code(client: Client, code: str) -> None:
    client.post(reverse("mfa_authenticate"), {"code": code})


def set_up(client: Client) -> str:
    """As the page tells it: read the key, give it to an app, type what the app shows."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    key = found[1].replace(" ", "")
    client.post(reverse("mfa_activate_totp"), {"code": code_of(key)})
    return key


def test_it_is_set_up_after_the_password_is_typed_again(client: Client, account: Account) -> None:
    sign_in(client, account.email)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    confirm(client)
    set_up(client)
    assert has_app(account)


def test_a_wrong_first_code_turns_nothing_on(client: Client, account: Account) -> None:
    sign_in(client, account.email)
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "This code is not right" in response.content.decode()
    assert not has_app(account)


def test_the_picture_holds_the_key_and_obeys_a_strict_policy(
    client: Client, account: Account
) -> None:
    sign_in(client, account.email)
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    picture = client.get(reverse("mfa_totp_qr"))
    assert (picture["Content-Type"], "no-store" in picture["Cache-Control"]) == (
        "image/svg+xml",
        True,
    )
    drawn = picture.content.decode()
    assert "<path" in drawn
    assert not re.search(r"style|<script|data:|href", drawn)
    assert not re.search(r'style=|<script(?! src)|data:|="javascript', page)


def test_the_picture_is_shown_to_whoever_sets_it_up_alone(client: Client, account: Account) -> None:
    assert client.get(reverse("mfa_totp_qr")).status_code == 302
    sign_in(client, account.email)
    assert client.get(reverse("mfa_totp_qr")).status_code == 404


def test_the_key_lies_encrypted(client: Client, account: Account) -> None:
    sign_in(client, account.email)
    confirm(client)
    key = set_up(client)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert key not in stored


def test_a_password_alone_no_longer_signs_in(client: Client, account: Account, key: str) -> None:
    assert sign_in(client, account.email)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    type_code(client, code_of(key))
    assert is_signed_in(client)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_half_a_minute_off_is_forgiven(
    client: Client, account: Account, key: str, steps: int
) -> None:
    sign_in(client, account.email)
    type_code(client, code_of(key, steps))
    assert is_signed_in(client)


def test_a_code_may_be_typed_wide_and_in_groups(client: Client, account: Account, key: str) -> None:
    code = code_of(key).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    sign_in(client, account.email)
    type_code(client, f"{code[:3]} {code[3:]}")
    assert is_signed_in(client)


def test_a_code_is_good_once_whichever_process_sees_it(account: Account, key: str) -> None:
    code, other = code_of(key), Client()
    for client, typed in ((Client(), code), (other, f"{code[:3]}-{code[3:]}")):
        cache.clear()  # as a process that has not seen the code
        sign_in(client, account.email)
        type_code(client, typed)
    assert not is_signed_in(other)


def test_codes_cannot_be_guessed_through(client: Client, account: Account, key: str) -> None:
    stranger = Client()
    sign_in(stranger, account.email)
    pages = [
        stranger.post(reverse("mfa_authenticate"), {"code": f"00000{n}"}).content.decode()
        for n in range(6)
    ]
    assert "This code is not right" in pages[4]
    assert "Too many attempts. Wait a minute" in pages[5]
    type_code(stranger, code_of(key))
    assert not is_signed_in(stranger)


def test_a_link_by_mail_does_not_go_round_the_second_factor(
    client: Client, account: Account, key: str
) -> None:
    client.post(reverse("account_reset_password"), {"email": account.email})
    (message,) = signing_in.run_jobs()
    page = client.get(signing_in.link_in(message), follow=True)
    new = "five loud geese crossing"
    response = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert response["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_recovery_codes_are_shown_once_and_each_is_good_once(
    client: Client, account: Account
) -> None:
    sign_in(client, account.email)
    confirm(client)
    set_up(client)
    shown = re.findall(r"<code>(\d{8})</code>", client.get(codes_page()).content.decode())
    assert len(shown) == 10
    assert "<code>" not in client.get(codes_page()).content.decode()
    outcomes = []
    for _ in range(2):
        other = Client()
        sign_in(other, account.email)
        type_code(other, shown[0])
        outcomes.append(is_signed_in(other))
    assert outcomes == [True, False]


def codes_page() -> str:
    return reverse("mfa_view_recovery_codes")


def test_new_recovery_codes_replace_the_old(client: Client, account: Account, key: str) -> None:
    sign_in(client, account.email)
    type_code(client, code_of(key))
    confirm(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    first = re.findall(r"<code>(\d{8})</code>", client.get(codes_page()).content.decode())
    client.post(reverse("mfa_generate_recovery_codes"))
    second = re.findall(r"<code>(\d{8})</code>", client.get(codes_page()).content.decode())
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)


def test_it_is_turned_off_after_the_password_is_typed_again(
    client: Client, account: Account, key: str
) -> None:
    sign_in(client, account.email)
    type_code(client, code_of(key))
    client.post(reverse("mfa_deactivate_totp"))
    assert has_app(account)
    confirm(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=account).exists()


def test_its_person_is_told_by_mail(
    client: Client, account: Account, django_capture_on_commit_callbacks: Commits
) -> None:
    sign_in(client, account.email)
    confirm(client)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    (message,) = signing_in.run_jobs()
    assert message.to == [account.email]
    assert "Signing in to your account now needs a code from an app." in message.body
