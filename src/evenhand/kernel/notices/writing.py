"""The words of a notice and of the mail that carries it, in the recipient's language.

Others may read a person's mail. So a template is given only what :data:`SAYABLE` names, a
mail holds no link into a matter and no secret, and every mail ends in the same frame.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from evenhand.kernel.organisation.models import Person

from .models import Notice

#: All that a notice may tell of its matter: which one it is, a date, a number.
SAYABLE = frozenset({"reference", "date", "count"})
_SUBJECT_LENGTH = 200
_BLANK_LINES = re.compile(r"\n{3,}")


class TooMuchSaid(ValueError):
    """A notice was to tell something that could betray its matter to others."""


@dataclass(frozen=True)
class Words:
    """Subject (one line) and body (plain text) of a notice."""

    subject: str
    body: str


def write(template: str, context: Mapping[str, str | int | date], language: str) -> Words:
    """Render ``notices/TEMPLATE.subject.txt`` and ``notices/TEMPLATE.txt``.

    Raises :class:`TooMuchSaid` for a key outside :data:`SAYABLE`.
    """
    if unsayable := set(context) - SAYABLE:
        raise TooMuchSaid(f"notice {template!r} may not tell {', '.join(sorted(unsayable))}")
    with translation.override(language):
        subject = _render(f"notices/{template}.subject.txt", context)
        body = _render(f"notices/{template}.txt", context)
    return Words(" ".join(subject.split())[:_SUBJECT_LENGTH], body)


def mail(notice: Notice) -> EmailMessage:
    """The notice as a mail. A second try is the same message: mailboxes know it by its id."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name = _body_name(notice.language)
    return EmailMessage(
        subject=notice.subject,
        body=_framed(notice, name),
        from_email=formataddr((name, sender), charset="utf-8"),
        to=[notice.email],
        headers={
            "Message-ID": f"<{notice.id}@{sender.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": translation.to_locale(notice.language).replace("_", "-"),
        },
    )


def _framed(notice: Notice, body_name: str) -> str:
    context = {
        "body": notice.body,
        "body_name": body_name,
        "address": settings.EVENHAND_ADDRESS,
        "to_staff": Person.objects.filter(id=notice.recipient_id).exists(),
        "of_a_matter": notice.matter_id is not None,
    }
    with translation.override(notice.language):
        return _render("notices/mail.txt", context)


def _body_name(language: str) -> str:
    names: Mapping[str, str] = settings.EVENHAND_BODY_NAME
    return names.get(language, names["en"])


def _render(name: str, context: Mapping[str, object]) -> str:
    """Plain text: nothing is escaped, outer and doubled blank lines go."""
    compiled = get_template(name).template  # type: ignore[attr-defined]
    text: str = compiled.render(Context(dict(context), autoescape=False))
    return _BLANK_LINES.sub("\n\n", text).strip()
