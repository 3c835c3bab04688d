"""``evenhand serve``: the web server."""

import errno
import os
import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from evenhand.config import production
from evenhand.config.problem import Problem

#: Two processes use two cores; a thread waits for the database most of its time.
WORKERS = 2
THREADS = 4
_KILL_AFTER_SECONDS = 10


class Command(BaseCommand):
    help = "Serve the site until stopped (Ctrl-C or SIGTERM); requests under way are finished."

    def add_arguments(self, parser: CommandParser) -> None:
        add_address(parser)
        parser.add_argument("--workers", type=int, default=WORKERS, help="processes")
        parser.add_argument("--threads", type=int, default=THREADS, help="threads per process")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        refuse_taken(host, port)
        if not settings.DEMO:
            production.refuse_unsafe()
            production.refuse_unmigrated()
            call_command("collectstatic", interactive=False, verbosity=0)
        else:
            settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        Granian(
            "evenhand.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            respawn_failed_workers=True,
            workers_kill_timeout=_KILL_AFTER_SECONDS,
            log_level=LogLevels.warning,
        ).serve()


def add_address(parser: CommandParser) -> None:
    """The two options that say where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--port", type=port_number, default=os.environ.get("PORT") or "8000", help="PORT, or 8000"
    )


def port_number(text: str) -> int:
    """Raises :class:`Problem` when ``text`` is no port."""
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise Problem(f"PORT={text} is not a port; give a number from 1 to 65535")
    return int(text)


def refuse_taken(host: str, port: int) -> None:
    """Raise :class:`Problem` when the address cannot be listened on.

    Granian shares its port between its processes, and would share it with a stranger's too.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem(_why_not(host, port, error)) from None


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken; stop what uses it, or choose another: PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"port {port} needs root; choose one from 1024 on: PORT=8000"
    return f"cannot listen on {host}: {error.strerror}"
