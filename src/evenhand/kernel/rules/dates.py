"""The dates of a version: passed, amended, in force from; read from its head and its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .numerals import to_int

#: Commencement stands among the last articles; what earlier ones say starts something else.
LAST_ARTICLES = 6

_YEAR = "[0-9０-９〇○零一二三四五六七八九]{4}"
_SMALL = "[0-9０-９一二三四五六七八九十]{1,3}"
_DATE = rf"({_YEAR})\s*年\s*({_SMALL})\s*月\s*({_SMALL})\s*日"
_DATED = re.compile(_DATE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_STARTS = "(?:施行|实施|生效|执行|实行)"
_STARTS_ON = re.compile(rf"(?:^|本[^，。；、]{{1,16}}?)自\s*{_DATE}\s*起[^，。；]{{0,6}}?{_STARTS}")
_STARTS_AT_ONCE = re.compile(
    rf"自\s*(?:公布|发布|颁布|印发|通过|批准)\s*之?日起[^，。；]{{0,6}}?{_STARTS}"
)

_AMENDED = re.compile("修订|修正|修改|决定》|补充规定》")
_IN_FORCE = re.compile(rf"{_STARTS}\s*[)）]?\s*$")
_PASSED = re.compile("通过|批准|会议")


@dataclass(frozen=True)
class Dates:
    """``in_force_stated`` is false where no text says since when, and the date is that of
    passing, publishing or amending. Any date may be unknown."""

    passed_on: date | None = None
    amended_on: date | None = None
    in_force_from: date | None = None
    in_force_stated: bool = False


def read(head: Sequence[str], articles: Sequence[str], *, named: date | None = None) -> Dates:
    """Dates out of the lines of the ``head`` and the texts of the ``articles``.

    ``named`` is the date in the file's name: by custom the day on which that version was
    published, which the head of many an amended text does not tell.
    """
    lines = [(day, line) for line in head if (day := _first(_DATED, line))]
    amended = [day for day, line in lines if _AMENDED.search(line)]
    starts = [day for day, line in lines if not _AMENDED.search(line) and _IN_FORCE.search(line)]
    others = [x for x in lines if not _AMENDED.search(x[1]) and not _IN_FORCE.search(x[1])]
    passed = [day for day, line in others if _PASSED.search(line)] or [day for day, _ in others]
    published = max((day for day, _ in others), default=None if amended else named)
    return _with_start(
        passed_on=min(passed, default=None if amended else named),
        amended_on=max(amended, default=None),
        published=published,
        version_of=max((d for d in (named, *amended) if d), default=None),
        written=_written_start(articles, published) or max(starts, default=None),
    )


def in_name(name: str) -> date | None:
    """The date in a file name such as ``监察法(2018-03-20).md``."""
    return _first(_ISO, name)


def _with_start(
    *,
    passed_on: date | None,
    amended_on: date | None,
    published: date | None,
    version_of: date | None,
    written: date | None,
) -> Dates:
    """``version_of`` is when this version came to be, ``written`` the commencement in it."""
    # An amended text repeats the first version's commencement, which says nothing of its own.
    stated = written is not None and (version_of is None or written >= version_of)
    known = [day for day in (passed_on, published, version_of) if day]
    return Dates(
        passed_on=passed_on,
        amended_on=amended_on,
        in_force_from=written if stated else max(known, default=written),
        in_force_stated=stated,
    )


def _written_start(articles: Sequence[str], published: date | None) -> date | None:
    for text in reversed(articles[-LAST_ARTICLES:]):
        if match := _STARTS_ON.search(text):
            return _day(*match.groups())
        if _STARTS_AT_ONCE.search(text):
            return published
    return None


def _first(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search(text)
    return _day(*match.groups()) if match else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(to_int(year), to_int(month), to_int(day))
    except ValueError:
        return None
