"""Terms as the rules write them: ``15 wd``, ``60 cd``, ``3 mo``, ``2 h``."""

import re
from dataclasses import dataclass
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LONGEST = 9999


class Unit(TextChoices):
    """What a term is counted in; kept with every figure, since the rules mix them."""

    CALENDAR_DAYS = "cd", _("calendar days")
    WORKING_DAYS = "wd", _("working days")
    MONTHS = "mo", _("months")
    HOURS = "h", _("hours")


# English by name, not by label: profiles are read before translations are ready.
_ACCEPTED = ", ".join(f"{unit.value} ({unit.name.lower().replace('_', ' ')})" for unit in Unit)
_WRITTEN = re.compile(rf"([0-9]+) ?({'|'.join(Unit.values)})")


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time in the unit in which the rule gives it.

    ``length`` is a whole number from 1 to 9999. Raises :class:`ValueError` for any other.
    """

    length: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.length <= LONGEST:
            raise ValueError(_refusal(f"{self.length} {self.unit}"))

    @classmethod
    def parse(cls, text: str) -> Self:
        """``"15 wd"`` as a term. Raises :class:`ValueError` that says what is accepted."""
        found = _WRITTEN.fullmatch(text.strip())
        if not found or len(found[1]) > len(str(LONGEST)):
            raise ValueError(_refusal(text))
        return cls(int(found[1]), Unit(found[2]))

    def __str__(self) -> str:
        return f"{self.length} {self.unit.value}"


def _refusal(text: str) -> str:
    return (
        f"{text!r} is not a term: write a whole number from 1 to {LONGEST} and a unit, "
        f'as in "15 wd"; the units are {_ACCEPTED}'
    )
