"""Who acts: blocks nest, undo themselves, and end with their transaction."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting, is_system, presenting, reading_many

from .rows import AT

WEN, QIAO = uuid.UUID(int=1), uuid.UUID(int=2)


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return str(cursor.fetchall()[0][0])


def actor() -> str:
    return setting("evenhand.actor")


@pytest.mark.django_db
def test_the_outer_actor_is_back_after_the_inner_block() -> None:
    with acting(WEN, AT):
        with acting(QIAO, AT):
            assert actor() == str(QIAO)
        assert actor() == str(WEN)
    assert actor() == ""


@pytest.mark.django_db
def test_the_outer_actor_is_back_after_the_inner_block_failed() -> None:
    with acting(WEN, AT):
        with pytest.raises(ZeroDivisionError), acting(QIAO, AT):
            _ = 1 / 0
        assert actor() == str(WEN)


@pytest.mark.django_db
def test_the_outer_actor_is_back_after_the_inner_block_was_undone() -> None:
    with acting(WEN, AT):
        with acting(QIAO, AT):
            transaction.set_rollback(True)
        assert actor() == str(WEN)


def test_nothing_is_left_when_the_transaction_has_ended(committed: str) -> None:
    with acting(WEN, AT), presenting(b"x"), reading_many():
        assert actor() == str(WEN)
    names = ("evenhand.actor", "evenhand.at", "evenhand.receipt", "evenhand.many")
    assert {setting(name) for name in names} == {""}


@pytest.mark.django_db
def test_the_day_is_that_of_the_bodys_own_zone() -> None:
    """Half past four in the afternoon of London's winter is the next day in China."""
    with acting(WEN, datetime(2026, 3, 1, 16, 30, tzinfo=UTC)), connection.cursor() as cursor:
        cursor.execute("SELECT evenhand_day()::text")
        assert cursor.fetchall() == [("2026-03-02",)]


@pytest.mark.django_db
def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"), acting(WEN, datetime(2026, 3, 1)):
        pass


def test_system_actors_are_known_as_such() -> None:
    assert is_system(PUBLIC)
    assert is_system(CLOCK)
    assert not is_system(uuid.uuid4())
