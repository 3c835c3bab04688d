"""``evenhand messages``: the translations."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from evenhand.config import catalog


class Command(BaseCommand):
    help = "The translations: extract what the code asks for, merge, compile, check."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("extract", help="bring the catalogue in line with the code")
        merge = actions.add_parser("merge", help="as extract, with the translations of more files")
        merge.add_argument("fragments", nargs="+", type=Path, metavar="FRAGMENT.po")
        actions.add_parser("compile", help="write what is read at run time")
        actions.add_parser("check", help="exit code 1 unless every message is well translated")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options.get("fragments") or [])

    def _extract(self, fragments: list[Path]) -> None:
        asked = catalog.collect(_package())
        sources = [catalog.read(path) for path in fragments]
        answered = catalog.answer(asked, [catalog.read(_file()), *sources])
        catalog.write(_file(), answered)
        for path, source in zip(fragments, sources, strict=True):
            for name in catalog.unasked(asked, source):
                self.stdout.write(f"{path.name}: nothing asks for {name}")
        missing = len(list(catalog.faults(asked, answered)))
        self.stdout.write(f"{len(answered)} messages, {missing} to be translated: {_file()}")

    _merge = _extract

    def _compile(self, _fragments: list[Path]) -> None:
        catalog.compile_to(_file().with_suffix(".mo"), catalog.read(_file()))

    def _check(self, _fragments: list[Path]) -> None:
        asked = catalog.collect(_package())
        faults = list(catalog.faults(asked, catalog.read(_file())))
        for fault in faults:
            self.stdout.write(fault)
        self.stdout.write(f"{len(asked)} messages, {len(faults)} faults")
        if faults:
            raise SystemExit(1)


def _package() -> Path:
    return Path(settings.PROJECT) / "src" / "evenhand"


def _file() -> Path:
    return Path(settings.LOCALE_PATHS[0]) / catalog.LOCALE / "LC_MESSAGES" / "django.po"
