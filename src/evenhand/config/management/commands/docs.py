"""``evenhand docs``: the pages of docs/reference, which are made from the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from evenhand.config import reference


class Command(BaseCommand):
    help = "Write the pages of docs/reference from the code, or check that they are up to date."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("write", help="write them", description="Write the pages.")
        checking = "Exit code 1, naming each page, unless all are as they would be written."
        verbs.add_parser("check", help="exit code 1 when a page is stale", description=checking)

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.PROJECT) / "docs" / "reference"
        with translation.override("en"):
            pages = reference.pages(Path(settings.PROJECT))
        if options["verb"] == "write":
            self._write(folder, pages)
        elif stale := stale_pages(folder, pages):
            raise CommandError("; ".join([*stale, "run: evenhand docs write"]))

    def _write(self, folder: Path, pages: dict[str, str]) -> None:
        for path in strangers(folder, pages):
            (folder / path).unlink()
        for path, text in pages.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        self.stdout.write(f"{len(pages)} pages in docs/reference")


def stale_pages(folder: Path, pages: dict[str, str]) -> list[str]:
    """One line for each page that is missing, other than it would be written, or too many."""
    found = {path: folder / path for path in pages}
    return [
        *(f"docs/reference/{p} is missing" for p, file in found.items() if not file.exists()),
        *(
            f"docs/reference/{p} is stale"
            for p, file in found.items()
            if file.exists() and file.read_text("utf-8") != pages[p]
        ),
        *(f"docs/reference/{p} is nobody's page" for p in strangers(folder, pages)),
    ]


def strangers(folder: Path, pages: dict[str, str]) -> list[str]:
    """Pages in the folder that nothing would write."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    return sorted(there - pages.keys())
