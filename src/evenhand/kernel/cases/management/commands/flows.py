"""``evenhand flows list|check|draw``: the procedures that are installed."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from evenhand.base import profile
from evenhand.kernel.cases import registry
from evenhand.kernel.cases.check import problems
from evenhand.kernel.cases.drawing import markdown


class Command(BaseCommand):
    help = "List the installed procedures, check their tables, or draw them."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="one line for each flow and version")
        verbs.add_parser("check", help="exit code 1 when a table has a problem")
        draw = verbs.add_parser("draw", help="tables and diagrams as Markdown")
        draw.add_argument("--to", type=Path, help="a folder; without it, to standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            _VERBS[options["verb"]](self, options)

    def list_flows(self, options: dict[str, Any]) -> None:
        for procedure in registry.every():
            flow = procedure.flow
            self.stdout.write(
                f"{flow.key} version {flow.version}: {flow.title}, {len(flow.states)} stages, "
                f"{len(flow.steps)} steps, {len(flow.terms)} terms"
            )

    def check_flows(self, options: dict[str, Any]) -> None:
        loaded = profile.cached(settings.EVENHAND_PROFILE_FOLDER)
        found = [p for procedure in registry.every() for p in problems(procedure.flow, loaded)]
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} problems in the flows' tables")
        self.stdout.write(f"{len(registry.every())} flows are sound")

    def draw_flows(self, options: dict[str, Any]) -> None:
        loaded = profile.cached(settings.EVENHAND_PROFILE_FOLDER)
        for procedure in registry.every():
            text = markdown(procedure.flow, loaded)
            if folder := options["to"]:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{procedure.flow.key}.md").write_text(text, "utf-8")
            else:
                self.stdout.write(text)


_VERBS = {"list": Command.list_flows, "check": Command.check_flows, "draw": Command.draw_flows}
