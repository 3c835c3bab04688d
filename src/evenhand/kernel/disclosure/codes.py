"""The ledger's sentences on publications. What the public may read names no matter."""

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.ledger.codes import Code

PROPOSED = Code("disclosure.proposed", _("An answer was proposed for publication."))
RETURNED = Code("disclosure.returned", _("The proposal to publish was returned."))
REVIEWED = Code("disclosure.reviewed", _("The proposal to publish was reviewed and approved."))
PUBLISHED = Code("disclosure.published", _("{publication} was published."), public=True)
WITHDRAWN = Code(
    "disclosure.withdrawn", _("{publication} was withdrawn from the public: {reason}"), public=True
)
EVERY = (PROPOSED, RETURNED, REVIEWED, PUBLISHED, WITHDRAWN)
