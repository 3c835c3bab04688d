"""``evenhand demo``: an invented county on this machine, up until Ctrl-C."""

import fcntl
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.urls import reverse

from evenhand import demo
from evenhand.base.clock import now
from evenhand.config import database, demodata
from evenhand.config.demodata import Holds
from evenhand.config.management.commands.serve import add_address, refuse_taken
from evenhand.config.problem import Problem
from evenhand.config.processes import (
    ChildEnded,
    Family,
    Stopped,
    family,
    stopping_on_signals,
)
from evenhand.config.production import migrations_pending
from evenhand.demo.fill import fill

_PATIENCE_SECONDS = 60
#: What a child has no business to know: see docs/architecture.md, "Roles of the database".
_KEPT_FROM_WORKER = {"DATABASE_OWNER_URL"}
_KEPT_FROM_WEB = _KEPT_FROM_WORKER | {"DATABASE_READER_URL", "DATABASE_SEQUENCER_URL"}


class Command(BaseCommand):
    help = "Show an invented county on this machine: data, web server and worker, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_address(parser)
        parser.add_argument("--reset", action="store_true", help="erase the demo's data first")
        parser.add_argument("--no-fill", action="store_true", help="take the data as they are")
        parser.add_argument("--prepare", action="store_true", help="make the data, serve nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with stopping_on_signals(), _alone(settings.VAR):
                self._run(**options)
        except Stopped:
            self._say("Stopped.")
        except ChildEnded as ended:
            raise Problem(f"{ended}; what it wrote stands above") from None

    def _run(self, *, host: str, port: int, prepare: bool, **options: Any) -> None:
        if not prepare:
            refuse_taken(host, port)
        with _server(settings.VAR), family() as children:
            self._make_data(reset=options["reset"], wanted=not options["no_fill"])
            if not prepare:
                self._serve(children, host, port)

    def _make_data(self, *, reset: bool, wanted: bool) -> None:
        found = demodata.holds(settings.VAR)
        if found is Holds.SOMETHING_ELSE and wanted:
            raise Problem(
                f"the database holds {found.value}: no demo is made of it; use make run, "
                "or set EVENHAND_VAR to another folder"
            )
        if reset or found is Holds.HALF_A_DEMO:
            self._say("Erasing the demo's data …")
            demodata.erase(settings.VAR)
        if migrations_pending():
            self._say("Preparing the database …")
            connections.close_all()
            _migrate()
        if wanted and demodata.holds(settings.VAR) is Holds.NOTHING:
            self._fill()
        connections.close_all()

    def _fill(self) -> None:
        self._say("Inventing a county; this is done once …")
        demodata.mark(settings.VAR, complete=False)
        fill(lambda line: self._say(f"  {line}"))
        demodata.mark(settings.VAR, complete=True)

    def _serve(self, children: Family, host: str, port: int) -> None:
        command = [sys.executable, "-m", "evenhand"]
        address = ["--host", host, "--port", str(port)]
        children.start("web server", [*command, "serve", *address], _without(_KEPT_FROM_WEB))
        children.start("worker", [*command, "worker"], _without(_KEPT_FROM_WORKER))
        _wait_for_answer(children, host, port)
        self._greet(host, port)
        while True:
            children.check()
            time.sleep(0.5)

    def _greet(self, host: str, port: int) -> None:
        site = f"http://{_shown(host)}:{port}"
        self._say(f"\nEvenhand runs at {site}/\n")
        if demodata.holds(settings.VAR) is Holds.A_DEMO:
            self._say(f"Sign in at {site}{reverse('account_login')} as")
            for person in demo.sign_ins():
                self._say(f"  {person.email:<26} {person.password:<21} {person.does}")
            self._say("\nOr follow a matter with its receipt")
            for receipt in demo.receipts_to_follow(now()):
                self._say(f"  {receipt.reference:<26} {receipt.words}  ({receipt.does})")
            connections.close_all()
        self._say("\nCtrl-C stops it; the data stay (make demo-reset begins anew).")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """One demo per folder. Raises :class:`Problem` when another one runs."""
    with (var / ".demo").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(f"a demo already runs from {var}; stop it first (Ctrl-C there)") from None
        yield


@contextmanager
def _server(var: Path) -> Iterator[None]:
    """The database, stopped afterwards only if it was started here."""
    started = database.ensure_running(var)
    database.ensure_running(var, role="owner")
    try:
        yield
    finally:
        connections.close_all()
        if started:
            database.stop(var)


def _migrate() -> None:
    command = [sys.executable, "-m", "evenhand", "migrate", "--verbosity", "0"]
    if subprocess.run(command, check=False, start_new_session=True).returncode:
        raise Problem("the database could not be brought to this version; see above")


def _without(names: set[str]) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k not in names}


def _wait_for_answer(children: Family, host: str, port: int) -> None:
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while not _answers(host, port):
        children.check()
        if time.monotonic() > give_up:
            raise Problem(f"the web server does not answer after {_PATIENCE_SECONDS} seconds")
        time.sleep(0.1)


def _answers(host: str, port: int) -> bool:
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(local, port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
