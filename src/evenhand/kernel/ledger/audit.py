"""What ``evenhand audit`` asks of the ledger: does each entry still say what was entered?"""

import json
from collections.abc import Iterator

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from evenhand.base.audit import Broken, Invariant, query

from .commitments import commitment

_OPENED = """
SELECT e.id, e.code, e.at, e.commitment, o.salt, o.arguments
FROM ledger_entry e JOIN ledger_opening o ON o.entry_id = e.id
ORDER BY e.id
"""

_OPENS_NOTHING = """
SELECT 'ledger entry ' || o.entry_id, 'it was opened, and is gone'
FROM ledger_opening o WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = o.entry_id)
"""

_NOT_IN_ORDER = """
SELECT 'ledger entry ' || e.id, 'it does not wait for its place in the order, and has none'
FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM ledger_pending p WHERE p.entry_id = e.id)
"""


def altered() -> Iterator[Broken]:
    """Entries whose opening is not what they committed to."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_OPENED)
        for key, code, at, committed, salt, arguments in cursor:
            opened = commitment(salt=bytes(salt), code=code, at=at, arguments=json.loads(arguments))
            if opened != bytes(committed):
                yield Broken(f"ledger entry {key}", f"it committed to something else ({code})")


INVARIANTS = (
    Invariant("5", _("Each entry of the ledger opens to what it committed to."), altered),
    Invariant("5", _("No entry of the ledger is gone."), query(_OPENS_NOTHING)),
    Invariant("5", _("Each entry of the ledger has, or awaits, its place."), query(_NOT_IN_ORDER)),
)
