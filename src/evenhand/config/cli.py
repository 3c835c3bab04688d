"""``evenhand``: the command-line entry.

Every command is a Django management command; this adds what stands before Django: the
embedded database (started when a command needs it) and the database role it runs under.
"""

import os
import sys
from pathlib import Path

from django.core.management import ManagementUtility

from evenhand.base.profile import ProfileProblem
from evenhand.config import database
from evenhand.config.problem import Problem

#: Our own commands, in the order in which a newcomer meets them.
COMMANDS = {
    "demo": "an invented county to look at, on this machine",
    "serve": "the web server",
    "worker": "the jobs: the sweep, mail, publications",
    "migrate": "bring the database to this version",
    "flows": "list, check or draw the procedures",
    "organisation": "import units, posts and people from CSV",
    "petitions": "import petitions from CSV",
    "rules": "import instruments from Markdown, show a provision",
    "sweep": "look at everything that fell due",
    "audit": "check the invariants on live data",
    "accounts": "open, close and list accounts",
    "messages": "the translations: extract, merge, compile, check",
    "docs": "the reference pages: write, check",
    "database": "start or stop the embedded database, or say how it is",
}
_ROLES = {
    **dict.fromkeys(("migrate", "makemigrations", "sqlmigrate", "showmigrations"), "owner"),
    "audit": "reader",
}
_NO_DATABASE = {"help", "version", "--version", "collectstatic", "messages", "docs", "database"}
_HELP = {"--help", "-h"}


def main() -> None:
    """The entry point: exit code 0 when done, 1 when it failed, 2 when called wrongly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in {"help", *_HELP} and len(sys.argv) < 3:
        sys.stdout.write(f"{overview()}\n")
        return
    try:
        prepare(command)
        ManagementUtility(["evenhand", *sys.argv[1:]]).execute()
    except (Problem, ProfileProblem) as problem:
        sys.exit(f"evenhand: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)


def prepare(command: str) -> None:
    """Choose the role and have the database running, before any settings are read."""
    role = _ROLES.get(command, "app")
    os.environ["EVENHAND_DATABASE_ROLE"] = role
    if command in _NO_DATABASE or _HELP & set(sys.argv):
        return
    if command == "demo":
        # The demo starts the database itself: it stops what it started.
        os.environ["EVENHAND_MODE"] = "demo"
        database.ensure_secrets(var_folder())
        return
    database.ensure_running(var_folder(), role=role)


def var_folder() -> Path:
    """Where an installation keeps its state: ``EVENHAND_VAR``, else ``var`` in the project."""
    return Path(os.environ.get("EVENHAND_VAR") or Path(__file__).resolve().parents[3] / "var")


def overview() -> str:
    rows = "\n".join(f"  {name:<14}{does}" for name, does in COMMANDS.items())
    return f"usage: evenhand COMMAND [options]\n\n{rows}\n\nevenhand COMMAND --help says more."
