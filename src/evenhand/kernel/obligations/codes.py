"""The ledger's sentences on obligations."""

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.ledger.codes import Code

BREACHED = Code("obligations.breached", _("A promised date passed without what was promised."))
EVERY = (BREACHED,)
