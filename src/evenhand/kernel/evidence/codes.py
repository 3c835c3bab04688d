"""The ledger's sentences on files."""

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.ledger.codes import Code

ADDED = Code("evidence.added", _("Files were added: {count}."))
WITHDRAWN = Code("evidence.withdrawn", _("A file was withdrawn by whoever had added it."))
EVERY = (ADDED, WITHDRAWN)
