"""What must be chosen before strangers are let in: checked by ``serve`` and ``worker``."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from evenhand.config.problem import Problem

_SHORTEST_SECRET = 40
_HOW = "docs/how-to/external-database.md"


def refuse_unsafe() -> None:
    """Raise :class:`Problem`, one line, for the first setting that is missing or unsafe."""
    for problem in problems():
        raise Problem(f"{problem}; or set EVENHAND_MODE=demo to look at it on this machine")


def problems() -> list[str]:
    """Each setting that is missing or unsafe, with what to do."""
    secrets = {
        "EVENHAND_SECRET_KEY": _setting("SECRET_KEY"),
        "EVENHAND_RECEIPT_KEY": _setting("EVENHAND_RECEIPT_KEY"),
    }
    found = [
        f"{name} is missing or shorter than {_SHORTEST_SECRET} characters: set it to a long random "
        f"text, the same for every web and worker process ({_HOW})"
        for name, value in secrets.items()
        if len(value) < _SHORTEST_SECRET
    ]
    hosts = settings.ALLOWED_HOSTS
    if "*" in hosts or not set(hosts) - {"localhost", "127.0.0.1", "[::1]", ""}:
        found.append("EVENHAND_HOSTS does not name the site: set it to its names, comma-separated")
    return found


def _setting(name: str) -> str:
    try:
        return str(getattr(settings, name))
    except ImproperlyConfigured:  # as Django has it when its own secret is empty
        return ""


def refuse_unmigrated() -> None:
    """Raise :class:`Problem` when the database is not at this version."""
    if migrations_pending():
        raise Problem("the database is not at this version; run: evenhand migrate")


def migrations_pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
