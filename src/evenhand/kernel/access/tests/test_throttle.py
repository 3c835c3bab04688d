"""So many attempts at once, then one more each time a share has leaked."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from evenhand.kernel.access.models import Throttle
from evenhand.kernel.access.throttle import Limit, admit, bucket, forget_empty, give_back

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FIVE = Limit(5, 5 * MINUTE)


@pytest.mark.django_db
def test_a_full_bucket_refuses_and_says_how_long() -> None:
    one = [bucket(FIVE, "test", "one")]
    assert [admit(one, AT) for _ in range(6)] == [None] * 5 + [MINUTE]


@pytest.mark.django_db
def test_refused_attempts_do_not_lengthen_the_wait() -> None:
    one = [bucket(FIVE, "test", "one")]
    for _ in range(50):
        admit(one, AT)
    assert admit(one, AT + MINUTE) is None
    assert admit(one, AT + MINUTE) == MINUTE


@pytest.mark.django_db
def test_when_one_bucket_refuses_none_is_counted() -> None:
    tight, wide = bucket(Limit(1, MINUTE), "test", "tight"), bucket(FIVE, "test", "wide")
    assert admit([tight, wide], AT) is None
    assert admit([tight, wide], AT) == MINUTE
    assert [admit([wide], AT) for _ in range(5)] == [None] * 4 + [MINUTE]


@pytest.mark.django_db
def test_what_is_given_back_can_be_tried_again() -> None:
    one = [bucket(FIVE, "test", "one")]
    for _ in range(20):
        assert admit(one, AT) is None
        give_back(one, AT)


@pytest.mark.django_db
def test_empty_buckets_are_forgotten_and_full_ones_kept() -> None:
    admit([bucket(FIVE, "test", "old")], AT)
    admit([bucket(FIVE, "test", "new")], AT + 2 * MINUTE)
    forget_empty(AT + 2 * MINUTE)
    assert Throttle.objects.count() == 1


def test_processes_that_try_at_the_same_moment_are_counted_together(committed: str) -> None:
    del committed
    ready, outcomes = Barrier(12), []

    def attempt() -> None:
        buckets = [bucket(FIVE, "test", "shared"), bucket(Limit(100, MINUTE), "test", "wide")]
        connection.ensure_connection()
        ready.wait(10)
        outcomes.append(admit(buckets, AT))
        connection.close()

    threads = [Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sum(wait is None for wait in outcomes) == 5
    assert len(outcomes) == 12
