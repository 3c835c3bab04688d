"""Telling people something, and their having read it."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from evenhand.base.ids import uuid7
from evenhand.kernel.ledger.actions import enter

from . import codes, tasks, writing
from .delivery import LEASE
from .models import LONGEST_ADDRESS, Notice

_UNUSABLE = "not a usable e-mail address"


@transaction.atomic
def notify(
    *,
    matter: uuid.UUID | None,
    recipient: uuid.UUID,
    email: str,
    language: str,
    template: str,
    context: Mapping[str, str | int | date],
    at: datetime,
) -> Notice:
    """Tell ``recipient`` something, in the transaction in which it happened.

    The notice stands in the inbox; with an ``email`` it is mailed once the transaction has
    committed. Whoever acts must see the matter. An address that cannot be used stops nothing:
    the notice keeps the reason. Raises :class:`~.writing.TooMuchSaid`.
    """
    language = language or settings.LANGUAGE_CODE
    words = writing.write(template, context, language)
    usable = _usable(email)
    notice = Notice(
        id=uuid7(at),
        matter_id=matter,
        recipient_id=recipient,
        email=email if usable else "",
        language=language,
        subject=words.subject,
        body=words.body,
        created_at=at,
        next_attempt_at=at + LEASE if usable else None,
        failed_reason=_UNUSABLE if email and not usable else "",
    )
    notice.save(force_insert=True)
    arguments = {"notice": str(notice.id), "template": template, "by_mail": usable}
    enter(code=codes.WRITTEN.key, at=at, matter=matter, arguments=arguments)
    if usable:
        tasks.queue(notice)
    return notice


def _usable(email: str) -> bool:
    """Whether mail can go there; a line break in it would become a header."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST_ADDRESS


def mark_read(*, recipient: uuid.UUID, notice: uuid.UUID | None, at: datetime) -> int:
    """The recipient has read one notice, or all that were written by then (None).

    Returns how many were unread; those of others are not touched.
    """
    unread = Notice.objects.inbox_of(recipient).unread().filter(created_at__lte=at)
    return (unread.filter(id=notice) if notice else unread).update(read_at=at)
