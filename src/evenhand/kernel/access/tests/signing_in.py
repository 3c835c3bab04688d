"""What the tests of sign-in share: accounts, codes from an app, the worker's round."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.models import Person

PASSWORD = "four quiet herons wading"
WRONG = "four quiet herons waiting"


def make_account(person: Person, **more: Any) -> Account:
    account = Account.objects.create_account(person=person, email=person.email, password=PASSWORD)
    Account.objects.filter(id=account.id).update(**more)
    return account


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account_home")).status_code == 200


def add_app(account: Account) -> str:
    """Give the account a second factor; returns its key."""
    key = generate_totp_secret()
    TOTP.activate(account, key)
    return key


def code_of(key: str, steps: int = 0) -> str:
    """What the app shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + steps))


def has_app(account: Account) -> bool:
    return Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()


def run_jobs() -> list[mail.EmailMessage]:
    """Do what the worker would; returns the mail that it sent."""
    before = len(mail.outbox)
    for job in ProcrastinateJob.objects.order_by("id"):
        app.tasks[job.task_name](**job.args)
    return mail.outbox[before:]


def link_in(message: mail.EmailMessage) -> str:
    """The path of the one link in a mail."""
    (path,) = re.findall(r"https?://[^/\s]+(/\S+)", str(message.body))
    return str(path)
