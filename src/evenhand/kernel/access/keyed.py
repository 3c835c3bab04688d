"""Hashes under the installation's receipt key: nobody without the key can test a guess."""

import hashlib
import hmac

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def keyed_hash(purpose: str, *parts: bytes) -> bytes:
    """HMAC-SHA256 (32 bytes) of ``parts``, of use for one ``purpose`` alone.

    Each part is preceded by its length, so that no two lists of parts are alike.
    Raises ``ImproperlyConfigured`` when there is no key: an empty one would hide nothing.
    """
    key = settings.EVENHAND_RECEIPT_KEY.encode()
    if not key:
        raise ImproperlyConfigured(
            "EVENHAND_RECEIPT_KEY is empty; run `evenhand migrate` once, or set it"
        )
    message = b"".join(len(part).to_bytes(4) + part for part in (purpose.encode(), *parts))
    return hmac.digest(key, message, hashlib.sha256)
