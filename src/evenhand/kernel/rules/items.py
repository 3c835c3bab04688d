"""The numbered items（一）（二）within an article, and the paragraph each belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .numerals import to_int

_HAN = "[一二三四五六七八九十百零〇]{1,5}"
_ITEM = re.compile(
    rf"(?:[-*+] +)?(?P<label>[（(]\s{{0,2}}(?P<n>{_HAN}|\d{{1,3}})\s{{0,2}}[)）])"
    r"\s*(?P<text>.*)"
)
_BELOW = re.compile(r"(?:[-*+] +)?(?:[（(]?\d{1,3}[)）.．、]|[①-⑳]|[a-zA-Z][.)）、])")
_INLINE = re.compile(rf"(?<=[：:；;。，,])\s*(?P<label>[（(](?P<n>{_HAN})[)）])")
#: How many lines an item may take before the next, when they bear no number.
LOOKAHEAD = 20


@dataclass(frozen=True)
class Item:
    """One 项: its ``paragraph`` (款) and ``number`` count from 1; ``text`` is without label."""

    paragraph: int
    number: int
    label: str
    text: str


def items(lines: Sequence[str]) -> Iterator[Item]:
    """The items of an article given as its lines, in order.

    A line with no number of its own is the article's next paragraph, unless the count of the
    list goes on after it; what is numbered below items (1. ① (1)) stays with its item.
    """
    paragraph = 0
    current: Item | None = None
    for index, line in enumerate(lines):
        if found := _item(line, current):
            yield from _opened(current)
            paragraph = max(paragraph, 1)
            current = replace(found, paragraph=paragraph)
        elif current and (
            _BELOW.match(line) or _goes_on(current, lines[index + 1 : index + 1 + LOOKAHEAD])
        ):
            current = replace(current, text=f"{current.text}\n{line}")
        elif not (paragraph and _BELOW.match(line)):
            yield from _opened(current)
            current = None
            paragraph += 1
            yield from _within(line, paragraph)
    yield from _opened(current)


def _goes_on(current: Item, following: Sequence[str]) -> bool:
    """Whether the next item further on continues the list of ``current``."""
    upcoming = (found for line in following if (found := _item(line, current)))
    return next((found.number == current.number + 1 for found in upcoming), False)


def _opened(current: Item | None) -> Iterator[Item]:
    if current:
        yield current


def _item(line: str, current: Item | None) -> Item | None:
    match = _ITEM.match(line)
    if not match:
        return None
    # （1）is an item only where no（一）stands above it.
    if match["n"].isdecimal() and current and not _arabic(current):
        return None
    try:
        return Item(0, to_int(match["n"]), match["label"], match["text"])
    except ValueError:
        return None


def _arabic(item: Item) -> bool:
    return item.label.strip("（()） ").isdecimal()


def _within(line: str, paragraph: int) -> Iterator[Item]:
    """Items that run on in one line: 下列情形：（一）…；（二）…"""
    found = list(_INLINE.finditer(line))
    if [_number(match["n"]) for match in found] != list(range(1, len(found) + 1)):
        return
    ends = [match.start("label") for match in found[1:]] + [len(line)] * bool(found)
    for number, (match, end) in enumerate(zip(found, ends, strict=True), start=1):
        yield Item(paragraph, number, match["label"], line[match.end() : end].strip())


def _number(text: str) -> int:
    try:
        return to_int(text)
    except ValueError:
        return 0
