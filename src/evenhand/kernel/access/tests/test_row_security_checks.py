"""A table that somebody forgot to protect, or a role with too much, is found by name."""

from dataclasses import replace

import psycopg
import pytest
from django.conf import settings

from evenhand.base import audit
from evenhand.config import database
from evenhand.kernel.access import checks


def as_superuser(name: str, statement: str) -> None:
    where = database.connection("owner", settings.VAR)
    password = database.read_secrets(settings.VAR).get("database_superuser", "")
    superuser = replace(where, user="postgres", password=password)
    with psycopg.connect(superuser.url(name), autocommit=True) as conn:
        conn.execute(statement)


@pytest.mark.django_db
def test_every_table_that_can_betray_a_matter_is_protected() -> None:
    assert list(checks.unprotected_tables()) == []


def test_the_tables_are_found_by_looping_over_the_models() -> None:
    assert {
        "access_draft",
        "access_idempotency",
        "access_involvement",
        "access_reading",
        "access_receipt",
        "cases_case",
        "cases_message",
        "cases_party",
        "ledger_opening",
        "obligations_obligation",
    } <= checks.tables_to_protect()


@pytest.mark.parametrize("table", sorted(checks.tables_to_protect()))
def test_a_forgotten_table_is_named(committed: str, table: str) -> None:
    as_superuser(committed, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    assert [broken.row for broken in checks.unprotected_tables()] == [table]


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("ALTER TABLE cases_party OWNER TO evenhand_app", "owns tables"),
        ("GRANT CREATE ON SCHEMA public TO evenhand_app", "may create tables"),
        (
            "GRANT UPDATE (code) ON ledger_entry TO evenhand_app",
            "may change ledger entries",
        ),
        (
            "GRANT TRUNCATE ON ledger_entry TO evenhand_app",
            "may change or remove ledger entries",
        ),
    ],
)
def test_a_role_with_too_much_is_named(committed: str, statement: str, fault: str) -> None:
    as_superuser(committed, statement)
    assert fault in [broken.why for broken in checks.faults_of_the_role()]


def test_the_audit_asks_for_both() -> None:
    asked = {invariant.check for invariant in audit.every()}
    assert {checks.unprotected_tables, checks.faults_of_the_role} <= asked
