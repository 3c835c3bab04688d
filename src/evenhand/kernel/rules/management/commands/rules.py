"""``evenhand rules``: import instruments from Markdown, show a provision."""

import json
import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.base import clock
from evenhand.kernel.access.actor import IMPORTER
from evenhand.kernel.rules import queries
from evenhand.kernel.rules.actions import name_instruments
from evenhand.kernel.rules.citations import Citation, NotACitation, Place
from evenhand.kernel.rules.importer import Outcome, files_in, import_files
from evenhand.kernel.rules.models import Instrument, Provision, Version
from evenhand.kernel.rules.naming import configured

#: Everything readable was imported, but some files were skipped.
SKIPPED = 3
#: How often progress is written where standard error is no terminal.
EVERY = 200

_IMPORT_HELP = """\
Import instruments from Markdown files, or from all *.md in and below folders.

A file holds '# Title', lines with dates, '<!-- INFO END -->', chapters and sections as
headings, and articles that begin with 第…条. Importing again changes nothing. What cannot be
read is named on standard error and skipped.

exit codes: 0 every file imported, 1 nothing could be done, 2 called wrongly,
            3 some files were skipped, the others are imported
"""
_SHOW_HELP = """\
Show one article or item, as in force today or on another day.

  evenhand rules show X22 31
  evenhand rules show X22 "31(6)" --at 2023-01-01
  evenhand rules show 信访工作条例 第三十一条第六项

exit codes: 0 shown, 1 not found or not clear which, 2 called wrongly
"""


class Command(BaseCommand):
    help = "Import instruments from Markdown, or show a provision."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="import|show")
        importing = actions.add_parser(
            "import",
            help="import instruments from Markdown",
            description=_IMPORT_HELP,
            formatter_class=RawDescriptionHelpFormatter,
        )
        importing.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        importing.add_argument(
            "--report",
            type=Path,
            metavar="FILE.json",
            help="write what became of each file: a JSON list of file, title, articles, error",
        )
        showing = actions.add_parser(
            "show",
            help="show one article or item",
            description=_SHOW_HELP,
            formatter_class=RawDescriptionHelpFormatter,
        )
        showing.add_argument("name", metavar="NAME", help="key, title or a part of the title")
        showing.add_argument("article", metavar="ARTICLE", help="31, '31(6)' or 第三十一条")
        showing.add_argument("--at", type=date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["action"] == "import":
            self._import(options["paths"], options["report"])
        else:
            self._show(options["name"], options["article"], options["at"])

    def _import(self, paths: Sequence[Path], report: Path | None) -> None:
        if report:
            _write(report, [])  # an unwritable report is found before the work, not after it
        at = clock.now()
        files = files_in(paths)
        tally = Tally()
        for outcome in self._progress(import_files(files=files, by=IMPORTER, at=at), len(files)):
            tally.add(outcome)
            if outcome.error:
                self.stderr.write(f"{outcome.file}: {outcome.error}")
        name_instruments(names=configured().values(), by=IMPORTER, at=at)
        if report:
            _write(report, tally.rows)
        self.stdout.write(tally.sentence())
        if tally.skipped:
            raise CommandError(tally.skipped_sentence(), returncode=SKIPPED)

    def _progress(self, outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
        live = sys.stderr.isatty()
        for count, outcome in enumerate(outcomes, start=1):
            yield outcome
            if live:
                end = "\n" if count == total else "\r"
                self.stderr.write(f"{count}/{total}", ending=end)
            elif count % EVERY == 0:
                self.stderr.write(f"{count}/{total}")

    def _show(self, name: str, article: str, at: date | None) -> None:
        day = at or timezone.localdate(clock.now())
        instrument = _instrument(name)
        place = _place(article)
        version = _version(instrument, day)
        found = queries.matching(version, place)
        if not found:
            raise CommandError(_missing(instrument, version, place))
        for provision in found:
            shown = place if len(found) == 1 else provision.place or place
            citation = Citation(instrument.key or instrument.title, shown)
            self.stdout.write("\n".join(_lines(citation, version, provision)))


@dataclass
class Tally:
    """What an import came to; ``rows`` are those of the report."""

    rows: list[dict[str, object]] = field(default_factory=list)
    files: int = 0
    articles: int = 0
    unchanged: int = 0
    skipped: int = 0

    def add(self, outcome: Outcome) -> None:
        self.rows.append(
            {
                "file": outcome.file,
                "title": outcome.title,
                "articles": outcome.articles,
                "error": outcome.error,
            }
        )
        self.skipped += outcome.error is not None
        self.unchanged += not outcome.error and not outcome.new
        self.files += outcome.new
        self.articles += outcome.articles if outcome.new else 0

    def sentence(self) -> str:
        new = ngettext(
            "Imported %(n)d file with %(articles)d articles.",
            "Imported %(n)d files with %(articles)d articles.",
            self.files,
        )
        kept = ngettext(
            "%(n)d file was there already.", "%(n)d files were there already.", self.unchanged
        )
        first = new % {"n": self.files, "articles": self.articles}
        return f"{first} {kept % {'n': self.unchanged}}" if self.unchanged else first

    def skipped_sentence(self) -> str:
        return ngettext(
            "%(n)d file was skipped, for the reason given above; mend it and import it again.",
            "%(n)d files were skipped, for the reasons given above; mend them and import again.",
            self.skipped,
        ) % {"n": self.skipped}


def _write(report: Path, rows: Sequence[dict[str, object]]) -> None:
    try:
        report.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise CommandError(
            _("The report %(file)s cannot be written: %(why)s. Choose another place.")
            % {"file": report, "why": error.strerror}
        ) from None


def _instrument(name: str) -> Instrument:
    try:
        return queries.instrument(name)
    except queries.NotOne as problem:
        if not problem.candidates:
            message = _("No instrument is called “%(name)s”; import its text first.")
            raise CommandError(message % {"name": name}) from None
        listed = "\n".join(f"  {candidate}" for candidate in problem.candidates)
        message = _("“%(name)s” may mean any of these; name one in full:\n%(candidates)s")
        raise CommandError(message % {"name": name, "candidates": listed}) from None


def _place(article: str) -> Place:
    try:
        return Place.parse(article)
    except NotACitation as problem:
        raise CommandError(str(problem)) from None


def _version(instrument: Instrument, day: date) -> Version:
    if version := queries.version(instrument, day):
        return version
    starts = [date_format(v.in_force_from) for v in queries.versions(instrument) if v.in_force_from]
    raise CommandError(
        _("%(title)s was not in force on %(day)s; its loaded versions begin on: %(starts)s.")
        % {"title": instrument.title, "day": date_format(day), "starts": "; ".join(starts)}
    )


def _missing(instrument: Instrument, version: Version, place: Place) -> str:
    return _("%(title)s has %(articles)d articles, and no %(place)s.") % {
        "title": instrument.title,
        "articles": version.articles,
        "place": f"{place.chinese()} ({place})",
    }


def _lines(citation: Citation, version: Version, provision: Provision) -> Iterator[str]:
    title = version.instrument.title
    yield f"{citation} · {citation.render(name=title, language='zh-hans')}"
    if provision.path:
        yield " › ".join(provision.path)
    yield _in_force(version)
    yield ""
    yield f"{provision.label} {provision.text}\n"


def _in_force(version: Version) -> str:
    if version.in_force_from is None:
        return _("In force; the text does not say since when.")
    sentence = (
        _("In force from %(day)s.")
        if version.in_force_stated
        else _(
            "Taken to be in force from %(day)s, the latest date known of it; the text does not say."
        )
    )
    return sentence % {"day": date_format(version.in_force_from)}
