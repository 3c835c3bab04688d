"""Which files were named, and the one call that brings them in."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.kernel.organisation.locks import hold_shape

from . import checks, plan, reading, writing
from .plan import Plan, Progress
from .sheets import BY_NAME, SHEETS


class WrongFiles(Exception):
    """Paths that are not what an import takes; one line that says which and why."""


@dataclass(frozen=True)
class Found:
    """The paths by sheet, and the CSV files of a folder that no sheet has the name of."""

    paths: dict[str, Path]
    ignored: list[Path]


def find(named: Iterable[Path]) -> Found:
    """Folders are searched for the known names; a file must have one. Raises WrongFiles."""
    paths: dict[str, Path] = {}
    ignored: list[Path] = []
    for path in named:
        inside = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        for file in inside:
            if file.stem not in BY_NAME and path.is_dir():
                ignored.append(file)
            else:
                _add(paths, file)
    if not paths:
        raise WrongFiles(_("there is none of %(known)s") % {"known": _known()})
    return Found(paths, ignored)


def _add(paths: dict[str, Path], file: Path) -> None:
    about = {"file": file, "known": _known()}
    if not file.is_file():
        raise WrongFiles(_("there is no file %(file)s") % about)
    if file.stem not in BY_NAME:
        raise WrongFiles(_("%(file)s is none of %(known)s") % about)
    if file.stem in paths:
        message = _("%(file)s and %(other)s are the same sheet; name one of them")
        raise WrongFiles(message % {"file": file, "other": paths[file.stem]})
    paths[file.stem] = file


def _known() -> str:
    return ", ".join(sheet.file for sheet in SHEETS)


def bring(
    paths: dict[str, Path],
    *,
    write: bool,
    by: uuid.UUID | None,
    at: datetime,
    progress: Progress,
) -> Plan:
    """What the files would change, with every problem; written if asked for and if it has none.

    ``by`` is who answers for the import; ``None``, whoever has the command line.
    """
    tables = {}
    for name, path in paths.items():
        progress(_("%(file)s: reading") % {"file": path.name})
        tables[name] = reading.read(BY_NAME[name], path.read_bytes())
    with transaction.atomic():
        if write:
            hold_shape()
        made = plan.make(tables, progress)
        made.problems = checks.check(made)
        if write and not made.problems:
            writing.write(made, by=by, at=at, progress=progress)
    return made
