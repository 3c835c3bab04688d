"""What ``evenhand audit`` asks of the petitions."""

from django.utils.translation import gettext_lazy as _

from evenhand.base.audit import Invariant, query

_CLOSING = "('opinion', 'reply', 'redirection')"

_CONCERNED = """
SELECT c.reference, 'who handles it is concerned by it'
FROM petitions_petition p
JOIN cases_case c ON c.id = p.case_id
JOIN access_involvement i ON i.matter_id = p.case_id AND i.person_id = p.handler_id
WHERE i.relation = 'concerned' AND i.until IS NULL AND c.closed_at IS NULL
"""

_TWICE = f"""
SELECT c.reference, 'it has ' || count(*) || ' closing documents'
FROM petitions_document d JOIN cases_case c ON c.id = d.case_id
WHERE d.kind IN {_CLOSING} GROUP BY c.reference HAVING count(*) > 1
"""

# What an earlier register closed has its documents there.
_UNANSWERED = f"""
SELECT c.reference, 'it is ' || c.state || ' without a document that was '
    || CASE WHEN d.issued_at IS NULL THEN 'issued' ELSE 'served' END
FROM petitions_petition p
JOIN cases_case c ON c.id = p.case_id
LEFT JOIN petitions_document d ON d.case_id = p.case_id AND d.kind IN {_CLOSING}
WHERE p.channel <> 'import'
  AND (c.state IN ('answered', 'replied', 'redirected') AND d.issued_at IS NULL
       OR c.state IN ('served', 'closed') AND (d.issued_at IS NULL OR d.served_on IS NULL))
"""

INVARIANTS = (
    Invariant("3", _("Nobody concerned by a petition handles it."), query(_CONCERNED)),
    Invariant("7", _("A petition has at most one closing document."), query(_TWICE)),
    Invariant("7", _("No petition is closed without a served answer."), query(_UNANSWERED)),
)
