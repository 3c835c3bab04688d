"""What may stand in one cell. Each reader takes clean text that is not empty, and raises
``ValueError`` that says what was expected."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ..states import Kind

#: Earlier registers took more than the form of today does.
LONGEST_BODY = 100_000
_EPOCH = re.compile(r"\d{9,11}(\.\d+)?")
_EARLIEST = 1900


@dataclass(frozen=True)
class Statuses:
    """Which words of the register mean that a matter is closed, and which that it is open."""

    closed: frozenset[str] = frozenset(
        ["closed", "responded", "answered", "resolved", "done", "已办结", "办结", "已答复"]
    )
    open: frozenset[str] = frozenset(
        [
            "open",
            "new",
            "pending",
            "pending response",
            "in progress",
            "received",
            "待办",
            "在办",
            "办理中",
            "已受理",
            "已登记",
        ]
    )

    def means_closed(self, cell: str) -> bool:
        """Whether the matter is closed. An unknown word is refused, never guessed at."""
        word = cell.casefold()
        if word in self.closed or word in self.open:
            return word in self.closed
        message = _(
            "%(cell)r is not known; say with --closed or --open what it means. Known as closed: "
            "%(closed)s; as open: %(open)s"
        )
        closed, open_ = (", ".join(sorted(words)) for words in (self.closed, self.open))
        raise ValueError(message % {"cell": cell, "closed": closed, "open": open_})


@dataclass(frozen=True)
class Field:
    """One thing that a row may say. ``required``: once a column is named for it."""

    help: str
    read: Callable[[str], Any]
    required: bool = False


def _line(longest: int) -> Callable[[str], str]:
    read = _text(longest)
    return lambda cell: " ".join(read(cell).split())


def _text(longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > longest:
            message = _("%(n)d characters; at most %(most)d are allowed")
            raise ValueError(message % {"n": len(cell), "most": longest})
        return cell

    return read


def moment(cell: str) -> datetime:
    """Seconds since 1970, or a date or moment as ISO 8601 writes it; without a zone, local."""
    try:
        if _EPOCH.fullmatch(cell):
            return datetime.fromtimestamp(float(cell), UTC)
        found = datetime.fromisoformat(cell.replace("/", "-"))
        if found.year < _EARLIEST:
            raise ValueError(cell)
    except ValueError:
        message = _("%(cell)r is not a date such as 2026-03-02, nor seconds since 1970")
        raise ValueError(message % {"cell": cell}) from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def _email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise ValueError(_("%(cell)r is not an e-mail address") % {"cell": cell}) from None
    return cell


def _kind(cell: str) -> Kind:
    try:
        return Kind(cell.lower())
    except ValueError:
        message = _("%(cell)r is not one of %(listed)s")
        raise ValueError(message % {"cell": cell, "listed": ", ".join(Kind.values)}) from None


FIELDS: Mapping[str, Field] = {
    "title": Field("what it is about", _line(200), required=True),
    "body": Field("what happened, and what is asked for", _text(LONGEST_BODY), required=True),
    "id": Field("the register's own number of the matter", _line(200), required=True),
    "created": Field("when it was received", moment),
    "status": Field("open or closed, in the register's words", str),
    "closed": Field("when it was closed", moment),
    "deadline": Field("by when the register had promised an answer: kept on record", moment),
    "kind": Field("claim or suggestion; without it, a claim", _kind),
    "name": Field("of the person; without it, anonymous", _line(120)),
    "email": Field("of the person", _email),
    "telephone": Field("of the person", _line(40)),
    "address": Field("of the person", _line(300)),
}
#: The columns that must be named.
NEEDED = ("title", "body")
