"""One at a time: who changes the shape of the tree waits for whoever is doing so."""

from django.db import connection


def hold_tree() -> None:
    """Hold the tree of units until the transaction ends.

    The trigger of migration 0002 takes the same lock; taken first, it cannot end in a deadlock
    with the locks on rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisation_unit'))")
