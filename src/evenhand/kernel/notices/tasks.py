"""The worker's part: to send, and to find what nobody sends."""

import uuid

from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from evenhand.base import jobs
from evenhand.base.clock import now
from evenhand.kernel.access.actor import CLOCK, acting

from . import delivery
from .models import Notice


@app.task(name="notices.send")
def send(notice_id: str, attempt: int) -> None:
    """Make one attempt to send one notice; a second run does nothing."""
    delivery.send(notice=uuid.UUID(notice_id), attempt=attempt, at=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="notices.pick_up", queueing_lock="notices.pick_up")
def pick_up(timestamp: int) -> None:
    """Queue what is due again or lost its job; ``timestamp`` is the beat, in seconds."""
    del timestamp  # what is due now counts, however late the beat comes
    at = now()
    with acting(CLOCK, at):
        queue(*delivery.overdue(at=at))


def queue(*notices: Notice) -> None:
    """Queue the next attempt for each, in the present transaction."""
    jobs.defer(send, *map(_arguments, notices))


def _arguments(notice: Notice) -> JSONDict:
    return {"notice_id": str(notice.id), "attempt": notice.attempts}
