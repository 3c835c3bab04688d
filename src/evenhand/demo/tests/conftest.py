"""A small county, played once for all tests of this folder, in a database of its own.

Tests that break something do so as the owner, in a transaction that is rolled back.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import override_settings
from psycopg import sql

from evenhand.config import database
from evenhand.demo.fill import fill
from evenhand.kernel.access.actor import CLOCK, acting

UNTIL = datetime(2026, 10, 23, 8, 30, tzinfo=UTC)
SIZE = 40


@pytest.fixture(scope="package")
def county(
    template: str,
    django_db_setup: None,
    django_db_blocker: Any,
    worker_id: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[str]]:
    """The lines of progress that the filling wrote."""
    connection, said = connections["default"], list[str]()
    before, name = connection.settings_dict["NAME"], f"test_{os.getpid()}_{worker_id}_county"
    _sql("DROP DATABASE IF EXISTS {}", name)
    _sql("CREATE DATABASE {} TEMPLATE {}", name, template)
    connection.close()
    connection.settings_dict["NAME"] = name
    evidence = tmp_path_factory.mktemp("evidence")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=evidence):
        fill(said.append, size=SIZE, until=UNTIL)
        yield said
        connections.close_all()
    connection.settings_dict["NAME"] = before
    _sql("DROP DATABASE {}", name)


def _sql(statement: str, *names: str) -> None:
    where = database.connection("owner", settings.VAR)
    with psycopg.connect(where.url(), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(771)")
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture
def seen(county: list[str]) -> Iterator[None]:
    """Everything lies open, as it does to the clock."""
    with acting(CLOCK, UNTIL):
        yield


@pytest.fixture
def as_reader(county: list[str]) -> Iterator[None]:
    """Connected as the role that ``evenhand audit`` connects as."""
    with _connected_as("reader"):
        yield


@pytest.fixture
def as_owner(county: list[str]) -> Iterator[None]:
    """Connected as the tables' owner, past row security; nothing that is done stays."""
    with _connected_as("owner"), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _connected_as(role: str) -> Iterator[None]:
    connection, where = connections["default"], database.connection(role, settings.VAR)
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(USER=where.user, PASSWORD=where.password)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(USER=before["USER"], PASSWORD=before["PASSWORD"])
