"""``evenhand petitions``: take petitions over from an earlier register."""

import json
import sys
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.base.clock import now
from evenhand.kernel.organisation.models import Post, Unit
from evenhand.mechanisms.petitions.importing.fields import FIELDS, Statuses
from evenhand.mechanisms.petitions.importing.rows import Reader, Unreadable, look_through
from evenhand.mechanisms.petitions.importing.run import Run, Summary
from evenhand.mechanisms.petitions.importing.writing import Taken, register
from evenhand.mechanisms.petitions.queries import REGISTERS, NobodyReceives

#: Every good row was imported, but some rows were skipped.
SKIPPED = 3

_HELP = """\
Take petitions over from a CSV file. Its first row names the columns; it may be in UTF-8,
UTF-16 or GB 18030. Importing the same file again brings nothing new. Matters that are closed
enter as closed; those that are open get a date that still lies ahead. Broken rows are listed
with row and column and skipped.

  evenhand petitions import old.csv --map title=subject,body=text,id=no,created=date

what --map may name (ours=column):
{fields}

exit codes: 0 every row is in, 1 nothing was done, 2 called wrongly,
            3 some rows were skipped, the others are in
"""


def mapping(text: str) -> dict[str, str]:
    """``title=subject,body=text`` as our names to the file's."""
    pairs = [part.partition("=") for part in text.split(",")]
    found = {name.strip(): column.strip() for name, _equals, column in pairs}
    if unknown := sorted(set(found) - set(FIELDS)):
        message = _("no field %(unknown)r; known are %(known)s")
        raise ArgumentTypeError(message % {"unknown": unknown[0], "known": ", ".join(FIELDS)})
    if len(found) < len(pairs) or not all(found.values()):
        raise ArgumentTypeError(_("write each field once, as in title=subject,body=text"))
    return found


def word_list(text: str) -> frozenset[str]:
    return frozenset(word.strip().casefold() for word in text.split(",") if word.strip())


class Command(BaseCommand):
    help = "Take petitions over from an earlier register, out of a CSV file."

    def add_arguments(self, parser: CommandParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True, metavar="import")
        fields = "\n".join(f"  {name:<10} {each.help}" for name, each in FIELDS.items())
        taking = tasks.add_parser(
            "import",
            help="take petitions over from a CSV file",
            description=_HELP.format(fields=fields),
            formatter_class=RawDescriptionHelpFormatter,
        )
        languages = [code for code, _name in settings.LANGUAGES]
        taking.add_argument("file", type=Path, metavar="FILE.csv")
        taking.add_argument("--map", type=mapping, required=True, metavar="OURS=COLUMN,…")
        taking.add_argument("--office", metavar="CODE", help="the unit that takes them over")
        taking.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE)
        taking.add_argument("--source", default="", metavar="NAME", help="tells registers apart")
        taking.add_argument("--closed", type=word_list, default=(), metavar="WORD,…")
        taking.add_argument("--open", type=word_list, default=(), metavar="WORD,…")
        taking.add_argument("--report", type=Path, metavar="FILE.json", help="all of it as JSON")
        taking.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *_args: Any, **options: Any) -> None:
        at, report, dry = now(), options["report"], options["dry_run"]
        run = self._prepare(options, at)
        if report:
            _write(report, {})  # an unwritable report is found before the work, not after it
        summary = run(at=at, progress=self._progress)
        for problem in summary.problems:
            self.stderr.write(str(problem))
        if report:
            _write(report, _as_json(run, summary))
        self.stdout.write(_sentence(summary, dry=dry))
        if summary.skipped:
            raise CommandError(_skipped(summary.skipped), returncode=SKIPPED)

    def _prepare(self, options: Mapping[str, Any], at: Any) -> Run:
        """Everything that can be wrong with the call is found here, before anything is done."""
        known, source = Statuses(), options["source"]
        statuses = Statuses(
            closed=(known.closed - set(options["open"])) | set(options["closed"]),
            open=(known.open - set(options["closed"])) | set(options["open"]),
        )
        reader = Reader(columns=options["map"], statuses=statuses, source=source, at=at)
        try:
            table = look_through(options["file"])
            reader.check(table)
            taking = register(
                name=source or options["file"].name,
                language=options["language"],
                at=at,
                office=_office(options["office"]),
            )
        except Unreadable as problem:
            raise CommandError(f"{options['file']}: {problem}") from None
        except NobodyReceives:
            message = _("No office can take petitions in. Import the organisation first.")
            raise CommandError(message) from None
        return Run(table=table, reader=reader, source=taking, write=not options["dry_run"])

    def _progress(self, done: int, total: int) -> None:
        live = sys.stderr.isatty() and done < total
        self.stderr.write(f"{done}/{total}", str, ending="\r" if live else "\n")


def _office(code: str | None) -> Unit | None:
    if code is None:
        return None
    office = Unit.objects.filter(code=code).first()
    if office is None:
        raise CommandError(_("There is no unit with the code %(code)r.") % {"code": code})
    if not Post.objects.filter(unit=office, powers__contains=[REGISTERS]).exists():
        message = _("%(unit)s has no post that registers petitions; name another office.")
        raise CommandError(message % {"unit": office})
    return office


def _sentence(summary: Summary, *, dry: bool) -> str:
    new, before = summary.new, len(summary.taken) - summary.new
    if dry:
        first = ngettext("%(n)d matter would be imported.", "%(n)d matters would be imported.", new)
    else:
        first = ngettext("Imported %(n)d matter.", "Imported %(n)d matters.", new)
    second = ngettext("%(n)d was there already.", "%(n)d were there already.", before)
    return f"{first % {'n': new}} {second % {'n': before}}" if before else first % {"n": new}


def _skipped(count: int) -> str:
    return ngettext(
        "%(n)d row was skipped, for the reason given above; mend it and import again.",
        "%(n)d rows were skipped, for the reasons given above; mend them and import again.",
        count,
    ) % {"n": count}


def _as_json(run: Run, summary: Summary) -> dict[str, Any]:
    """All of it: ``matters`` is also the list of old numbers and new references."""
    return {
        "file": run.table.path.name,
        "encoding": run.table.encoding,
        "written": run.write,
        "rows": summary.rows,
        "imported": summary.new,
        "already_there": len(summary.taken) - summary.new,
        "skipped": summary.skipped,
        "problems": [
            {"row": p.row, "column": p.column, "message": p.message} for p in summary.problems
        ],
        "matters": [_matter(run, taken) for taken in summary.taken],
    }


def _matter(run: Run, taken: Taken) -> dict[str, Any]:
    known = run.write or not taken.new  # of a dry run, no reference was given
    return {
        "row": taken.row,
        "number": taken.number,
        "reference": taken.reference if known else "",
        "new": taken.new,
        "closed": taken.closed,
    }


def _write(report: Path, content: Mapping[str, Any] | Sequence[Any]) -> None:
    try:
        report.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise CommandError(
            _("The report %(file)s cannot be written: %(why)s. Choose another place.")
            % {"file": report, "why": error.strerror}
        ) from None
