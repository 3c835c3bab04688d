"""The mail that accounts need, sent by the worker, and the deleting of what has expired.

A page that was asked for a link queues the typed address as it is, and looks nothing up: it
does the same work whether or not there is an account, and whoever waits for its answer learns
nothing from the time. The link itself is made when the mail is: it never lies in the queue.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from evenhand.base.clock import now

from . import expiry, links
from .attempts import normalised
from .models import Account

#: Six tries in about an hour, then the job stays behind as failed.
_RETRY = RetryStrategy(max_attempts=6, exponential_wait=4)

#: What a mail says was changed, by the name that django-allauth has for it.
NOTICES: Mapping[str, str | Promise] = {
    "password_changed": _("The password of your account was changed."),
    "password_reset": _("The password of your account was set with a link from a mail."),
    "totp_activated": _("Signing in to your account now needs a code from an app."),
    "totp_deactivated": _("Signing in to your account no longer needs a code from an app."),
    "recovery_codes_generated": _("New recovery codes were made for your account."),
}


@app.task(name="access.send_invitation", retry=_RETRY)
def send_invitation(account_id: str) -> None:
    """Tell somebody that an account was opened, with the link that sets its password."""
    account = Account.objects.select_related("person").get(id=uuid.UUID(account_id))
    if account.is_active:
        facts = {"link": links.password_link(account), "days": links.days()}
        _send("invitation", account, account.language, facts)


@app.task(name="access.send_password_link", retry=_RETRY)
def send_password_link(email: str, language: str) -> None:
    """Send the link to the account with this address, if there is an open one."""
    found = Account.objects.select_related("person").filter(email=normalised(email))
    if account := found.filter(is_active=True).first():
        facts = {"link": links.password_link(account), "days": links.days()}
        _send("password_link", account, account.language or language, facts)


@app.task(name="access.send_notice", retry=_RETRY)
def send_notice(account_id: str, notice: str, at: str) -> None:
    """Tell the person of an account what was changed at it, one of :data:`NOTICES`."""
    account = Account.objects.select_related("person").get(id=uuid.UUID(account_id))
    facts = {
        "what": NOTICES[notice],
        "at": datetime.fromisoformat(at),
        "link": links.absolute("account_reset_password"),
    }
    _send("notice", account, account.language, facts)


@app.periodic(cron="41 * * * *")
@app.task(name="access.delete_expired", queueing_lock="access.delete_expired")
def delete_expired(timestamp: int) -> None:
    """Delete what has expired; ``timestamp`` is the beat, in seconds."""
    del timestamp  # what has expired by now counts, however late the beat comes
    expiry.delete_expired(at=now())


def _send(kind: str, account: Account, language: str, facts: Mapping[str, Any]) -> None:
    with translation.override(language or settings.LANGUAGE_CODE):
        names = settings.EVENHAND_BODY_NAME
        body_name = names.get(translation.get_language() or "en", names["en"])
        context = dict(facts) | {"person": account.person, "body_name": body_name}
        subject = render_to_string(f"account/mail/{kind}_subject.txt", context)
        text = render_to_string(f"account/mail/{kind}.txt", context)
    EmailMessage(" ".join(subject.split()), text, to=[account.email]).send()
