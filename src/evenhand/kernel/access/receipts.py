"""Receipts: what opens a matter to whoever brought it.

A receipt is a reference and a secret. Kept are keyed hashes alone: one of reference and secret
together, one of the address to which a lost receipt may be sent again. The words travel in a
POST body or an Authorization header, never in an address.
"""

import secrets
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from evenhand.base.ids import normalise_reference
from evenhand.kernel.ledger.actions import enter

from . import codes, words
from .actor import PUBLIC, acting, presenting
from .keyed import keyed_hash
from .models import Receipt


class WrongReceipt(Exception):
    """These words do not open this reference. It is never said which of the two is wrong."""


class NoReceiptInForce(Exception):
    """There is no receipt to replace, or none that the actor may replace."""


class NotTheFirstAddress(Exception):
    """A receipt is sent again to the address first given, and to no other."""


class Proof(models.TextChoices):
    """How somebody showed who he is."""

    IDENTITY_DOCUMENT = "identity_document", _("showed an identity document")
    REPRESENTATIVE = "representative", _("came as a representative, with proof of being one")


@dataclass(frozen=True)
class IssuedReceipt:
    """``secret`` is 10 bytes; it is shown once, as words or digits, and kept nowhere."""

    reference: str
    secret: bytes

    def words(self, language: str) -> str:
        return words.words_of(self.secret, language)

    @property
    def digits(self) -> str:
        return words.digits_of(self.secret)

    def __repr__(self) -> str:
        return f"IssuedReceipt({self.reference!r}, …)"


@dataclass(frozen=True)
class OpenedMatter:
    """``holder_id`` is whom the receipt's holder acts as."""

    matter_id: uuid.UUID
    holder_id: uuid.UUID


def issue(
    *,
    matter: uuid.UUID,
    holder: uuid.UUID,
    reference: str,
    at: datetime,
    seed: bytes | None = None,
    sent_to: str = "",
) -> IssuedReceipt:
    """Issue the matter's receipt to its holder.

    With ``seed`` (:attr:`.idempotency.Claim.seed`) the secret can be derived :func:`again`.
    ``sent_to`` is the address given by whoever brought the matter; without one, a lost receipt
    is lost.
    """
    fresh = IssuedReceipt(reference, secrets.token_bytes(words.SECRET_BYTES))
    issued = again(reference=reference, seed=seed) if seed else fresh
    address = _address_hash(sent_to) if sent_to else None
    _keep(issued, matter=matter, holder=holder, address=address, at=at)
    return issued


def again(*, reference: str, seed: bytes) -> IssuedReceipt:
    """The receipt that was issued with ``seed``: for a request that is sent a second time."""
    derived = keyed_hash("receipt secret", seed, _plain(reference))
    return IssuedReceipt(reference, derived[: words.SECRET_BYTES])


def open_matter(*, reference: str, typed_secret: str, at: datetime) -> OpenedMatter:
    """What the receipt opens. ``typed_secret`` is words or digits, as typed.

    Raises :class:`WrongReceipt`, after the same work, whether the reference is unknown, the
    words are wrong or unreadable, or the receipt is no longer in force.
    """
    presented = _secret_hash(reference, _read(typed_secret))
    with acting(PUBLIC, at), presenting(presented):
        found = Receipt.objects.filter(secret_hash=presented, revoked_at=None).first()
    if found is None:
        raise WrongReceipt
    return OpenedMatter(matter_id=found.matter_id, holder_id=found.holder_id)


@transaction.atomic
def reissue(
    *,
    matter: uuid.UUID,
    holder: uuid.UUID,
    by: uuid.UUID,
    at: datetime,
    proof: Proof,
    sent_to: str,
) -> IssuedReceipt:
    """Replace a lost receipt on proof of identity; the older one opens nothing any more.

    ``sent_to`` must be the address given when the matter was brought, whatever contact details
    were corrected since: whoever takes over a telephone or a mailbox gains nothing.
    Raises :class:`NoReceiptInForce`, :class:`NotTheFirstAddress`.
    """
    with acting(by, at):
        lost = _in_force(matter, holder)
        address = _address_hash(sent_to)
        if lost.address_hash is None or bytes(lost.address_hash) != address:
            raise NotTheFirstAddress
        issued = IssuedReceipt(lost.reference, secrets.token_bytes(words.SECRET_BYTES))
        Receipt.objects.filter(id=lost.id).update(revoked_at=at)
        _keep(issued, matter=matter, holder=holder, address=address, at=at)
        enter(
            code=codes.RECEIPT_REISSUED.key,
            at=at,
            matter=matter,
            arguments={"by": str(by), "holder": str(holder), "proof": Proof(proof).value},
        )
    return issued


def _in_force(matter: uuid.UUID, holder: uuid.UUID) -> Receipt:
    """Locked: of two who replace it at once, the second replaces what the first one made."""
    receipts = Receipt.objects.select_for_update()
    found = receipts.filter(matter_id=matter, holder_id=holder, revoked_at=None).first()
    if found is None:
        raise NoReceiptInForce
    return found


def _keep(
    issued: IssuedReceipt,
    *,
    matter: uuid.UUID,
    holder: uuid.UUID,
    address: bytes | None,
    at: datetime,
) -> None:
    Receipt.objects.create(
        reference=issued.reference,
        secret_hash=_secret_hash(issued.reference, issued.secret),
        address_hash=address,
        matter_id=matter,
        holder_id=holder,
        issued_at=at,
    )


def _read(typed: str) -> bytes:
    """What was typed as a secret; one that nobody holds where it cannot be read."""
    try:
        return words.parse(typed)
    except words.Unreadable:
        return secrets.token_bytes(words.SECRET_BYTES)


def _secret_hash(reference: str, secret: bytes) -> bytes:
    """Over both, so that there is one look-up and no comparison that could be timed."""
    return keyed_hash("receipt", _plain(reference), secret)


def _plain(reference: str) -> bytes:
    text = normalise_reference(unicodedata.normalize("NFKC", reference))
    return "".join(c for c in text if c.isalnum()).encode()


def _address_hash(address: str) -> bytes:
    plain = unicodedata.normalize("NFKC", address).casefold()
    return keyed_hash("receipt address", "".join(plain.split()).encode())
