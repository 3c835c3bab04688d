"""What row security costs at a million cases: ``python bench/row_security.py [--cases N]``.

Builds a throwaway cluster, fills it, times each query as the application (row security on) and
as the owner with the same authorisation written by hand as a filter, prints a table in
Markdown, and removes the cluster. About five minutes and 2.5 GB at the default size.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from evenhand.config import database

AT = "2026-03-01T09:00:00+08:00"
UNITS, PEOPLE = 60, 800
#: The desk of unit 1, a person who handles a fifth of everything, a small handler, the audit.
DESK, BUSY, SMALL, AUDITOR = 1, 99, 150, 60
REPEAT = 9


def unit(number: int | str) -> str:
    return f"(lpad(to_hex({number}), 8, '0') || '-0000-4000-8000-000000000001')::uuid"


def person(number: int | str) -> str:
    return f"(lpad(to_hex({number}), 8, '0') || '-0000-4000-8000-000000000002')::uuid"


def case(number: int | str) -> str:
    """A UUIDv7 of its own moment, so that keys grow with time as the real ones do."""
    return (
        f"(lpad(to_hex(1700000000000 + {number} * 1000::bigint), 12, '0') || '7' ||"
        f" substr(md5(({number})::text), 1, 3) || '8' ||"
        f" substr(md5(({number})::text), 4, 15))::uuid"
    )


_UNIT = unit("CASE WHEN n % 5 = 0 THEN 1 ELSE 2 + (n / 5) % 58 END")
_HANDLER = person(f"CASE WHEN n % 5 = 1 THEN {BUSY} ELSE 100 + n % 700 END")
_AT = "to_timestamp(1700000000 + n)"
_INVOLVED = "access_involvement (id, matter_id, person_id, unit_id, power, relation, ground, since)"


def statements(cases: int) -> list[str]:
    many = f"FROM generate_series(1, {cases}) n"
    return [
        "INSERT INTO organisation_unit (id, name, name_en, code, category, level)"
        f" SELECT {unit('n')}, 'u' || n, '', 'u' || n, 'agency', 4"
        f" FROM generate_series(0, {UNITS - 1}) n",
        "INSERT INTO organisation_person (id, name, name_en, staff_number, email, telephone)"
        f" SELECT {person('n')}, 'p' || n, '', 'p' || n, '', ''"
        f" FROM generate_series(0, {PEOPLE - 1}) n",
        'INSERT INTO organisation_post (id, name, name_en, code, unit_id, "leading", powers)'
        f" SELECT n + 1, 'x', '', 'c' || n, {unit(f'n % {UNITS}')}, false, ARRAY[CASE"
        f" WHEN n < {UNITS} THEN 'petitions.accept' WHEN n = {AUDITOR} THEN 'audit'"
        f" ELSE 'handle' END] FROM generate_series(0, {PEOPLE - 1}) n",
        "INSERT INTO organisation_tenure (post_id, person_id, during)"
        f" SELECT n + 1, {person('n')}, '[2020-01-01,)' FROM generate_series(0, {PEOPLE - 1}) n",
        "INSERT INTO cases_case (id, reference, mechanism, flow, flow_version, state, title,"
        " language, receiving_unit_id, unit_id, accountable_id, received_at, recorded_at)"
        f" SELECT {case('n')}, 'NZ-' || n, 'petitions', 'petition', 1,"
        " CASE WHEN n % 10 < 3 THEN 'handling' ELSE 'closed' END, 'The road number ' || n,"
        f" 'en', {_UNIT}, {_UNIT}, {person('100 + n % 700')}, {_AT}, {_AT} {many}",
        # Four involvements a case, side by side on disk as they are in life.
        f"INSERT INTO {_INVOLVED}"
        f" SELECT gen_random_uuid(), {case('n')}, who, unit, power, relation, '', {_AT} {many},"
        " LATERAL (VALUES"
        "  (md5('petitioner' || n)::uuid, NULL::uuid, '', 'petitioner'),"
        f"  (NULL, {_UNIT}, 'petitions.accept', 'desk'),"
        f"  (NULL, {unit(0)}, 'audit', 'auditing'),"
        f"  ({_HANDLER}, NULL, '', 'handler')) AS v (who, unit, power, relation)",
        f"INSERT INTO {_INVOLVED}"
        f" SELECT gen_random_uuid(), {case('n')}, {person(f'n % {UNITS}')}, NULL, '',"
        f" 'concerned', '', {_AT} {many} WHERE n % 100 = 7",
        "INSERT INTO obligations_obligation (id, mechanism, key, matter_id, bearer_unit_id,"
        ' bearer_id, "window", counted_from, length, calendar, rolls, provisional, citation,'
        " source, digest, consequence, argument, opened_at, due_at, look_at)"
        f" SELECT gen_random_uuid(), 'petitions', 'handle', {case('n')}, {_UNIT}, {_HANDLER},"
        f" false, {_AT}, '60 cd', 'cn', false, false, 'X22', 'law', '', '', '', {_AT},"
        f" {_AT} + interval '60 days', {_AT} + interval '60 days' {many} WHERE n % 10 < 3",
        "VACUUM ANALYZE",
    ]


@dataclass(frozen=True, kw_only=True)
class Query:
    """``sql`` with ``{allowed}``, which is ``filtered`` for the owner, ``driven`` for the
    application, unless that asks something else ``instead``; ``many`` as in
    :func:`evenhand.kernel.access.actor.reading_many`."""

    name: str
    actor: int
    sql: str
    filtered: str
    driven: str = "true"
    instead: str = ""
    many: bool = False


def _by_power(number: int, power: str) -> str:
    return (
        "(SELECT matter_id FROM access_involvement WHERE until IS NULL"
        f" AND unit_id = {unit(number)} AND power = '{power}')"
    )


def _in_person(number: int) -> str:
    return (
        "(SELECT matter_id FROM access_involvement WHERE until IS NULL"
        f" AND relation = 'handler' AND person_id = {person(number)})"
    )


def one(number: int) -> str:
    return f"SELECT * FROM cases_case WHERE id = {case(number)} AND {{allowed}}"


def mine(number: int) -> str:
    return (
        f"SELECT * FROM obligations_obligation WHERE bearer_id = {person(number)}"
        " AND submitted_at IS NULL AND cancelled_at IS NULL AND {allowed}"
        " ORDER BY due_at LIMIT 50"
    )


PAGE = (
    f"SELECT * FROM cases_case WHERE unit_id = {unit(DESK)} AND state = 'handling' AND {{allowed}}"
    " ORDER BY received_at LIMIT 50"
)
COUNT = "SELECT count(*) FROM cases_case WHERE {allowed}"
_DESK, _BUSY = _by_power(DESK, "petitions.accept"), _in_person(BUSY)
_SMALL, _AUDIT = _in_person(SMALL), _by_power(0, "audit")


def queries() -> Iterator[Query]:
    for who, actor, allowed, number in (
        ("desk", DESK, _DESK, 5),
        ("handler", BUSY, _BUSY, 6),
        ("audit", AUDITOR, _AUDIT, 5),
    ):
        name = f"one row by key, {who}"
        yield Query(name=name, actor=actor, sql=one(number), filtered=f"id IN {allowed}")
    for who, actor, allowed in (("desk", DESK, _DESK), ("audit", AUDITOR, _AUDIT)):
        name = f"a page of a unit's queue, {who}"
        yield Query(name=name, actor=actor, sql=PAGE, filtered=f"id IN {allowed}")
    for who, actor, allowed in (("60,000", BUSY, _BUSY), ("430", SMALL, _SMALL)):
        name = f"my obligations, a page of {who}"
        yield Query(name=name, actor=actor, sql=mine(actor), filtered=f"matter_id IN {allowed}")
    for who, actor, allowed in (("desk", DESK, _DESK), ("handler", BUSY, _BUSY)):
        for many in (True, False):
            name = f"count of 200,000, {who}, {'reading_many' if many else 'row by row'}"
            yield Query(name=name, actor=actor, sql=COUNT, filtered=f"id IN {allowed}", many=many)
    yield Query(
        name="count of 200,000, desk, the sight itself",
        actor=DESK,
        sql=COUNT,
        filtered=f"id IN {_DESK}",
        instead="SELECT count(DISTINCT matter_id) FROM access_sight",
    )
    yield Query(
        name="count of a unit's queue of 60,000, desk, reading_many",
        actor=DESK,
        sql=f"{COUNT} AND unit_id = {unit(DESK)} AND state = 'handling'",
        filtered=f"id IN {_DESK}",
        many=True,
    )
    yield Query(
        name="count of 1,400, handler, matters_where",
        actor=SMALL,
        sql=COUNT,
        filtered=f"id IN {_SMALL}",
        driven="id IN (SELECT matter_id FROM access_sight)",
    )


def timed(conn: psycopg.Connection, query: str, settings: dict[str, str]) -> tuple[float, object]:
    """Median milliseconds, and the answer: a number, or how many rows."""
    taken, rows = [], []
    for _ in range(REPEAT):
        with conn.transaction():
            for name, value in settings.items():
                conn.execute("SELECT set_config(%s, %s, true)", [name, value])
            start = time.perf_counter()
            rows = conn.execute(query, prepare=False).fetchall()
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), rows[0][0] if len(rows[0]) == 1 else len(rows)


def measure(owner: psycopg.Connection, app: psycopg.Connection) -> None:
    print("| query | filtered, ms | protected, ms | ratio |\n|---|---:|---:|---:|")
    for query in queries():
        row = owner.execute(f"SELECT {person(query.actor)}").fetchone()
        assert row is not None
        settings = {"evenhand.actor": str(row[0]), "evenhand.at": AT}
        settings["evenhand.many"] = "on" if query.many else ""
        filtered, wanted = timed(owner, query.sql.format(allowed=query.filtered), {})
        protected, found = timed(
            app, query.instead or query.sql.format(allowed=query.driven), settings
        )
        if found != wanted:
            sys.exit(f"{query.name}: {found} instead of {wanted}")
        ratio = protected / filtered
        print(f"| {query.name} | {filtered:.2f} | {protected:.2f} | {ratio:.1f} |", flush=True)


def build(folder: Path, cases: int) -> tuple[psycopg.Connection, psycopg.Connection]:
    """A migrated and filled cluster: connections of the owner and of the application."""
    database.ensure_running(folder, throwaway=True)
    environment = os.environ | {"EVENHAND_VAR": str(folder)}
    command = [sys.executable, "-m", "evenhand", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment, check=True)
    owner = psycopg.connect(database.connection("owner", folder).url(), autocommit=True)
    for statement in statements(cases):
        start = time.perf_counter()
        owner.execute(statement)
        print(f"{time.perf_counter() - start:6.1f} s  {statement[:60]} …", file=sys.stderr)
    return owner, psycopg.connect(database.connection("app", folder).url(), autocommit=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="evenhand-bench-"))
    try:
        owner, app = build(folder, arguments.cases)
        with owner, app:
            measure(owner, app)
    finally:
        database.stop(folder)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
