"""A request sent twice is served once: by its key, held for a week.

Whoever has the key and the very same request gets the very same answer, the receipt included,
of which nothing is kept: its words are derived from both (:func:`.receipts.again`). Rows are
shown to holders of the key alone: their owner is no person, but derived from the key.
"""

import hmac
import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from .actor import acting
from .keyed import keyed_hash
from .models import Idempotency

KEPT_FOR = timedelta(days=7)
#: Long enough that nobody guesses another's, or hits upon it by chance.
_USABLE = re.compile(r"[\x21-\x7e]{16,200}")


class UnusableKey(ValueError):
    """Not 16 to 200 printable ASCII characters without spaces; a random UUID is a good key."""


class Conflict(Exception):
    """The key was used before, for another request."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What is known of a request. ``first``: nothing, so serve it and say :func:`served`;
    otherwise ``matter_id`` and ``reference`` are what came of it."""

    first: bool
    seed: bytes
    owner_id: uuid.UUID
    key_hash: bytes
    request_digest: bytes
    matter_id: uuid.UUID | None = None
    reference: str | None = None


def claim(*, key: str, request_digest: bytes, at: datetime) -> Claim:
    """Look whether the request was served before, and hold its key until the transaction ends.

    ``request_digest`` is SHA-256 over all that makes the request what it is. Of two at once the
    second waits for the first. Must run in a transaction.
    Raises :class:`UnusableKey`, :class:`Conflict`.
    """
    if not _USABLE.fullmatch(key):
        raise UnusableKey
    key_hash = keyed_hash("idempotency key", key.encode())
    owner = uuid.UUID(bytes=keyed_hash("idempotency owner", key.encode())[:16])
    _hold(key_hash)
    with acting(owner, at):
        earlier = Idempotency.objects.filter(owner_id=owner, key_hash=key_hash).first()
    if earlier and not hmac.compare_digest(bytes(earlier.request_digest), request_digest):
        raise Conflict
    return Claim(
        first=earlier is None,
        seed=keyed_hash("receipt seed", key.encode(), request_digest),
        owner_id=owner,
        key_hash=key_hash,
        request_digest=request_digest,
        matter_id=earlier.matter_id if earlier else None,
        reference=earlier.reference if earlier else None,
    )


def served(claim: Claim, *, matter: uuid.UUID, reference: str, at: datetime) -> None:
    """Keep what came of a first request, in the transaction that served it."""
    with acting(claim.owner_id, at):
        Idempotency.objects.create(
            owner_id=claim.owner_id,
            key_hash=claim.key_hash,
            request_digest=claim.request_digest,
            matter_id=matter,
            reference=reference,
            at=at,
        )


def purge(*, at: datetime) -> int:
    """Forget requests of more than a week before ``at``: for the sweep, as the clock."""
    count, _models = Idempotency.objects.filter(at__lte=at - KEPT_FOR).delete()
    return count


def _hold(key_hash: bytes) -> None:
    """A lock of this key's own until the transaction ends. Two keys that share one by chance
    merely wait for each other."""
    number = int.from_bytes(key_hash[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
