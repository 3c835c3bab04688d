"""The test harness: a real PostgreSQL, migrated as its owner, used as the application.

One migrated template per state of the migrations; every worker gets a copy of it. The suite
refuses to run as owner or superuser, because row security would then prove nothing.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import django
import psycopg
import pytest
from django.utils import translation
from psycopg import sql

PROJECT = Path(__file__).parent
os.environ.setdefault("EVENHAND_VAR", str(PROJECT / "var" / "test"))
os.environ.setdefault("EVENHAND_MODE", "demo")
os.environ["DJANGO_SETTINGS_MODULE"] = "evenhand.config.settings"

from evenhand.config import database  # noqa: E402  # the environment comes first

if TYPE_CHECKING:
    from evenhand.kernel.organisation.tests.cast import Cast

VAR = Path(os.environ["EVENHAND_VAR"])
_TEMPLATES_KEPT = 5


# At import: a package's conftest.py may import models, and the settings ask where it listens.
database.ensure_running(VAR, throwaway=True)
database.ensure_secrets(VAR)
django.setup()


def _owner() -> psycopg.Connection:
    where = database.connection("owner", VAR)
    return psycopg.connect(where.url(), autocommit=True)


def _state_of_migrations() -> str:
    # The grants name the application's role: a suite that is started as another makes its own.
    digest = hashlib.sha256(database.connection("app", VAR).user.encode())
    files = [*PROJECT.glob("src/evenhand/**/migrations/*.py"), PROJECT / "uv.lock"]
    files += [PROJECT / "src/evenhand/kernel/access" / f for f in ("rowsecurity.py", "actor.py")]
    files.append(PROJECT / "src/evenhand/config/settings.py")
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _template() -> str:
    """The migrated template's name; made when missing (workers wait for each other)."""
    name = f"evenhand_template_{_state_of_migrations()}"
    with _owner() as server:
        server.execute("SELECT pg_advisory_lock(771)")
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        building = f"{name}_building"
        _drop(server, building)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
        _migrate(building)
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(building), sql.Identifier(name)
            )
        )
        _forget(server)
    return name


def _forget(server: psycopg.Connection) -> None:
    """Drop templates of long ago, and databases of runs that were killed."""
    rows = server.execute("SELECT datname FROM pg_database ORDER BY oid DESC").fetchall()
    templates = [n for (n,) in rows if n.startswith("evenhand_template_")]
    tests = [n for (n,) in rows if n.startswith("test_") and n.split("_")[1].isdigit()]
    killed = [n for n in tests if not Path(f"/proc/{n.split('_')[1]}").exists()]
    for name in [*templates[_TEMPLATES_KEPT:], *killed]:
        with suppress(psycopg.errors.ObjectInUse):
            _drop(server, name)


def _migrate(name: str) -> None:
    owner = database.connection("owner", VAR).url(name)
    app = database.connection("app", VAR).url(name)
    reader = database.connection("reader", VAR).url(name)
    environment = os.environ | {
        "DATABASE_URL": app,
        "DATABASE_OWNER_URL": owner,
        "DATABASE_READER_URL": reader,
    }
    subprocess.run(
        [sys.executable, "-m", "evenhand", "migrate", "--verbosity", "0"],
        env=environment,
        check=True,
    )


def _drop(server: psycopg.Connection, name: str) -> None:
    # Not WITH (FORCE), which the owner may not use on the application's sessions: PostgreSQL
    # itself waits some seconds for those that are just closing.
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _copy(template: str, name: str) -> None:
    with _owner() as server:
        _drop(server, name)
        # Two workers copying one template at once is what PostgreSQL refuses.
        server.execute("SELECT pg_advisory_lock(771)")
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


@pytest.fixture(scope="session")
def template() -> str:
    return _template()


@pytest.fixture(scope="session")
def django_db_setup(
    template: str, django_db_blocker: pytest.FixtureRequest, worker_id: str
) -> Iterator[None]:
    """Replaces pytest-django's own: the application's role may not create a database."""
    from django.db import connections

    name = f"test_{os.getpid()}_{worker_id}"
    _copy(template, name)
    connections["default"].settings_dict["NAME"] = name
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _refuse_privileged_role()
        yield
        connections["default"].close()
    with _owner() as server:
        _drop(server, name)


def _refuse_privileged_role() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class"
            " WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = current_user"
        )
        row = cursor.fetchone()
    if row is None or row[0]:
        pytest.exit("the suite runs as a superuser or owner: row security would prove nothing", 3)


@pytest.fixture(autouse=True)
def in_the_sources_language() -> Iterator[None]:
    """Sentences are asserted as they stand in the code; a request still chooses its own."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None) -> "Cast":
    """The standing cast of the invented county: see :mod:`.organisation.tests.cast`."""
    from evenhand.kernel.organisation.tests.cast import make_cast

    return make_cast()


@pytest.fixture
def committed(
    template: str, django_db_setup: None, django_db_blocker: pytest.FixtureRequest, worker_id: str
) -> Iterator[str]:
    """A database of the test's own, in which transactions really commit: for concurrency."""
    from django.db import connections

    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    name = f"test_{os.getpid()}_{worker_id}_committed"
    _copy(template, name)
    connection.close()
    connection.settings_dict["NAME"] = name
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield name
        connections.close_all()
    connection.settings_dict["NAME"] = before
    with _owner() as server:
        _drop(server, name)
