"""The application's role owns nothing, and can lend itself nothing."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from evenhand.config import database
from evenhand.kernel.access import checks
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.ledger.actions import enter
from evenhand.kernel.organisation.tests.cast import Cast

from .rows import AT, make_rows

PROJECT = Path(settings.PROJECT)
pytestmark = pytest.mark.django_db


def test_the_role_has_none_of_the_faults_that_the_audit_looks_for() -> None:
    assert list(checks.faults_of_the_role()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET code = 'x'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE cases_case OWNER TO CURRENT_USER",
        "DROP POLICY cases_case_select ON cases_case",
        "CREATE POLICY mine ON cases_case USING (true)",
        "CREATE OR REPLACE VIEW access_sight AS SELECT 1",
        "DROP TABLE cases_case",
        "TRUNCATE cases_case",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "SET ROLE evenhand_owner",
        "SET ROLE evenhand_reader",
        "SET SESSION AUTHORIZATION evenhand_owner",
        "SET session_replication_role = replica",
        "COPY cases_case TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_the_role_may_not(cast: Cast, statement: str) -> None:
    make_rows(cast)
    with acting(CLOCK, AT):
        enter(code="access.recusal.concerned", at=AT, arguments={})
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be|not permitted"),
        acting(CLOCK, AT),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_switching_row_security_off_reads_nothing(cast: Cast) -> None:
    make_rows(cast)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute("SELECT * FROM cases_case")


@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_the_suite_refuses_to_run_with_such_a_role(role: str) -> None:
    """Row security would prove nothing: the suite stops, and says why."""
    owner = database.connection("owner", settings.VAR)
    reader = database.connection("reader", settings.VAR)
    password = database.read_secrets(settings.VAR).get("database_superuser", "")
    superuser = replace(owner, user="postgres", password=password)
    environment = os.environ | {
        "DATABASE_URL": (owner if role == "owner" else superuser).url(),
        "DATABASE_OWNER_URL": owner.url(),
        "DATABASE_READER_URL": reader.url(),
    }
    test = f"{__file__}::test_the_role_has_none_of_the_faults_that_the_audit_looks_for"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", test],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)
    assert "row security" in run.stdout + run.stderr
