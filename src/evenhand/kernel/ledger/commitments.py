"""What an entry commits to: a salted hash that shows nothing until it is opened."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

SALT_BYTES = 16


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def commitment(*, salt: bytes, code: str, at: datetime, arguments: Mapping[str, Any]) -> bytes:
    """SHA-256 over salt and canonical JSON (sorted keys, no white space, UTF-8): 32 bytes."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps([code, moment, arguments], **_CANONICAL)
    return hashlib.sha256(salt + text.encode()).digest()


_CANONICAL: dict[str, Any] = {
    "sort_keys": True,
    "separators": (",", ":"),
    "ensure_ascii": False,
    "allow_nan": False,
}
