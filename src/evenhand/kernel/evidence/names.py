"""Names of files as people gave them: kept readable, made harmless."""

import re
import unicodedata
from pathlib import PurePosixPath

from evenhand.base.text import clean

from .kinds import Kind

LONGEST = 150
_RESERVED = re.compile(r'[<>:"|?*\s]+')


def clean_name(given: str) -> str:
    """The last part of a path, on one line, without what a file system or a reader trips over.

    Invisible characters go as well: one that turns the direction of writing lets
    ``exe.fdp`` be read as ``pdf.exe``. At most :data:`LONGEST` characters, at least one.
    """
    name = clean(given).replace("\\", "/").rpartition("/")[2]
    visible = "".join(c for c in name if unicodedata.category(c) != "Cf")
    return _shorten(_RESERVED.sub(" ", visible).strip(" .")) or "file"


def _shorten(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    if len(name) <= LONGEST or len(suffix) > 10:
        return name[:LONGEST]
    return name[: LONGEST - len(suffix)] + suffix


def suited(name: str, kind: Kind) -> str:
    """The name with an extension that its content bears out: ``a.bat`` becomes ``a.bat.txt``."""
    if PurePosixPath(name.lower()).suffix in kind.extensions:
        return name
    extension = kind.extensions[0]
    return name[: LONGEST - len(extension)] + extension
