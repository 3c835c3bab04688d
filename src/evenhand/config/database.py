"""Which database, under which role; and the embedded server when none is named.

Four roles (docs/architecture.md, "Roles of the database"):

- ``owner`` owns the tables: migrations, backups and the test runner only;
- ``app`` is what web and worker connect as: row security binds it, it owns nothing;
- ``reader`` reads everything and writes nothing: the worker's aggregates and ``audit``;
- ``sequencer`` will order the ledger.

One host user stops bugs and injection, not a seized host.
"""

import json
import os
import secrets
from pathlib import Path

import psycopg
from psycopg import sql

from evenhand.config import embedded
from evenhand.config.address import Connection
from evenhand.config.problem import DatabaseProblem

__all__ = [
    "Connection",
    "DatabaseProblem",
    "check_server",
    "connection",
    "ensure_running",
    "ensure_secrets",
    "has_role",
    "is_external",
    "read_secrets",
    "role_options",
    "stop",
]

ROLES = ("owner", "app", "reader", "sequencer")
MINIMUM_VERSION = 15
_URL_VARIABLE = {
    "owner": "DATABASE_OWNER_URL",
    "app": "DATABASE_URL",
    "reader": "DATABASE_READER_URL",
    "sequencer": "DATABASE_SEQUENCER_URL",
}
_HBA = """\
# Written by Evenhand: passwords for everybody, no trust.
local all all scram-sha-256
host  all all 127.0.0.1/32 scram-sha-256
host  all all ::1/128      scram-sha-256
"""
_TUNING = {
    "shared_buffers": "256MB",
    "max_connections": "120",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
}
_THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def is_external() -> bool:
    """Whether the institution brings its own server. Raises :class:`DatabaseProblem`."""
    if os.environ.get("DATABASE_URL"):
        return True
    if half := [v for v in _URL_VARIABLE.values() if os.environ.get(v)]:
        raise DatabaseProblem(
            f"{half[0]} is set but DATABASE_URL is not; set both (docs/how-to/external-database.md)"
        )
    return False


def has_role(role: str) -> bool:
    """Whether ``role`` has a connection; an external server need not have the reader's."""
    return not is_external() or bool(os.environ.get(_URL_VARIABLE[role]))


def connection(role: str, var: Path) -> Connection:
    """Where ``role`` connects.

    With ``DATABASE_URL`` set, its own variable must be set too; otherwise the embedded
    server under ``var`` is meant, running or not.
    """
    if is_external():
        variable = _URL_VARIABLE[role]
        if not (url := os.environ.get(variable)):
            raise DatabaseProblem(
                f"{variable} is not set: with DATABASE_URL given, set it to the address of the "
                f"{role} role (docs/how-to/external-database.md)"
            )
        return Connection.parse(url, variable)
    return Connection(
        user=f"evenhand_{role}",
        password=read_secrets(var).get(f"database_{role}", ""),
        host=str(embedded.socket_folder(var / "postgres")),
        port=embedded.PORT,
        name="evenhand",
    )


def read_secrets(var: Path) -> dict[str, str]:
    """The installation's own secrets (``var/secrets.json``), or nothing before set-up.

    Raises :class:`DatabaseProblem` when the file is another user's or damaged.
    """
    path = var / "secrets.json"
    try:
        found: dict[str, str] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except PermissionError:
        raise DatabaseProblem(
            f"{path} belongs to another user; run as that user, or set EVENHAND_VAR to a folder "
            "of your own"
        ) from None
    except ValueError:
        raise DatabaseProblem(f"{path} is damaged; restore it from the backup") from None
    return found


def ensure_secrets(var: Path) -> dict[str, str]:
    """Make the secrets that are missing; the file is readable by its owner alone.

    Raises :class:`DatabaseProblem` when ``var`` cannot be written.
    """
    with embedded.locked(var):
        return _ensure_secrets(var)


def _ensure_secrets(var: Path) -> dict[str, str]:
    names = ("secret_key", "receipt_key", "database_superuser", *(f"database_{r}" for r in ROLES))
    known = read_secrets(var)
    missing = [name for name in names if name not in known]
    if missing:
        known |= {name: secrets.token_urlsafe(48) for name in missing}
        written = var / "secrets.json.new"
        handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, indent=2)
        written.replace(var / "secrets.json")
    return known


def ensure_running(var: Path, *, role: str = "app", throwaway: bool = False) -> bool:
    """Start the embedded server if it is wanted and down. Returns whether this call started it.

    An external server is only looked at, as ``role``. ``throwaway`` trades durability for
    speed: for tests only. Several processes may call this at once: one starts the server, the
    others wait for it. Raises :class:`DatabaseProblem`.
    """
    if is_external():
        check_server(role, connection(role, var))
        return False
    with embedded.locked(var):
        known = _ensure_secrets(var)
        data = var / "postgres"
        if not embedded.exists(data):
            embedded.create(
                data,
                superuser_password=known["database_superuser"],
                hba=_HBA,
                tuning=_TUNING | (_THROWAWAY if throwaway else {}),
                fill=lambda folder: _make_roles(folder, known),
            )
        elif embedded.running(data):
            return False
        embedded.start(data)
    return True


def stop(var: Path) -> None:
    """Stop the embedded server, if it runs."""
    if (var / "postgres").exists():
        with embedded.locked(var):
            embedded.stop(var / "postgres")


def _make_roles(folder: Path, known: dict[str, str]) -> None:
    """The four roles and the empty database, made as the superuser."""
    superuser = Connection(
        "postgres", known["database_superuser"], str(folder), embedded.PORT, "postgres"
    )
    with psycopg.connect(superuser.url(), autocommit=True) as server:
        for role, options in role_options().items():
            server.execute(_create_role(f"evenhand_{role}", options, known[f"database_{role}"]))
        server.execute("CREATE DATABASE evenhand OWNER evenhand_owner")


def role_options() -> dict[str, str]:
    """What each role may, in PostgreSQL's words."""
    return {
        "owner": "LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS",
        "app": "LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS",
        "reader": "LOGIN NOCREATEDB NOSUPERUSER BYPASSRLS",
        "sequencer": "LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS",
    }


def _create_role(name: str, options: str, password: str) -> sql.Composed:
    return sql.SQL("CREATE ROLE {} WITH {} PASSWORD {}").format(
        sql.Identifier(name),
        sql.SQL(options),  # from the table above, never from outside
        sql.Literal(password),
    )


_BYPASSES = """
SELECT rolsuper OR rolbypassrls
    OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid AND relname = 'access_involvement')
FROM pg_roles r WHERE rolname = current_user
"""
_OWNS = "SELECT pg_has_role(datdba, 'MEMBER') FROM pg_database WHERE datname = current_database()"
_HOW = "docs/how-to/external-database.md"


def check_server(role: str, where: Connection) -> None:
    """Raise :class:`DatabaseProblem` when the server is away or too old, or ``role`` unfit.

    Unfit is an application that would read past row security, and an owner who does not own.
    """
    try:
        with psycopg.connect(where.url(), connect_timeout=5) as server:
            _check_version(server, where)
            _check_role(server, role, where)
    except psycopg.OperationalError as error:
        first = str(error).strip().splitlines()[0]
        raise DatabaseProblem(
            f"the database at {where.host or 'localhost'} does not answer: {first}; "
            f"check {_URL_VARIABLE[role]} and that the server runs"
        ) from None


def _check_version(server: psycopg.Connection, where: Connection) -> None:
    version = server.info.server_version // 10_000
    if version < MINIMUM_VERSION:
        raise DatabaseProblem(
            f"PostgreSQL {version} at {where.host or 'localhost'} is too old; "
            f"Evenhand needs {MINIMUM_VERSION} or newer"
        )


def _check_role(server: psycopg.Connection, role: str, where: Connection) -> None:
    if role == "app" and server.execute(_BYPASSES).fetchone() == (True,):
        raise DatabaseProblem(
            f"DATABASE_URL connects as {where.user}, whom row security does not bind; "
            f"name the application's role there ({_HOW})"
        )
    if role == "owner" and server.execute(_OWNS).fetchone() == (False,):
        raise DatabaseProblem(
            f"DATABASE_OWNER_URL connects as {where.user}, who does not own {where.name}; "
            f"name the database's owner there ({_HOW})"
        )
