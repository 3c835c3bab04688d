"""Accounts are opened with a link by mail, closed at once, and give no power by themselves."""

import io
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from evenhand.kernel.access import accounts, links
from evenhand.kernel.access.actor import OPERATOR, acting
from evenhand.kernel.access.models import Account
from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.organisation.actions import appoint, relieve
from evenhand.kernel.organisation.models import Person, Tenure
from evenhand.kernel.organisation.tests.cast import Cast

from .signing_in import PASSWORD, add_app, is_signed_in, link_in, make_account, run_jobs, sign_in

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def account(cast: Cast) -> Account:
    return make_account(cast.wen)


def open_for(person: Person, email: str = "L.Wen@Nanzhi.example") -> Account:
    return accounts.open_account(person=person, email=email, by=OPERATOR, at=AT)


def set_password(client: Client, path: str, password: str = PASSWORD) -> str:
    """Follow a link and choose a password; returns the page that answers."""
    page = client.get(path, follow=True)
    form = {"password1": password, "password2": password}
    return client.post(page.request["PATH_INFO"], form).content.decode()


# Opening.


def test_a_new_account_gets_a_link_and_no_password(cast: Cast) -> None:
    account = open_for(cast.wen)
    (message,) = run_jobs()
    assert message.to == [account.email] == ["l.wen@nanzhi.example"]
    assert "The link works once, and for 3 days." in message.body
    assert not account.has_usable_password()


def test_the_link_sets_the_password_and_signs_in_once(client: Client, cast: Cast) -> None:
    path = links.password_link(open_for(cast.wen)).removeprefix("http://localhost:8000")
    set_password(client, path)
    assert is_signed_in(client)
    page = Client().get(path, follow=True).content.decode()
    assert "This link no longer works" in page


def test_the_link_expires(client: Client, cast: Cast) -> None:
    open_for(cast.wen)
    (message,) = run_jobs()
    later = datetime.now() + timedelta(days=3, seconds=2)
    with patch.object(PasswordResetTokenGenerator, "_now", return_value=later):
        page = client.get(link_in(message), follow=True).content.decode()
    assert "This link no longer works" in page


def test_the_key_of_the_link_does_not_stay_in_the_address(client: Client, cast: Cast) -> None:
    open_for(cast.wen)
    (message,) = run_jobs()
    page = client.get(link_in(message), follow=True)
    assert page.request["PATH_INFO"].endswith("-set-password/")


def test_a_short_or_common_password_is_refused(client: Client, cast: Cast) -> None:
    open_for(cast.wen)
    (message,) = run_jobs()
    assert "too short" in set_password(client, link_in(message), "herons")
    assert not is_signed_in(client)


def test_the_mail_is_in_the_language_of_the_account(account: Account) -> None:
    Account.objects.filter(id=account.id).update(language="zh-hans")
    with patch("evenhand.kernel.access.tasks.translation.override") as spoken:
        Client().post(reverse("account_reset_password"), {"email": account.email})
        run_jobs()
    spoken.assert_called_once_with("zh-hans")


def test_opening_and_closing_stand_in_the_ledger(cast: Cast) -> None:
    account = open_for(cast.wen)
    accounts.close_account(account=account, by=OPERATOR, at=AT)
    accounts.close_account(account=account, by=OPERATOR, at=AT)
    written = list(Entry.objects.order_by("id").values_list("code", flat=True))
    assert written == ["access.account.opened", "access.account.closed"]


def test_a_person_has_one_account(account: Account) -> None:
    with pytest.raises(accounts.AccountOpen, match="has an account already"):
        open_for(account.person)


def test_an_address_belongs_to_one_account(cast: Cast, account: Account) -> None:
    with pytest.raises(accounts.EmailUnusable, match="Another account has the address"):
        open_for(cast.qiao, account.email.upper())


def test_what_is_no_address_is_refused(cast: Cast) -> None:
    with pytest.raises(accounts.EmailUnusable, match="is not an e-mail address"):
        open_for(cast.qiao, "qiao at nanzhi")


def test_no_address_is_kept_in_capitals(account: Account) -> None:
    with pytest.raises(IntegrityError, match="email_in_lower_case"):
        Account.objects.filter(id=account.id).update(email="Wen@nanzhi.example")


def test_an_unknown_language_is_refused(account: Account) -> None:
    with pytest.raises(ValueError, match="unknown language"):
        accounts.change_language(account=account, language="xx", by=OPERATOR, at=AT)


# Closing, and changing the password.


def test_closing_ends_sessions_password_second_factor_and_links(
    client: Client, account: Account
) -> None:
    sign_in(client, account.email)
    account.refresh_from_db()
    link = links.password_link(account).removeprefix("http://localhost:8000")
    add_app(account)
    accounts.close_account(account=account, by=OPERATOR, at=AT)
    assert not is_signed_in(client)
    sign_in(client, account.email)
    assert not is_signed_in(client)
    assert not Authenticator.objects.exists()
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_an_account_opened_again_does_not_revive_what_was(client: Client, account: Account) -> None:
    sign_in(client, account.email)
    accounts.close_account(account=account, by=OPERATOR, at=AT)
    assert open_for(account.person).id == account.id
    assert not is_signed_in(client)


def test_a_changed_password_ends_every_session_and_is_told_by_mail(
    client: Client, account: Account
) -> None:
    elsewhere = Client()
    sign_in(client, account.email)
    sign_in(elsewhere, account.email)
    new = "five loud geese crossing"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), form)
    assert not is_signed_in(client)
    assert not is_signed_in(elsewhere)
    (message,) = run_jobs()
    assert "The password of your account was changed." in message.body
    assert sign_in(client, account.email, new).status_code == 302


def test_a_password_set_by_mail_ends_the_other_sessions(client: Client, account: Account) -> None:
    elsewhere = Client()
    sign_in(elsewhere, account.email)
    client.post(reverse("account_reset_password"), {"email": account.email})
    (message,) = run_jobs()
    set_password(client, link_in(message), "five loud geese crossing")
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


# Powers.


def powers(person: Person, at: datetime) -> list[str]:
    """What row security takes the person's powers to be."""
    with acting(person.id, at), connection.cursor() as cursor:
        cursor.execute("SELECT power FROM access_my_power")
        return [power for (power,) in cursor.fetchall()]


def test_an_account_without_a_post_gives_no_power(cast: Cast) -> None:
    make_account(cast.newcomer)
    assert powers(cast.newcomer, AT) == []


@pytest.fixture
def leaving(cast: Cast) -> Person:
    """Somebody whose last day in office is 31 May."""
    tenure = Tenure.objects.get(post=cast.posts["wen"])
    relieve(tenure=tenure, until=date(2026, 6, 1), by=OPERATOR, at=AT)
    return cast.wen


def test_power_ends_at_midnight_with_the_term(leaving: Person) -> None:
    midnight = datetime(2026, 5, 31, 16, 0, tzinfo=UTC)  # of the county, eight hours ahead
    assert powers(leaving, midnight - timedelta(seconds=1)) == ["handle"]
    assert powers(leaving, midnight) == []


def test_power_begins_with_the_term(cast: Cast, leaving: Person) -> None:
    since = date(2026, 6, 1)
    appoint(post=cast.posts["wen"], person=cast.newcomer, since=since, by=OPERATOR, at=AT)
    midnight = datetime(2026, 5, 31, 16, 0, tzinfo=UTC)
    assert powers(cast.newcomer, midnight - timedelta(seconds=1)) == []
    assert powers(cast.newcomer, midnight) == ["handle"]


# The command.


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("accounts", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_opens_an_account_and_keeps_the_link_to_itself(cast: Cast) -> None:
    written = command("open", cast.wen.staff_number, "wen@nanzhi.example")
    assert "a link is mailed to wen@nanzhi.example" in written
    assert "http" not in written


def test_the_command_prints_the_link_when_asked(client: Client, cast: Cast) -> None:
    written = command("open", cast.wen.staff_number, "wen@nanzhi.example", "--print-link")
    set_password(client, written.splitlines()[1].removeprefix("http://localhost:8000"))
    assert is_signed_in(client)


def test_the_command_says_why_it_refuses(account: Account) -> None:
    with pytest.raises(CommandError, match="nobody has the staff number NZ999"):
        command("open", "NZ999", "wen@nanzhi.example")
    with pytest.raises(CommandError, match="has an account already"):
        command("open", account.person.staff_number, "wen@nanzhi.example")
    with pytest.raises(CommandError, match="no account for the staff number NZ999"):
        command("close", "NZ999")


def test_the_command_lists_accounts_by_their_state(cast: Cast, account: Account) -> None:
    open_for(cast.qiao, "qiao@nanzhi.example")
    make_account(cast.registrar)
    command("close", cast.registrar.staff_number)
    states = {row.split("\t")[0]: row.split("\t")[3] for row in command("list").splitlines()}
    assert states == {
        account.person.staff_number: "open",
        cast.qiao.staff_number: "invited",
        cast.registrar.staff_number: "closed",
    }
