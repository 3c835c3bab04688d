"""A receipt opens its matter, and nothing else does."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from evenhand.base.ids import uuid7
from evenhand.kernel.access import receipts
from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting
from evenhand.kernel.access.involvement import Involving, involve_many
from evenhand.kernel.access.models import Receipt, Relation
from evenhand.kernel.ledger.models import Opening
from evenhand.kernel.organisation.tests.cast import Cast

from .rows import AT

REFERENCE = "NZ-2026-7K3M-Q9TA"
ADDRESS = "Han.Mei@example.org"
LATER = AT + timedelta(days=1)
pytestmark = pytest.mark.django_db


class Brought:
    """A matter that wen deals with, its holder, and the receipt that he was given."""

    def __init__(self, cast: Cast, **more: object) -> None:
        self.matter, self.holder = uuid7(AT), uuid.uuid4()
        petitioner = Involving(relation=Relation.PETITIONER, person=self.holder)
        handler = Involving(relation=Relation.HANDLER, person=cast.wen.id)
        with acting(self.holder, AT):
            involve_many(matter=self.matter, involvings=[petitioner, handler], at=AT)
            self.receipt = receipts.issue(
                matter=self.matter,
                holder=self.holder,
                reference=REFERENCE,
                at=AT,
                **({"sent_to": ADDRESS} | more),  # type: ignore[arg-type]
            )


@pytest.fixture
def brought(cast: Cast) -> Brought:
    return Brought(cast)


def opens(secret: str, reference: str = REFERENCE) -> receipts.OpenedMatter:
    return receipts.open_matter(reference=reference, typed_secret=secret, at=LATER)


@pytest.mark.parametrize(
    "write", [lambda r: r.words("en"), lambda r: r.words("zh-hans"), lambda r: r.digits]
)
def test_words_and_digits_open_the_matter(
    brought: Brought, write: Callable[[receipts.IssuedReceipt], str]
) -> None:
    opened = opens(write(brought.receipt))
    assert opened == receipts.OpenedMatter(brought.matter, brought.holder)


@pytest.mark.parametrize(
    "typed", [" nz-2026-7k3m-q9ta ", "NZ2026 7K3M Q9TA", "ＮＺ-2026-7K3M-Q9TA"]
)
def test_the_reference_may_be_typed_as_people_type(brought: Brought, typed: str) -> None:
    assert opens(brought.receipt.digits, typed).matter_id == brought.matter


def wrong(brought: Brought, case: str) -> tuple[str, str]:
    other = receipts.IssuedReceipt(REFERENCE, b"another se").words("en")
    return {
        "another reference": (brought.receipt.digits, "NZ-2026-7K3M-Q9TB"),
        "other words": (other, REFERENCE),
        "unreadable words": ("abandon", REFERENCE),
        "nothing": ("", ""),
        "a reference in the words' place": (REFERENCE, REFERENCE),
    }[case]


CASES = ["another reference", "other words", "unreadable words", "nothing"]


@pytest.mark.parametrize("case", [*CASES, "a reference in the words' place"])
def test_whatever_is_wrong_the_answer_is_the_same(brought: Brought, case: str) -> None:
    with pytest.raises(receipts.WrongReceipt) as refused:
        opens(*wrong(brought, case))
    assert not str(refused.value)


def test_whatever_is_wrong_the_work_is_the_same(cast: Cast, brought: Brought) -> None:
    reissue(brought, cast.wen.id)
    revoked = (brought.receipt.digits, REFERENCE)
    done = set()
    for secret, reference in [revoked, *(wrong(brought, case) for case in CASES)]:
        with CaptureQueriesContext(connection) as queries, pytest.raises(receipts.WrongReceipt):
            opens(secret, reference)
        done.add(tuple(query["sql"].split(" AS ")[0].split('"s')[0] for query in queries))
    assert len(done) == 1


def test_only_a_keyed_hash_is_kept(brought: Brought, settings: Settings) -> None:
    with acting(CLOCK, AT):
        kept = str(Receipt.objects.values().get(matter_id=brought.matter)).lower()
    assert brought.receipt.secret.hex() not in kept
    assert ADDRESS.lower() not in kept
    settings.EVENHAND_RECEIPT_KEY = "another key"
    with pytest.raises(receipts.WrongReceipt):
        opens(brought.receipt.digits)


def test_the_secret_is_not_shown_in_a_log(brought: Brought) -> None:
    assert brought.receipt.secret.hex() not in repr(brought.receipt)
    assert str(list(brought.receipt.secret)) not in repr(brought.receipt)


def test_without_a_key_no_receipt_is_issued(cast: Cast, settings: Settings) -> None:
    settings.EVENHAND_RECEIPT_KEY = ""
    with pytest.raises(ImproperlyConfigured):
        Brought(cast)


def test_a_seed_gives_the_same_words_again(cast: Cast) -> None:
    brought = Brought(cast, seed=b"of a request")
    assert receipts.again(reference=REFERENCE, seed=b"of a request") == brought.receipt
    assert receipts.again(reference=REFERENCE, seed=b"of another") != brought.receipt
    assert opens(brought.receipt.words("en")).matter_id == brought.matter


def test_receipts_without_a_seed_differ(cast: Cast) -> None:
    assert Brought(cast).receipt != Brought(cast).receipt


def test_the_public_lists_no_receipt(brought: Brought) -> None:
    with acting(PUBLIC, AT):
        assert not Receipt.objects.exists()


def test_opening_leaves_nothing_presented(brought: Brought) -> None:
    with acting(PUBLIC, AT):
        opens(brought.receipt.digits)
        assert not Receipt.objects.exists()


# A lost receipt.


def reissue(brought: Brought, by: uuid.UUID, sent_to: str = ADDRESS) -> receipts.IssuedReceipt:
    return receipts.reissue(
        matter=brought.matter,
        holder=brought.holder,
        by=by,
        at=LATER,
        proof=receipts.Proof.IDENTITY_DOCUMENT,
        sent_to=sent_to,
    )


def test_the_new_receipt_opens_and_the_lost_one_does_not(cast: Cast, brought: Brought) -> None:
    fresh = reissue(brought, cast.wen.id, " han.mei@EXAMPLE.org")
    assert opens(fresh.words("en")).holder_id == brought.holder
    with pytest.raises(receipts.WrongReceipt):
        opens(brought.receipt.digits)


def test_a_receipt_may_be_lost_twice(cast: Cast, brought: Brought) -> None:
    reissue(brought, cast.wen.id)
    assert opens(reissue(brought, cast.wen.id).digits).matter_id == brought.matter


def test_it_goes_to_the_address_first_given_and_no_other(cast: Cast, brought: Brought) -> None:
    with pytest.raises(receipts.NotTheFirstAddress):
        reissue(brought, cast.wen.id, "someone.else@example.org")
    assert opens(brought.receipt.digits)


@pytest.mark.parametrize("sent_to", ["", ADDRESS])
def test_without_an_address_a_lost_receipt_is_lost(cast: Cast, sent_to: str) -> None:
    brought = Brought(cast, sent_to="")
    with pytest.raises(receipts.NotTheFirstAddress):
        reissue(brought, cast.wen.id, sent_to)


def test_who_does_not_see_the_matter_replaces_nothing(cast: Cast, brought: Brought) -> None:
    with pytest.raises(receipts.NoReceiptInForce):
        reissue(brought, cast.newcomer.id)


def test_replacing_is_in_the_ledger_with_the_proof(cast: Cast, brought: Brought) -> None:
    reissue(brought, cast.wen.id)
    with acting(cast.wen.id, AT):
        said = Opening.objects.get(matter_id=brought.matter).arguments
    assert said["proof"] == "identity_document"
    assert said["by"] == str(cast.wen.id)
    assert ADDRESS not in str(said)


def test_one_receipt_is_in_force(brought: Brought) -> None:
    with acting(CLOCK, AT), pytest.raises(IntegrityError), transaction.atomic():
        receipts.issue(matter=brought.matter, holder=brought.holder, reference="X", at=AT)
