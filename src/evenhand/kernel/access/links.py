"""The link with which somebody sets a password, once."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from .models import Account


def absolute(name: str) -> str:
    """The full address of a page that needs no arguments, as it stands in a mail."""
    return f"{settings.EVENHAND_ADDRESS}{reverse(name)}"


def password_link(account: Account) -> str:
    """A link that sets the account's password.

    It works once, until the password changes, for :func:`days`. Whoever has it has the account:
    it is mailed or handed to its person, and never kept.
    """
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(account),
            "key": default_token_generator.make_token(account),
        },
    )
    return f"{settings.EVENHAND_ADDRESS}{path}"


def days() -> int:
    """For how many days a link works."""
    return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days
