"""Addresses of databases: read whole, written whole, and never shown with the password."""

from pathlib import Path

import pytest
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

from evenhand.config import database
from evenhand.config.database import Connection, DatabaseProblem


def test_an_address_survives_reading_and_writing() -> None:
    url = "postgresql://the%40app:p%2Fa%3Fs%23s%25@db.example:5433/even%20hand?sslmode=require"
    read = Connection.parse(url, "DATABASE_URL")
    assert (read.user, read.password, read.name) == ("the@app", "p/a?s#s%", "even hand")
    assert Connection.parse(read.url(), "DATABASE_URL") == read
    assert conninfo_to_dict(read.url())["sslmode"] == "require"


def test_libpqs_own_options_reach_django() -> None:
    read = Connection.parse("postgresql://a:b@h/n?sslmode=verify-full", "DATABASE_URL")
    assert read.django(pool=True)["OPTIONS"]["sslmode"] == "verify-full"
    assert "pool" in read.django(pool=True)["OPTIONS"]
    assert "pool" not in read.django()["OPTIONS"]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://app:hidden@h/n",
        "postgresql://app:hidden@h:port/n",
        "postgresql://app:hidden@h",
        "hidden",
    ],
)
def test_what_is_no_address_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(DatabaseProblem, match="DATABASE_URL is not a PostgreSQL address") as caught:
        Connection.parse(url, "DATABASE_URL")
    assert "hidden" not in str(caught.value)


def test_half_of_the_addresses_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://o@h/n")
    with pytest.raises(DatabaseProblem, match="DATABASE_OWNER_URL is set but DATABASE_URL is not"):
        database.is_external()


def test_a_role_without_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@h/n")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(DatabaseProblem, match="DATABASE_OWNER_URL is not set"):
        database.connection("owner", Path("unused"))


def test_the_reader_is_optional_on_an_external_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@h/n")
    monkeypatch.delenv("DATABASE_READER_URL", raising=False)
    assert not database.has_role("reader")
    assert database.has_role("app")


def test_the_owner_is_refused_as_the_application(
    monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    owner = database.connection("owner", settings.VAR).url(template)
    monkeypatch.setenv("DATABASE_URL", owner)
    with pytest.raises(DatabaseProblem, match="whom row security does not bind"):
        database.ensure_running(settings.VAR)
