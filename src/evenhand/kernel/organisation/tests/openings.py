"""What entries without a matter committed to, read as the system reads it: nobody else may."""

from datetime import UTC, datetime
from typing import Any

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.ledger.models import Opening


def opened(**lookup: Any) -> dict[str, Any]:
    """The arguments of the one opening that fits."""
    (found,) = every(**lookup).values()
    return found


def every(**lookup: Any) -> dict[Any, dict[str, Any]]:
    """Arguments by the entry's id."""
    with acting(CLOCK, datetime(2026, 3, 2, tzinfo=UTC)):
        return {o.entry_id: o.arguments for o in Opening.objects.filter(**lookup)}
