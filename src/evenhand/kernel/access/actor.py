"""Who acts in this transaction, told to the database so that row security can judge.

The setting lives as long as the transaction (``set_config(…, true)``), so that a pooled
connection carries nothing over. Reading protected rows with no actor raises.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

_SYSTEM = uuid.UUID("e0e0e0e0-0000-8000-8000-000000000000")


def _system(number: int) -> uuid.UUID:
    return uuid.UUID(int=_SYSTEM.int + number)


#: Nobody in particular: a visitor without a draft or a receipt. Sees no protected row.
PUBLIC = _system(1)
#: The sweep and the jobs: moves cases that their clock moves, sends what is queued.
CLOCK = _system(2)
#: Imports of matters that were brought elsewhere before.
IMPORTER = _system(3)

#: System actors before whom every matter lies open; no web request ever acts as one.
SEES_EVERYTHING = (CLOCK, IMPORTER)


@contextmanager
def acting(actor: uuid.UUID, at: datetime) -> Iterator[None]:
    """Within the block, and its transaction, ``actor`` acts at the moment ``at``.

    Blocks nest; the outer actor is back afterwards (a nested savepoint that rolls back
    restores it as well, since PostgreSQL rolls settings back too).
    """
    with transaction.atomic():
        before = _exchange(str(actor), at.isoformat())
        yield
        if not connection.needs_rollback:
            _exchange(*before)


def _exchange(actor: str, at: str) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED (SELECT current_setting('evenhand.actor', true) AS a,"
            " current_setting('evenhand.at', true) AS t)"
            " SELECT coalesce(a, ''), coalesce(t, ''),"
            " set_config('evenhand.actor', %s, true), set_config('evenhand.at', %s, true)"
            " FROM before",
            [actor, at],
        )
        row = cursor.fetchone()
    assert row is not None
    return row[0], row[1]


@contextmanager
def presenting(secret_hash: bytes) -> Iterator[None]:
    """Within the block, the transaction presents a receipt's hash."""
    with transaction.atomic():
        _present(secret_hash.hex())
        yield
        _present("")


def _present(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('evenhand.receipt', %s, true)", [value])
