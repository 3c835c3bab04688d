"""What a text and its redacted form have in common, for a reader to see what was taken out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Words, single Chinese characters, blanks, and whatever else stands alone.
_TOKEN = re.compile("[^\\W\u3400-\u9fff]+|\\s+|.", re.S)
#: Comparing takes up to the product of both lengths; beyond this, it goes by whole lines.
MOST_STEPS = 4_000_000


@dataclass(frozen=True)
class Piece:
    """``kind``: ``same``, ``gone`` (only in the first) or ``new`` (only in the second)."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The pieces in order; all but the new ones make up the first text, all but the gone ones
    the second."""
    return _joined(_pieces(_tokens(before, after), before, after))


def _tokens(before: str, after: str) -> tuple[list[str], list[str]]:
    first, second = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(first) * len(second) > MOST_STEPS:
        return before.splitlines(keepends=True), after.splitlines(keepends=True)
    return first, second


def _pieces(tokens: tuple[list[str], list[str]], before: str, after: str) -> Iterator[Piece]:
    first, second = tokens
    if len(first) * len(second) > MOST_STEPS:
        yield from (Piece("gone", before), Piece("new", after))
        return
    for kind, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(first[i:j]))
        else:
            yield Piece("gone", "".join(first[i:j]))
            yield Piece("new", "".join(second[k:m]))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.text]
