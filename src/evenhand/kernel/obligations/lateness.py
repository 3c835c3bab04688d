"""Lateness, computed from an obligation's moments. Pure: no query, no clock."""

import enum
from datetime import datetime, tzinfo

from django.utils.translation import gettext_lazy as _

from .models import Obligation


class Standing(enum.Enum):
    """How an obligation stands at a moment."""

    RUNNING = _("running")
    OVERDUE = _("overdue")
    KEPT = _("kept")
    LATE = _("kept late")
    CANCELLED = _("cancelled")
    PASSED = _("passed")


def standing(obligation: Obligation, at: datetime) -> Standing:
    """A window is never late: it runs, then it has passed."""
    if obligation.cancelled_at is not None:
        return Standing.CANCELLED
    ended = obligation.submitted_at
    late = (ended or at) > obligation.due_at
    if obligation.window:
        return Standing.PASSED if ended or late else Standing.RUNNING
    if ended is None:
        return Standing.OVERDUE if late else Standing.RUNNING
    return Standing.LATE if late else Standing.KEPT


def days_late(obligation: Obligation, at: datetime, tz: tzinfo) -> int:
    """Whole calendar days from the day it was due to its end, else to ``at``; 0 if in time."""
    ended = obligation.submitted_at or at
    days = (ended.astimezone(tz).date() - obligation.due_at.astimezone(tz).date()).days
    return max(days, 0)
