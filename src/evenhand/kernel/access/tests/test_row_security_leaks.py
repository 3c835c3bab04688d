"""Ways in which a query could betray rows that it does not show."""

import uuid

import pytest
from django.db import ProgrammingError, connection

from evenhand.kernel.access.actor import acting
from evenhand.kernel.organisation.tests.cast import Cast

from .rows import AT
from .standings import Square, make_matrix

pytestmark = pytest.mark.django_db
#: With these even a small table is read by several workers.
SHARED = [
    "parallel_setup_cost = 0",
    "parallel_tuple_cost = 0",
    "min_parallel_table_scan_size = 0",
    "enable_indexscan = off",
    "enable_indexonlyscan = off",
    "enable_bitmapscan = off",
]


@pytest.fixture
def matrix(cast: Cast) -> list[Square]:
    return make_matrix(cast)


def seen(actor: uuid.UUID, query: str) -> list[uuid.UUID]:
    with acting(actor, AT), connection.cursor() as cursor:
        cursor.execute(query)
        return sorted({row[0] for row in cursor.fetchall()})


@pytest.mark.parametrize(("table", "column"), [("cases_case", "id"), ("access_sight", "matter_id")])
def test_a_condition_is_not_tried_on_rows_outside_the_sight(
    cast: Cast, matrix: list[Square], table: str, column: str
) -> None:
    """A cheap function that tells what it is given would be tried first, were it allowed to."""
    told: list[str] = []
    assert connection.connection is not None
    connection.connection.add_notice_handler(lambda notice: told.append(notice.message_primary))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.tell(uuid) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
            " $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$"
        )
    shown = seen(cast.wen.id, f"SELECT {column} FROM {table} WHERE pg_temp.tell({column})")
    assert shown
    assert set(told) == {str(matter) for matter in shown}


def test_an_error_in_a_condition_betrays_no_hidden_row(cast: Cast, matrix: list[Square]) -> None:
    hidden = next(s.matter for s in matrix if s.standing.actor == "wen" and not s.seen)
    query = f"SELECT id FROM cases_case WHERE 1 / (id <> '{hidden}')::int = 1"
    assert hidden not in seen(cast.wen.id, query)


def test_workers_that_share_a_query_see_no_more(cast: Cast, matrix: list[Square]) -> None:
    query = "SELECT matter_id FROM access_sight"
    alone = seen(cast.wen.id, query)
    with connection.cursor() as cursor:
        for setting in SHARED:
            cursor.execute(f"SET LOCAL {setting}")
    with acting(cast.wen.id, AT), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query}")
        assert "Workers Planned" in str(cursor.fetchall())
    assert seen(cast.wen.id, query) == alone


def test_counting_and_joining_betray_nothing(cast: Cast, matrix: list[Square]) -> None:
    stranger = cast.newcomer.id
    assert seen(stranger, "SELECT count(*) FROM cases_case") == [0]
    assert seen(stranger, "SELECT count(*) FROM access_involvement") == [0]
    joined = "SELECT p.id FROM cases_case c RIGHT JOIN cases_party p ON p.case_id = c.id"
    assert seen(stranger, joined) == []


def test_statistics_of_a_protected_table_are_not_shown(matrix: list[Square]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'cases_party'")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "view", ["access_my_stake", "access_sight_in_person", "access_sight_by_power"]
)
def test_nobody_is_told_what_concerns_him(cast: Cast, matrix: list[Square], view: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        seen(cast.wen.id, f"SELECT matter_id FROM {view}")
