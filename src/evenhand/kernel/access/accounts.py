"""Opening and closing accounts. An account is a way in; it carries no powers.

``by`` is the person who acts (or a system actor), ``at`` the moment of the act.
"""

import uuid
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evenhand.kernel.ledger.actions import enter
from evenhand.kernel.ledger.codes import Code
from evenhand.kernel.organisation.models import Person

from . import codes, tasks
from .actor import acting
from .attempts import normalised
from .models import Account


class AccountProblem(Exception):
    """A change that was refused; the message is for the person who asked."""


class AccountOpen(AccountProblem):
    """The person has an open account."""


class EmailUnusable(AccountProblem):
    """The address is none, or another account has it."""


@transaction.atomic
def open_account(*, person: Person, email: str, by: uuid.UUID, at: datetime) -> Account:
    """Open an account, or the person's closed one again, and mail the link to set a password.

    Raises :class:`AccountOpen`, :class:`EmailUnusable`.
    """
    person = Person.objects.select_for_update(no_key=True).get(id=person.id)
    account = Account.objects.filter(person=person).first()
    if account and account.is_active:
        raise AccountOpen(_("%(person)s has an account already.") % {"person": person})
    account = account or Account(person=person)
    account.email, account.is_active = _usable(email), True
    account.set_unusable_password()
    _save(account)
    tasks.send_invitation.defer(account_id=str(account.id))
    _enter(codes.ACCOUNT_OPENED, account, by, at)
    return account


@transaction.atomic
def close_account(*, account: Account, by: uuid.UUID, at: datetime) -> None:
    """Close the account: its sessions, password, second factor and links end with it.

    Closing a closed account again changes nothing.
    """
    account = Account.objects.select_for_update().select_related("person").get(id=account.id)
    if not account.is_active:
        return
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=account).delete()
    _enter(codes.ACCOUNT_CLOSED, account, by, at)


@transaction.atomic
def change_language(*, account: Account, language: str, by: uuid.UUID, at: datetime) -> None:
    """Pages after the next sign-in, and mail, are in this language (a code of LANGUAGES).

    Raises ``ValueError`` on a language that the house does not speak.
    """
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"unknown language {language!r}")
    account.language = language
    account.save(update_fields=["language"])
    _enter(codes.LANGUAGE_CHANGED, account, by, at, language=language)


def _usable(email: str) -> str:
    email = normalised(email)
    try:
        validate_email(email)
    except ValidationError:
        raise EmailUnusable(_("%(email)s is not an e-mail address.") % {"email": email}) from None
    return email


def _save(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", None) != "access_account_email_key":
            raise
        message = _("Another account has the address %(email)s.")
        raise EmailUnusable(message % {"email": account.email}) from None


def _enter(code: Code, account: Account, by: uuid.UUID, at: datetime, **more: str) -> None:
    person = account.person
    arguments = {
        "by": str(by),
        "account": str(account.id),
        "person": person.name,
        "person_id": str(person.id),
    }
    with acting(by, at):
        enter(code=code.key, at=at, arguments=arguments | more)
