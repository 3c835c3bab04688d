"""The jobs of the worker: the sweep every minute, and one job for each consequence."""

import uuid
from collections.abc import Sequence

from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from evenhand.base import jobs
from evenhand.base.clock import now
from evenhand.kernel.access.actor import CLOCK, acting

from . import sweep as sweeping
from .models import Obligation


@app.periodic(cron="* * * * *")
@app.task(name="obligations.sweep", queueing_lock="obligations.sweep")
def sweep(timestamp: int) -> None:
    """Look at everything that fell due; ``timestamp`` is the beat, in seconds."""
    del timestamp  # the sweep looks at what is due now, however late the beat comes
    sweeping.sweep(at=now(), queue=queue)


def queue(obligations: Sequence[Obligation]) -> None:
    """Queue the consequences in the transaction that marked the obligations, in one statement."""
    found: list[JSONDict] = [{"obligation_id": str(o.id)} for o in obligations]
    jobs.defer(carry_out, *found)


@app.task(name="obligations.carry_out", retry=5)
def carry_out(obligation_id: str) -> None:
    """Let the consequence of one obligation follow; a second run changes nothing."""
    at = now()
    with acting(CLOCK, at):
        obligation = Obligation.objects.filter(id=uuid.UUID(obligation_id)).first()
        if obligation is not None:
            sweeping.carry_out(obligation, at)
