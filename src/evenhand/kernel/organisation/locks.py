"""Who changes the shape of the organisation waits for all others, and they for him.

The shape is what units there are and where they stand; an import counts as changing it. The
trigger of migration 0002 takes the same lock as :func:`hold_shape`.
"""

from django.db import connection


def hold_shape() -> None:
    """Nobody else acts on the organisation until this transaction ends."""
    _lock("pg_advisory_xact_lock")


def rely_on_shape() -> None:
    """The shape stays as it is until this transaction ends; others may rely on it as well."""
    _lock("pg_advisory_xact_lock_shared")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtext('organisation_unit'))")
