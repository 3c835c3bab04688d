"""``evenhand sweep``: look at everything that fell due, now or as at a given moment."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from evenhand.base.clock import now
from evenhand.kernel.obligations import sweep as sweeping
from evenhand.kernel.obligations.models import Obligation


def moment(text: str) -> datetime:
    """``2026-05-01`` or ``2026-05-01T17:00``, in the body's own zone unless it names one."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is not a moment; write 2026-05-01T17:00") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


class Command(BaseCommand):
    help = "Look at everything that fell due and let its consequences follow, here and now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", type=moment, metavar="TIME", help="as at this moment")

    def handle(self, *args: Any, **options: Any) -> None:
        at = options["at"] or now()
        found: list[Obligation] = []
        sweeping.sweep(at=at, queue=found.extend)
        for obligation in found:
            sweeping.carry_out(obligation, at)
        self.stdout.write(f"{len(found)} obligations looked at, as at {at.isoformat()}")
