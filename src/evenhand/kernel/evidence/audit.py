"""What ``evenhand audit`` asks of the store: is every file there, and still the same?"""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from evenhand.base.audit import Broken, Invariant

from . import store
from .models import File
from .sniff import CHUNK


def altered() -> Iterator[Broken]:
    """Files whose bytes are gone, or are no longer those that the ledger committed to."""
    for file in File.objects.order_by("id").iterator():
        try:
            same = _digest(file.stored_as) == bytes(file.sha256)
        except OSError:
            yield Broken(f"evidence.File {file.id}", f"its bytes are gone: {file.stored_as}")
            continue
        if not same:
            yield Broken(f"evidence.File {file.id}", f"its bytes were changed: {file.stored_as}")


def _digest(name: str) -> bytes:
    digest = hashlib.sha256()
    with store.fetch(name) as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.digest()


UNALTERED = Invariant("1", _("What was handed in is there, and as it was handed in."), altered)
