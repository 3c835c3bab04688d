"""One instrument's Markdown, read into a document: nothing lost, merged or invented."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from evenhand.base.text import UnreadableText, decode

from . import dates, headings
from .dates import Dates
from .items import items
from .numbering import Marker, marker, parts

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_HEAD_ENDS = re.compile(r"<!--\s*INFO END\s*-->", re.IGNORECASE)
_HEAD_LINE = re.compile(r"[（(]?\s*\d{4}\s*年")
_TITLE_LENGTH = 500
#: White space, and the invisible characters that word processors leave at the ends of lines.
_BLANK = " \t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\u200b\u200c\u200d\u2060\ufeff"


class Unreadable(ValueError):
    """Why a file cannot be taken for an instrument, in words for its owner; with its ``title``
    if that much could be read."""

    def __init__(self, why: str, title: str | None = None) -> None:
        super().__init__(why)
        self.title = title


@dataclass(frozen=True)
class Passage:
    """A row of the text: an article, an item of one, or text outside any (no ``article``).

    ``path`` are the headings above it, outermost first; ``part`` is 0 or counts annexes with
    articles of their own; ``occurrence`` is above 1 where the source repeats a number.
    ``label`` is the number as printed; ``text`` is exact but for indentation and empty lines.
    """

    path: tuple[str, ...]
    text: str
    label: str = ""
    part: int = 0
    article: int | None = None
    suffix: int = 0
    paragraph: int | None = None
    item: int | None = None
    occurrence: int = 1


@dataclass(frozen=True)
class Document:
    """What a file says: passages stand in the order of the source."""

    title: str
    dates: Dates
    passages: tuple[Passage, ...]

    @property
    def articles(self) -> int:
        return sum(p.article is not None and p.item is None for p in self.passages)


@dataclass
class _Block:
    """Lines under one heading or one article number."""

    path: tuple[str, ...]
    marker: Marker | None = None
    part: int = 0
    lines: list[str] = field(default_factory=list)
    heading: bool = False


def parse(raw: bytes, *, named: date | None = None) -> Document:
    """Read a file's bytes; ``named`` is the date in its name. Raises :class:`Unreadable`."""
    lines = _lines(raw)
    title, body_at = _title(lines)
    head, body = _split(lines[body_at:])
    blocks = list(_blocks(body))
    if not any(block.marker for block in blocks):
        raise Unreadable(_("no articles: no line begins with 第…条 as an article does"), title)
    passages = tuple(_numbered(p for block in blocks for p in _passages(block)))
    texts = [p.text for p in passages if p.article and not p.item and not p.part]
    return Document(title, dates.read(head, texts, named=named), passages)


def _lines(raw: bytes) -> list[str]:
    try:
        text = decode(raw)
    except UnreadableText as error:
        raise Unreadable(str(error)) from None
    if "\0" in text:
        raise Unreadable(_("holds a NUL character; save the file as plain UTF-8 text"))
    lines = [stripped for line in _LINE_ENDS.split(text) if (stripped := line.strip(_BLANK))]
    if not lines:
        raise Unreadable(_("empty"))
    return lines


def _title(lines: Sequence[str]) -> tuple[str, int]:
    """The title, and where what follows it begins."""
    for index, line in enumerate(lines):
        found = headings.marked(line)
        if found and found[0] == 1 and not marker(found[1]) and not headings.bare(found[1]):
            if len(found[1]) > _TITLE_LENGTH:
                raise Unreadable(_("the title is longer than %d characters") % _TITLE_LENGTH)
            return found[1], index + 1
        if found or marker(line):
            break
    raise Unreadable(_("no title: the first heading must be “# ” and the instrument’s title"))


def _split(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The head with the dates, and the body."""
    for index, line in enumerate(lines):
        if _HEAD_ENDS.fullmatch(line):
            return lines[:index], lines[index + 1 :]
    ends = next((i for i, x in enumerate(lines) if not _HEAD_LINE.match(x)), len(lines))
    return lines[:ends], lines[ends:]


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    path = headings.Path()
    block = _Block(path=())
    judged = _judged(lines)
    for index, line in enumerate(lines):
        if found := judged.get(index):
            yield block
            block = _Block(path.now(), marker=found[0], part=found[1])
            block.lines = [found[0].rest] if found[0].rest else []
        elif _enters(path, line):
            yield block
            block = _Block(path.now(), heading=line.startswith("#") or headings.annex(line))
        else:
            block.lines.append(line.lstrip("# ") if line.startswith("#") else line)
    yield block


def _judged(lines: Sequence[str]) -> dict[int, tuple[Marker, int]]:
    """Which lines open articles, with the part that each belongs to."""
    seen = [(i, found) for i, line in enumerate(lines) if (found := marker(line.lstrip("# ")))]
    judgements = parts([found for _, found in seen])
    return {
        index: (found, part)
        for (index, found), part in zip(seen, judgements, strict=True)
        if part is not None
    }


def _enters(path: headings.Path, line: str) -> bool:
    """Move ``path`` if the line is a heading."""
    found = headings.marked(line)
    text = found[1] if found else line
    if headings.annex(text):
        path.restart(text)
    elif found:
        path.enter(text, found[0])
    elif headings.bare(text):
        path.enter(text)
    else:
        return False
    return True


def _passages(block: _Block) -> Iterator[Passage]:
    text = "\n".join(block.lines)
    if block.marker is None:
        if text or block.heading:
            yield Passage(block.path, text)
        return
    article = Passage(
        path=block.path,
        text=text,
        label=block.marker.label,
        part=block.part,
        article=block.marker.article,
        suffix=block.marker.suffix,
    )
    yield article
    for found in items(block.lines):
        yield replace(
            article,
            text=found.text,
            label=found.label,
            paragraph=found.paragraph,
            item=found.number,
        )


def _numbered(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Tell repeated numbers apart. A heading whose text follows below it is no row."""
    seen: Counter[tuple[int | None, ...]] = Counter()
    pending: Passage | None = None
    for passage in passages:
        if pending and passage.path[: len(pending.path)] != pending.path:
            yield pending
        pending = None
        if passage.article is None:
            if passage.text:
                yield passage
            else:
                pending = passage
            continue
        key = (passage.part, passage.article, passage.suffix, passage.paragraph, passage.item)
        seen[key] += 1
        yield replace(passage, occurrence=seen[key]) if seen[key] > 1 else passage
    if pending:
        yield pending
