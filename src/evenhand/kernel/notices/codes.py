"""The ledger's sentences on notices."""

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.ledger.codes import Code

WRITTEN = Code("notices.written", _("A notice was written."))
SENT = Code("notices.sent", _("The notice was handed to the mail server."))
FAILED = Code("notices.failed", _("The notice could not be delivered by mail."))
EVERY = (WRITTEN, SENT, FAILED)
