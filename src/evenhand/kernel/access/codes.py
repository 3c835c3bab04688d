"""What the ledger says of accounts, of work that changes hands, of receipts and stakes."""

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.ledger.codes import Code

ACCOUNT_OPENED = Code("access.account.opened", _("An account was opened for {person}."))
ACCOUNT_CLOSED = Code("access.account.closed", _("The account of {person} was closed."))
LANGUAGE_CHANGED = Code(
    "access.account.language", _("{person} chose {language} as the language of the account.")
)
HANDED_OVER = Code(
    "access.work.handed_over",
    _("Before {person} ceased to be {post}, the open work was handed over."),
)
RECEIPT_REISSUED = Code(
    "access.receipt.reissued",
    _("A lost receipt was replaced on proof of identity and sent to the address first given."),
)
CONCERNED = Code(
    "access.recusal.concerned",
    _("Whoever has a stake in the matter was excluded from it."),
)

EVERY = (
    ACCOUNT_OPENED,
    ACCOUNT_CLOSED,
    LANGUAGE_CHANGED,
    HANDED_OVER,
    RECEIPT_REISSUED,
    CONCERNED,
)
