"""Bringing a petition once, however often the request for it is sent."""

from datetime import datetime

from django.db import transaction

from evenhand.kernel.access import idempotency, receipts

from .actions import Submission, bring


@transaction.atomic
def bring_once(
    *, submission: Submission, key: str, request_digest: bytes, at: datetime
) -> receipts.IssuedReceipt:
    """As :func:`.actions.bring`; the same key with the same request again yields the receipt of
    the first time, and brings nothing.

    Raises :class:`~evenhand.kernel.access.idempotency.UnusableKey`,
    :class:`~evenhand.kernel.access.idempotency.Conflict` (the same key for another request),
    :class:`~.actions.NobodyReceives`.
    """
    claim = idempotency.claim(key=key, request_digest=request_digest, at=at)
    if not claim.first:
        assert claim.reference is not None  # kept with every request that was served
        return receipts.again(reference=claim.reference, seed=claim.seed)
    brought = bring(submission=submission, at=at, seed=claim.seed)
    case = brought.case
    idempotency.served(claim, matter=case.id, reference=case.reference, at=at)
    return brought.receipt
