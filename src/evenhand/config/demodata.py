"""What the database holds, as far as the demo must know: nobody's real matters are its to touch.

The mark is a comment on the database itself, so it travels with a dump and vanishes with the
data.
"""

import shutil
from enum import Enum
from pathlib import Path

import psycopg
from psycopg import sql

from evenhand.config import database
from evenhand.config.problem import Problem

_FILLING = "evenhand demo: filling"
_FILLED = "evenhand demo"


class Holds(Enum):
    """What is in the database."""

    NOTHING = "no unit, person or matter"
    HALF_A_DEMO = "a demo whose making was interrupted"
    A_DEMO = "the demo's invented county"
    SOMETHING_ELSE = "what the demo did not make"


def holds(var: Path) -> Holds:
    """Look, as the owner."""
    with _owner(var) as server:
        comment = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
        if comment and comment[0] in (_FILLED, _FILLING):
            return Holds.A_DEMO if comment[0] == _FILLED else Holds.HALF_A_DEMO
        table = server.execute("SELECT to_regclass('public.organisation_unit')").fetchone()
        if not table or table[0] is None:
            return Holds.NOTHING
        row = server.execute("SELECT EXISTS (SELECT FROM organisation_unit)").fetchone()
        return Holds.SOMETHING_ELSE if row and row[0] else Holds.NOTHING


def mark(var: Path, *, complete: bool) -> None:
    """Say in the database that it is the demo's."""
    with _owner(var) as server:
        server.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(database.connection("owner", var).name),
                sql.Literal(_FILLED if complete else _FILLING),
            )
        )


def erase(var: Path) -> None:
    """Remove all that the demo made. Raises :class:`Problem` if it is not the demo's, or in use."""
    if (found := holds(var)) is Holds.SOMETHING_ELSE:
        raise Problem(
            f"the database holds {found.value}: it is not erased; "
            "set EVENHAND_VAR to another folder"
        )
    with _owner(var) as server:
        _refuse_others(server)
        server.execute("DROP SCHEMA public CASCADE")
        server.execute("CREATE SCHEMA public")
        server.execute(
            sql.SQL("COMMENT ON DATABASE {} IS NULL").format(
                sql.Identifier(database.connection("owner", var).name)
            )
        )
    shutil.rmtree(var / "evidence", ignore_errors=True)


def _refuse_others(server: psycopg.Connection) -> None:
    others = server.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL"
    ).fetchone()
    if others and others[0]:
        raise Problem("the database is in use; stop the demo (Ctrl-C there), then try again")


def _owner(var: Path) -> psycopg.Connection:
    return psycopg.connect(database.connection("owner", var).url(), autocommit=True)
