"""``evenhand organisation``: bring units, posts and people in from CSV files."""

import json
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.base.clock import now
from evenhand.kernel.organisation.importing import files, report
from evenhand.kernel.organisation.importing.plan import Plan
from evenhand.kernel.organisation.models import Person


class Command(BaseCommand):
    help = "Bring units, posts and people in from CSV files, or list the columns of those files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        listing = "print the files and their columns, as Markdown"
        tasks.add_parser("columns", help=listing, description=listing)
        taking = tasks.add_parser(
            "import",
            help="show what CSV files would change; with --apply, change it",
            description="Show what CSV files would change; with --apply, change it. Exit code 1"
            " when any row is broken: then nothing is written.",
        )
        taking.add_argument("path", nargs="+", type=Path, metavar="FOLDER|FILE")
        taking.add_argument("--apply", action="store_true", help="write the changes")
        taking.add_argument("--by", metavar="STAFF_NUMBER", help="who answers for the import")
        taking.add_argument("--report", type=Path, metavar="FILE.json", help="all of it as JSON")

    def handle(self, *, task: str, **options: Any) -> None:
        if task == "columns":
            self.stdout.write("\n".join(report.columns()))
        else:
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        try:
            found = files.find(options["path"])
            by = _answering(options["by"])
            if options["report"]:
                options["report"].touch()
            for path in found.ignored:
                self._progress(_("%(path)s is not read") % {"path": path})
            plan = files.bring(
                found.paths, write=options["apply"], by=by, at=now(), progress=self._progress
            )
        except files.WrongFiles as problem:
            raise CommandError(str(problem)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        self._show(plan, applied=options["apply"] and not plan.problems, to=options["report"])

    def _show(self, plan: Plan, *, applied: bool, to: Path | None) -> None:
        for line in report.lines(plan):
            self.stdout.write(line)
        for problem in plan.problems:
            self.stdout.write(str(problem))
        if to:
            content = report.as_json(plan, applied=applied)
            to.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        if count := len(plan.problems):
            message = ngettext(
                "%(n)d problem; nothing was written",
                "%(n)d problems; nothing was written",
                count,
            )
            raise CommandError(message % {"n": count})
        self.stdout.write(
            _("Written.") if applied else _("Nothing was written; --apply writes it.")
        )

    def _progress(self, line: str) -> None:
        self.stderr.write(line, str)  # as it is: progress is no error


def _answering(staff_number: str | None) -> uuid.UUID | None:
    if staff_number is None:
        return None
    try:
        return Person.objects.get(staff_number=staff_number).id
    except Person.DoesNotExist:
        about = {"value": staff_number}
        raise CommandError(_("no person with staff number %(value)r") % about) from None
