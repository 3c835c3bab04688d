"""The session that a receipt opened: it ends with the browser, whatever else it holds."""

import uuid

from django.http import HttpRequest

from evenhand.kernel.access.middleware import RECEIPT_HOLDER


def keep_open(request: HttpRequest, holder: uuid.UUID) -> None:
    """From now on the matter's pages are open to this browser, until it is closed.

    The session's key changes, so that one planted before is worth nothing.
    """
    request.session.cycle_key()
    request.session[RECEIPT_HOLDER] = str(holder)
    request.session.set_expiry(0)
