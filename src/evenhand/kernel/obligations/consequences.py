"""What follows when an obligation's time runs out: a registry that upper floors fill.

Kernel code below names no mechanism; an obligation names its consequence by key.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # filled by AppConfig.ready, which comes before the models
    from .models import Obligation

#: Carries out the consequence of one obligation at a moment. Must be idempotent.
Consequence = Callable[["Obligation", datetime], None]

_consequences: dict[str, Consequence] = {}


class UnknownConsequence(KeyError):
    """An obligation names a consequence that no installed app provides."""


def register(key: str, consequence: Consequence) -> None:
    """Raises ``ValueError`` when the key is taken by another."""
    if _consequences.setdefault(key, consequence) is not consequence:
        raise ValueError(f"consequence {key!r} is registered twice")


def get(key: str) -> Consequence:
    """Raises :class:`UnknownConsequence`."""
    try:
        return _consequences[key]
    except KeyError:
        raise UnknownConsequence(f"no installed app provides the consequence {key!r}") from None
