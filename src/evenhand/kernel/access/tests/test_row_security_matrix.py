"""Role x unit x concerned, for every table that can betray a matter, by every way to read it."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from psycopg_pool import ConnectionPool

from evenhand.config import database
from evenhand.kernel.access.actor import CLOCK, IMPORTER, OPERATOR, PUBLIC, acting, reading_many
from evenhand.kernel.access.checks import matter_models
from evenhand.kernel.access.models import Sight
from evenhand.kernel.organisation.tests.cast import Cast, make_cast

from .rows import AT
from .standings import Square, make_matrix

Seen: TypeAlias = dict[str, set[uuid.UUID]]
Pool: TypeAlias = ConnectionPool[psycopg.Connection[tuple[Any, ...]]]

#: Shown to whoever sees the matter. The other tables show less, and never more.
SHOWN = {
    "access_involvement",
    "access_reading",
    "access_sight",
    "cases_case",
    "cases_message",
    "cases_party",
    "ledger_opening",
    "obligations_obligation",
}
MODELS = matter_models()
COLUMNS = {m._meta.db_table: "id" if p == "pk" else p for m, p in MODELS.items() if "__" not in p}


def by_orm() -> Seen:
    return {
        m._meta.db_table: set(m._default_manager.values_list(p, flat=True))
        for m, p in MODELS.items()
    }


def by_orm_hashed() -> Seen:
    with reading_many():
        return by_orm()


def by_sight() -> Seen:
    return {"access_sight": set(Sight.objects.values_list("matter_id", flat=True))}


def by_sql() -> Seen:
    with connection.cursor() as cursor:
        return read_all(lambda query: cursor.execute(query) or cursor.fetchall())


def read_all(execute: Callable[[str], Any]) -> Seen:
    return {
        table: {matter for (matter,) in execute(f"SELECT {column} FROM {table}")}
        for table, column in COLUMNS.items()
    }


WAYS = [by_orm, by_orm_hashed, by_sql]


@pytest.fixture
def matrix(cast: Cast) -> list[Square]:
    return make_matrix(cast)


@pytest.fixture
def pool(committed: str) -> Iterator[Pool]:
    """One connection of the application's role, used again and again."""
    where = database.connection("app", settings.VAR)
    with ConnectionPool(where.url(committed), min_size=1, max_size=1) as pool:
        yield pool


def check(matrix: list[Square], actor: uuid.UUID, seen: Seen) -> None:
    """Of the squares that are about this actor, he sees exactly those that he should."""
    asked = {square.matter for square in matrix if square.actor_id == actor}
    wanted = {square.matter for square in matrix if square.actor_id == actor and square.seen}
    for table, matters in seen.items():
        assert matters & asked <= wanted, f"{table} shows what it should not"
        assert table not in SHOWN or matters >= wanted, f"{table} hides what it should show"


@pytest.mark.parametrize("way", [*WAYS, by_sight])
def test_each_sees_his_matters_in_every_table_and_no_other(
    matrix: list[Square], way: Callable[[], Seen]
) -> None:
    for actor in {square.actor_id for square in matrix}:
        with acting(actor, AT):
            check(matrix, actor, way())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("actor", [CLOCK, IMPORTER])
def test_the_clock_and_imports_see_everything(
    matrix: list[Square], way: Callable[[], Seen], actor: uuid.UUID
) -> None:
    with acting(actor, AT):
        assert all(matters == {s.matter for s in matrix} for matters in way().values())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("actor", [PUBLIC, OPERATOR, uuid.UUID(int=0)])
def test_the_public_and_strangers_see_nothing(
    matrix: list[Square], way: Callable[[], Seen], actor: uuid.UUID
) -> None:
    with acting(actor, AT):
        assert matrix
        assert not any(way().values())


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_reading_with_no_actor_raises(cast: Cast, model: Any) -> None:
    make_matrix(cast)
    with pytest.raises(ProgrammingError, match="no actor"), transaction.atomic():
        list(model._default_manager.exclude(**{MODELS[model]: None}))


def act(conn: psycopg.Connection[tuple[Any, ...]], actor: uuid.UUID) -> None:
    conn.execute(
        "SELECT set_config('evenhand.actor', %s, true), set_config('evenhand.at', %s, true)",
        [str(actor), AT.isoformat()],
    )


def test_a_connection_used_again_shows_each_actor_his_own(pool: Pool) -> None:
    matrix = make_matrix(make_cast())
    for actor in {square.actor_id for square in matrix}:
        with pool.connection() as conn:
            act(conn, actor)
            seen = read_all(lambda query: conn.execute(query).fetchall())
        check(matrix, actor, seen)


def test_a_prepared_statement_is_judged_anew_for_each_actor(pool: Pool) -> None:
    matrix = make_matrix(make_cast())
    for actor in {square.actor_id for square in matrix}:
        with pool.connection() as conn:
            act(conn, actor)
            rows = conn.execute("SELECT id FROM cases_case", prepare=True).fetchall()
        check(matrix, actor, {"cases_case": {matter for (matter,) in rows}})


def test_a_connection_used_again_carries_nothing_over(pool: Pool) -> None:
    matrix = make_matrix(make_cast())
    with pool.connection() as conn:
        act(conn, matrix[0].actor_id)
        assert conn.execute("SELECT id FROM cases_case").fetchall()
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="no actor"),
        pool.connection() as conn,
    ):
        conn.execute("SELECT id FROM cases_case")


@pytest.mark.parametrize(
    "statement", ["SET evenhand.actor = '{}'", "SELECT set_config('evenhand.actor', '{}', false)"]
)
def test_the_control_set_for_the_session_does_leak(pool: Pool, statement: str) -> None:
    """Were actors set like this, the test above would fail: so it can."""
    matrix = make_matrix(make_cast())
    with pool.connection() as conn:
        conn.execute(statement.format(matrix[0].actor_id))
    with pool.connection() as conn:
        assert conn.execute("SELECT id FROM cases_case").fetchall()
