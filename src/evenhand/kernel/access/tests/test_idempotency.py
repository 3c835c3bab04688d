"""A request sent twice is served once, however close together."""

import hashlib
import threading
import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from evenhand.base.ids import uuid7
from evenhand.kernel.access import idempotency
from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting
from evenhand.kernel.access.idempotency import Claim, claim, served
from evenhand.kernel.access.models import Idempotency

from .rows import AT

KEY = "0f0c5a1e-5d5c-4a55-9d7b-2f8e1f3f9a11"
BODY, OTHER_BODY = (hashlib.sha256(body).digest() for body in (b"one", b"other"))


def serve(key: str = KEY, body: bytes = BODY, at: Any = AT, takes: float = 0) -> Claim:
    """What a view does: claim, work if it is the first (for some seconds), keep what came of it."""
    with transaction.atomic(), acting(PUBLIC, at):
        found = claim(key=key, request_digest=body, at=at)
        if found.first:
            time.sleep(takes)
            served(found, matter=uuid7(at), reference="NZ-2026-7K3M-Q9TA", at=at)
        return found


@pytest.mark.django_db
def test_the_second_time_what_came_of_the_first_is_told() -> None:
    first, second = serve(), serve()
    assert first.first
    assert not second.first
    assert second.reference == "NZ-2026-7K3M-Q9TA"
    assert second.matter_id is not None
    assert second.seed == first.seed


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_a_conflict() -> None:
    serve()
    with pytest.raises(idempotency.Conflict):
        serve(body=OTHER_BODY)


@pytest.mark.django_db
def test_another_key_is_another_request() -> None:
    first = serve()
    other = serve(key=KEY[::-1])
    assert other.first
    assert other.seed != first.seed


@pytest.mark.django_db
def test_the_seed_depends_on_key_body_and_installation(settings: Any) -> None:
    with transaction.atomic():
        seeds = {claim(key=KEY, request_digest=body, at=AT).seed for body in (BODY, OTHER_BODY)}
        settings.EVENHAND_RECEIPT_KEY = "another"
        seeds.add(claim(key=KEY, request_digest=BODY, at=AT).seed)
    assert len(seeds) == 3


@pytest.mark.django_db
def test_a_request_that_failed_was_not_served() -> None:
    with transaction.atomic():
        assert claim(key=KEY, request_digest=BODY, at=AT).first
    assert serve().first


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["", "1", "short", "x" * 201, "with space " * 3, "钥匙" * 10, "a\nb" * 9]
)
def test_a_key_that_others_might_hit_upon_is_refused(key: str) -> None:
    with pytest.raises(idempotency.UnusableKey):
        serve(key=key)


@pytest.mark.django_db
def test_only_who_holds_the_key_sees_the_row() -> None:
    serve()
    for actor in (PUBLIC, uuid.uuid4()):
        with acting(actor, AT):
            assert not Idempotency.objects.exists()


@pytest.mark.django_db
def test_neither_key_nor_receipt_is_kept() -> None:
    found = serve()
    with acting(CLOCK, AT):
        kept = str(Idempotency.objects.values().get())
    assert KEY not in kept
    assert str(found.seed) not in kept


@pytest.mark.django_db
def test_after_a_week_it_is_forgotten() -> None:
    serve()
    end = AT + timedelta(days=7)
    with acting(CLOCK, AT):
        assert idempotency.purge(at=end - timedelta(seconds=1)) == 0
        assert idempotency.purge(at=end) == 1
    assert serve(at=end).first


def test_of_two_at_once_one_is_served_and_both_are_answered(committed: str) -> None:
    barrier, answers = threading.Barrier(2, timeout=20), []

    def send() -> None:
        try:
            barrier.wait()
            answers.append(serve(takes=0.3))
        except Exception as error:  # whatever it is, the test shows it
            answers.append(error)  # type: ignore[arg-type]
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {str(getattr(answer, "first", answer)) for answer in answers} == {"True", "False"}
