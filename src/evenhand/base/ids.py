"""Identifiers: time-ordered keys for rows, random references for people."""

import secrets
import time
import uuid
from datetime import datetime

#: Crockford's base 32: no I, L, O, U, so that a reference survives a telephone call.
REFERENCE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


_MISREAD = str.maketrans("ILO", "110")


def uuid7(at: datetime | None = None) -> uuid.UUID:
    """A UUIDv7 (RFC 9562) of the moment ``at``, else of the system's clock.

    Minted here and not in the database: PostgreSQL 15 has no ``uuidv7()``, and ``RETURNING``
    would need a passing SELECT policy.
    """
    milliseconds = time.time_ns() // 1_000_000 if at is None else int(at.timestamp() * 1000)
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76
    value |= secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def uuid8(digest: bytes) -> uuid.UUID:
    """A UUIDv8 (RFC 9562) of the first 16 bytes of a digest: the same key for the same thing.

    Set by hand: Python knows the version from 3.14 on.
    """
    value = int.from_bytes(digest[:16]) & ~(0xF << 76) & ~(0b11 << 62)
    return uuid.UUID(int=value | 0x8 << 76 | 0b10 << 62)


def reference(prefix: str, year: int) -> str:
    """A random reference such as ``NZ-2026-7K3M-Q9TA`` (40 random bits): says nothing of
    how many matters there are, nor in which order they came."""
    letters = "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(8))
    return f"{prefix}-{year}-{letters[:4]}-{letters[4:]}"


def normalise_reference(typed: str) -> str:
    """What a person typed or read out, in the form that is stored."""
    return typed.strip().upper().replace(" ", "").translate(_MISREAD)
