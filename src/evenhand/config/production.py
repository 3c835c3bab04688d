"""What must be chosen before strangers are let in: checked by ``serve`` and ``worker``."""

from django.conf import settings
from django.core.management.base import CommandError

_SHORTEST_SECRET = 40
_HOW = "docs/how-to/external-database.md"


def refuse_unsafe() -> None:
    """Raise :class:`CommandError`, one line, for the first setting that is missing or unsafe."""
    for problem in problems():
        raise CommandError(f"{problem}; or set EVENHAND_MODE=demo to look at it on this machine")


def problems() -> list[str]:
    """Each setting that is missing or unsafe, with what to do."""
    secrets = {
        "EVENHAND_SECRET_KEY": settings.SECRET_KEY,
        "EVENHAND_RECEIPT_KEY": settings.EVENHAND_RECEIPT_KEY,
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
