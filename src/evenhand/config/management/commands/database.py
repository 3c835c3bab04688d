"""``evenhand database``: the embedded server by hand."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from evenhand.config import database, embedded
from evenhand.config.problem import Problem


class Command(BaseCommand):
    help = "Start or stop the embedded database, or say how it is."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("start", "stop", "status"))

    def handle(self, *args: Any, **options: Any) -> None:
        if database.is_external():
            raise Problem("DATABASE_URL names a server of your own: start and stop it yourself")
        if options["action"] == "start":
            database.ensure_running(settings.VAR)
        elif options["action"] == "stop":
            database.stop(settings.VAR)
        self.stdout.write(_status())


def _status() -> str:
    data = settings.VAR / "postgres"
    if not embedded.exists(data):
        return f"{data}: not made yet"
    pid = embedded.running(data)
    return f"{data}: runs as process {pid}" if pid else f"{data}: stopped"
