"""The one sweep: finds what ran out, marks and ledgers it set-based, queues what follows."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from evenhand.kernel.access import handover
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.ledger.actions import Act, enter_many

from . import codes, consequences
from .models import Obligation

BATCH = 500
#: A consequence that did not follow (its job died) is queued again after this time.
LOOK_AGAIN = timedelta(hours=1)

#: Queues the consequences of obligations, in the sweep's own transaction.
Queue = Callable[[Sequence[Obligation]], None]


def sweep(*, at: datetime, queue: Queue) -> int:
    """Look at everything whose ``look_at`` has come; returns how many rows were looked at.

    First of all, what people left behind whose terms of office ran out gets somebody to answer
    for it. Batches are claimed with ``SKIP LOCKED``: several sweeps at once share the work.
    """
    handover.catch_up(at)
    total = 0
    while found := _batch(at=at, queue=queue):
        total += found
    return total


@transaction.atomic
def _batch(*, at: datetime, queue: Queue) -> int:
    with acting(CLOCK, at):
        claimed = list(
            Obligation.objects.open()
            .select_for_update(skip_locked=True)
            .filter(look_at__lte=at)
            .order_by("look_at", "id")[:BATCH]
        )
        _mark(claimed, at)
        queue(claimed)
    return len(claimed)


def _mark(claimed: list[Obligation], at: datetime) -> None:
    ids = [obligation.id for obligation in claimed]
    breached = [o for o in claimed if not o.window and o.breached_at is None]
    Obligation.objects.filter(id__in=ids).update(look_at=at + LOOK_AGAIN)
    Obligation.objects.filter(id__in=[o.id for o in breached]).update(breached_at=at)
    enter_many(
        Act(
            code=codes.BREACHED.key,
            at=at,
            matter=o.matter_id,
            arguments={"obligation": str(o.id), "key": o.key, "due": o.due_at.isoformat()},
        )
        for o in breached
    )


def carry_out(obligation: Obligation, at: datetime) -> None:
    """Let an obligation's consequence follow. Idempotent, as every consequence is."""
    with acting(CLOCK, at), translation.override(None):
        consequences.get(obligation.consequence)(obligation, at)
