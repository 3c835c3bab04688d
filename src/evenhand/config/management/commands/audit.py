"""``evenhand audit``: the invariants, checked on live data by a role that reads everything."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from evenhand.base import audit

MOST_ROWS = 20


class Command(BaseCommand):
    help = "Check the invariants on live data. Exit code 1 when a row breaks one; it is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="list every broken row")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for invariant in audit.every():
            rows = list(invariant.check())
            broken += len(rows)
            self.stdout.write(f"{'FAIL' if rows else 'ok  '} {invariant.number} {invariant.says}")
            shown = rows if options["all"] else rows[:MOST_ROWS]
            for row in shown:
                self.stdout.write(f"     {row.row}: {row.why}")
            if len(rows) > len(shown):
                self.stdout.write(f"     and {len(rows) - len(shown)} more (--all lists them)")
        if broken:
            raise SystemExit(1)
