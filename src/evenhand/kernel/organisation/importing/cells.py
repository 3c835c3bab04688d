"""What may stand in one cell. Each reader takes clean text and raises ``ValueError`` that says
what was expected; an empty cell is never given to it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from evenhand.kernel.organisation import powers
from evenhand.kernel.organisation.models import Category, Level

_Known = TypeVar("_Known")
Reader = Callable[[str], Any]

_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_CATEGORIES = {one.value: one for one in Category}
_LEVELS = {one.name.lower(): one for one in Level}
_LEVELS_OR_NUMBERS = _LEVELS | {str(one.value): one for one in Level}
_YES_NO = {"yes": True, "true": True, "1": True, "是": True}
_YES_NO |= {"no": False, "false": False, "0": False, "否": False}


def text(longest: int) -> Callable[[str], str]:
    """Any text of at most so many characters, on one line."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            message = _("%(n)d characters; at most %(most)d are allowed")
            raise ValueError(message % {"n": len(cell), "most": longest})
        return " ".join(cell.split("\n"))

    return read


def email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise ValueError(_("%(cell)r is not an e-mail address") % {"cell": cell}) from None
    return text(254)(cell)


def day(cell: str) -> date:
    """``2026-03-02``, and ``2026/3/2`` as spreadsheets write it; the year comes first."""
    if found := _DAY.fullmatch(cell):
        try:
            return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            raise ValueError(_("there is no day %(cell)s") % {"cell": cell}) from None
    message = _("%(cell)r is not a date such as 2026-03-02")
    raise ValueError(message % {"cell": cell})


def yes_no(cell: str) -> bool:
    return _one_of(_YES_NO, cell, "yes, no")


def category(cell: str) -> Category:
    return _one_of(_CATEGORIES, cell, ", ".join(_CATEGORIES))


def level(cell: str) -> Level:
    """By name (``county``) or by number (``4``)."""
    return _one_of(_LEVELS_OR_NUMBERS, cell, ", ".join(_LEVELS))


def power_list(cell: str) -> list[str]:
    """Registered powers, separated by spaces, commas or semicolons; in the order of the keys."""
    given = set(re.split(r"[\s,;，；、]+", cell)) - {""}
    known = [power.key for power in powers.every()]
    if unknown := sorted(given.difference(known)):
        message = _("no power %(unknown)s; known are %(known)s")
        raise ValueError(message % {"unknown": ", ".join(unknown), "known": ", ".join(known)})
    return sorted(given)


def _one_of(known: Mapping[str, _Known], cell: str, listed: str) -> _Known:
    try:
        return known[cell.lower()]
    except KeyError:
        message = _("%(cell)r is not one of %(listed)s")
        raise ValueError(message % {"cell": cell, "listed": listed}) from None
