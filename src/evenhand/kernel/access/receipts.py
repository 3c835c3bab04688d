"""Interim (lead): helper "access" overwrites this file with the real one."""

import hashlib
import secrets
from dataclasses import dataclass

from .models import Receipt


@dataclass(frozen=True)
class IssuedReceipt:
    reference: str
    secret: bytes


def issue(*, matter, holder, reference, at, seed=None, sent_to=""):  # type: ignore
    secret = secrets.token_bytes(10)
    Receipt.objects.create(matter_id=matter, holder_id=holder, reference=reference, issued_at=at, secret_hash=hashlib.sha256(secret).digest())
    return IssuedReceipt(reference, secret)
