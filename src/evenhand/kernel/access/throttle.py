"""How often something may be tried, counted for all web processes together.

Each thing that is counted has a bucket in the database. An attempt pours a little into it, it
leaks evenly, and when it would overflow the attempt is refused: so many at once, then one more
whenever a share of the time has passed. One row for each bucket and one statement for all
buckets of an attempt, so that attempts at the same moment cannot slip through together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

_POUR = """
INSERT INTO access_throttle AS held (bucket, empty_at)
SELECT wanted.bucket, %(at)s::timestamptz + wanted.drip
FROM unnest(%(buckets)s::bytea[], %(drips)s::interval[]) AS wanted (bucket, drip)
ORDER BY wanted.bucket
ON CONFLICT (bucket) DO UPDATE
SET empty_at = greatest(held.empty_at, %(at)s::timestamptz)
             + (excluded.empty_at - %(at)s::timestamptz)
RETURNING held.bucket, held.empty_at
"""
# Locked rows are being poured into this moment; another call finds them.
_FORGET = """
DELETE FROM access_throttle WHERE bucket IN (
    SELECT bucket FROM access_throttle WHERE empty_at < %s LIMIT 100 FOR UPDATE SKIP LOCKED
)
"""


@dataclass(frozen=True)
class Limit:
    """At most ``times`` at once, and one more whenever ``per / times`` has passed."""

    times: int
    per: timedelta


@dataclass(frozen=True)
class Bucket:
    """What is counted, by its keyed hash, and how much of it is let through."""

    key: bytes
    limit: Limit

    @property
    def drip(self) -> timedelta:
        """What one attempt pours in, as the time that it takes to leak."""
        return self.limit.per // self.limit.times


class _Overflow(Exception):
    def __init__(self, wait: timedelta) -> None:
        self.wait = wait


def bucket(limit: Limit, *parts: str) -> Bucket:
    """The bucket of whatever ``parts`` name; the first part says what is tried."""
    value = "\x1f".join(parts)
    digest = salted_hmac("evenhand.throttle", value, algorithm="sha256").digest()
    return Bucket(digest, limit)


def admit(buckets: Sequence[Bucket], at: datetime) -> timedelta | None:
    """Count one attempt in every bucket, or in none when one of them is full.

    Returns ``None`` when it is admitted, else how long until the next would be.
    """
    try:
        with transaction.atomic():
            levels = _pour(buckets, [b.drip for b in buckets], at)
            wait = max(levels[b.key] - at - b.limit.per for b in buckets)
            if wait > timedelta():
                raise _Overflow(wait)
    except _Overflow as overflow:
        return overflow.wait
    return None


def give_back(buckets: Sequence[Bucket], at: datetime) -> None:
    """Uncount one attempt: it succeeded, and only failures should wear on anybody."""
    _pour(buckets, [-b.drip for b in buckets], at)


def forget_empty(at: datetime) -> None:
    """Remove buckets that have run empty, a hundred at a time."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [at])


def _pour(
    buckets: Sequence[Bucket], drips: Sequence[timedelta], at: datetime
) -> dict[bytes, datetime]:
    """Always in the order of the keys, so that two who pour at once cannot lock each other."""
    keys: Any = [b.key for b in buckets]  # lists become arrays, which the stubs do not know
    lengths: Any = list(drips)
    with connection.cursor() as cursor:
        cursor.execute(_POUR, {"at": at, "buckets": keys, "drips": lengths})
        return {bytes(key): empty_at for key, empty_at in cursor.fetchall()}
