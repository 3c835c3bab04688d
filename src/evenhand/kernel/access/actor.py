"""Who acts in this transaction, told to the database so that row security can judge.

The settings live as long as the transaction (``set_config(…, true)``), so that a pooled
connection carries nothing over. Reading protected rows with no actor raises.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

_SYSTEM = uuid.UUID("e0e0e0e0-0000-8000-8000-000000000000")


def _system(number: int) -> uuid.UUID:
    return uuid.UUID(int=_SYSTEM.int + number)


#: Nobody in particular: a visitor without a draft or a receipt. Sees no protected row.
PUBLIC = _system(1)
#: The sweep and the jobs: moves cases that their clock moves, sends what is queued.
CLOCK = _system(2)
#: Imports of matters that were brought elsewhere before.
IMPORTER = _system(3)
#: Whoever keeps the machine and types a command; sees no protected row by that.
OPERATOR = _system(4)

#: System actors before whom every matter lies open; no web request ever acts as one.
SEES_EVERYTHING = (CLOCK, IMPORTER)


def is_system(actor: uuid.UUID) -> bool:
    """Whether the id is kept for the house itself, so that no person may have it."""
    return _SYSTEM.int < actor.int < _SYSTEM.int + 1000


@contextmanager
def acting(actor: uuid.UUID, at: datetime) -> Iterator[None]:
    """Within the block, and its transaction, ``actor`` acts at the moment ``at``.

    The body's own day at that moment decides which terms of office run. Blocks nest; the outer
    actor is back afterwards (a savepoint that rolls back restores it as well, since PostgreSQL
    rolls settings back too). Raises ``ValueError`` on a naive ``at``.
    """
    local = timezone.localtime(at, timezone.get_default_timezone())
    with _set({"evenhand.actor": str(actor), "evenhand.at": local.isoformat()}):
        yield


@contextmanager
def presenting(secret_hash: bytes) -> Iterator[None]:
    """Within the block, the transaction presents a receipt's hash."""
    with _set({"evenhand.receipt": secret_hash.hex()}):
        yield


@contextmanager
def reading_many() -> Iterator[None]:
    """Within the block, the actor's whole sight is listed once for a query, not probed by row.

    The same rows are seen. It pays for a query that touches more than some ten thousand rows,
    such as the count of a large queue, and is wasteful for every other.
    """
    with _set({"evenhand.many": "on"}):
        yield


# The inner query is evaluated first, so that it reads what the outer one then replaces.
_EXCHANGE = """
SELECT name, before, set_config(name, value, true)
FROM (SELECT name, value, coalesce(current_setting(name, true), '') AS before
      FROM unnest(%s::text[], %s::text[]) AS setting (name, value) OFFSET 0) AS setting
"""


@contextmanager
def _set(values: dict[str, str]) -> Iterator[None]:
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = _exchange(values)
        yield
        if nested and not connection.needs_rollback:
            _exchange(before)


def _exchange(values: dict[str, str]) -> dict[str, str]:
    """Set the transaction's settings; returns what they were."""
    with connection.cursor() as cursor:
        cursor.execute(_EXCHANGE, [list(values), list(values.values())])
        return {name: before for name, before, _now in cursor.fetchall()}
