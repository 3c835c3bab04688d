"""What ``evenhand audit`` asks of the cases."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from evenhand.base.audit import Broken, Invariant, query

from .replay import Astray, fold, rows

_OPEN = "o.submitted_at IS NULL AND o.cancelled_at IS NULL"

_NO_CLOCK = f"""
SELECT c.reference, 'it is open, and no clock runs' FROM cases_case c
WHERE c.closed_at IS NULL
  AND NOT EXISTS (SELECT FROM obligations_obligation o WHERE o.matter_id = c.id AND {_OPEN})
UNION ALL
SELECT c.reference, 'it is closed, and its clock ' || o.key || ' still runs'
FROM cases_case c JOIN obligations_obligation o ON o.matter_id = c.id AND {_OPEN}
WHERE c.closed_at IS NOT NULL
"""

_NOBODY = f"""
SELECT c.reference, 'who answers for it holds no post any more' FROM cases_case c
WHERE c.closed_at IS NULL
  AND NOT EXISTS (SELECT FROM organisation_tenure t
                  WHERE t.person_id = c.accountable_id AND t.during @> current_date)
UNION ALL
SELECT c.reference, 'its clock ' || o.key || ' is borne by somebody else'
FROM cases_case c JOIN obligations_obligation o ON o.matter_id = c.id AND {_OPEN}
WHERE c.closed_at IS NULL AND NOT o.window AND o.bearer_id IS DISTINCT FROM c.accountable_id
"""

_CONCERNED = """
SELECT c.reference, 'who answers for it is concerned by it'
FROM cases_case c JOIN access_involvement i
  ON i.matter_id = c.id AND i.person_id = c.accountable_id
WHERE i.relation = 'concerned' AND i.until IS NULL
UNION ALL
SELECT c.reference, 'somebody concerned by it is involved as ' || other.relation
FROM cases_case c
JOIN access_involvement i ON i.matter_id = c.id
JOIN access_involvement other ON other.matter_id = c.id AND other.person_id = i.person_id
WHERE i.relation = 'concerned' AND i.until IS NULL
  AND other.relation <> 'concerned' AND other.until IS NULL
"""

_MOVED = """
SELECT c.reference, 'somebody concerned by it moved it: ledger entry ' || e.id
FROM access_involvement i
JOIN cases_case c ON c.id = i.matter_id
JOIN ledger_opening o ON o.matter_id = c.id AND o.arguments ->> 'by' = i.person_id::text
JOIN ledger_entry e ON e.id = o.entry_id
WHERE i.relation = 'concerned' AND e.at > i.since AND (i.until IS NULL OR e.at < i.until)
"""


def astray() -> Iterator[Broken]:
    """Cases that are not where the entries of the ledger lead, step by step."""
    for row in rows():
        try:
            wrong = fold(row.told).differences(row.standing)
        except Astray as astray:
            wrong = [str(astray)]
        if wrong:
            yield Broken(row.reference, "; ".join(wrong))


INVARIANTS = (
    Invariant("2", _("A clock runs in every open case, and in no closed one."), query(_NO_CLOCK)),
    Invariant("2", _("One person of the staff answers for every open case."), query(_NOBODY)),
    Invariant("3", _("Nobody concerned by a case has a part in it."), query(_CONCERNED)),
    Invariant("3", _("Nobody concerned by a case moved it."), query(_MOVED)),
    Invariant("4", _("Every case stands where the steps of its flow led it."), astray),
)
