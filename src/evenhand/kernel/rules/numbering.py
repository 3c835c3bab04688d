"""Which lines that open with 第…条 are articles, and which only speak of one.

A paragraph may begin with a reference (第十条规定的情形 …), an annex may count from one again,
and a source may misprint or leave out a number. The count itself decides: an article is what
continues it.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .numerals import CHARACTERS, to_int

_N = f"[{CHARACTERS}]{{1,12}}"
_MARKER = re.compile(
    rf"(?:[-*+] +)?(?:\*\*)?(?P<label>第\s{{0,4}}(?P<article>{_N})\s{{0,4}}条"
    rf"(?:\s{{0,4}}之\s{{0,4}}(?P<suffix>{_N}))?)"
    r"(?:\*\*)?(?P<gap>[\s:：]*)(?P<rest>.*)",
    re.DOTALL,
)
_REFERENCE = re.compile(
    rf"第[（(]?{_N}[)）]?[款项目条章节]|[、，,；;。]|(?:以及|或者|[和及或至到与])[本该]?第"
    "|规定|所[列称述指]|[的之]|[前后]增加|增加|修改为|改为|删去|删除|情形|中第"
)


@dataclass(frozen=True)
class Marker:
    """A line that may open an article. ``doubtful``: what follows reads like a reference;
    ``apart``: white space or a line end sets the number off from the text."""

    label: str
    article: int
    suffix: int
    rest: str
    apart: bool
    doubtful: bool

    @property
    def key(self) -> tuple[int, int]:
        return self.article, self.suffix


def marker(line: str) -> Marker | None:
    """What a stripped ``line`` may open, if it opens with an article's number."""
    if "第" not in line[:6] or not (match := _MARKER.match(line)):
        return None
    try:
        article, suffix = to_int(match["article"]), match["suffix"] and to_int(match["suffix"])
    except ValueError:
        return None
    return Marker(
        label=match["label"],
        article=article,
        suffix=suffix or 0,
        rest=match["rest"],
        apart=bool(match["gap"]) or not match["rest"] or match["rest"][0] in "【[（(〔",
        doubtful=bool(_REFERENCE.match(match["rest"])),
    )


def parts(markers: Sequence[Marker]) -> list[int | None]:
    """For each marker the part that its article belongs to, or None for a mere reference.

    Part 0 is the instrument itself; each later count from one (an annex) is a part more.
    """
    counting = _Counting(markers)
    return [counting.judge(index) for index in range(len(markers))]


class _Counting:
    """Walks the markers once, in order, and remembers the last article."""

    def __init__(self, markers: Sequence[Marker]) -> None:
        self._markers = markers
        self._part = 0
        self._last = (0, 0)
        self._sure: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._spaced = next((m.apart for m in markers if m.key == (1, 0)), True)
        self._clear_ones = [i for i, found in enumerate(markers) if self._clear(found)]
        for index in self._clear_ones:
            self._sure[markers[index].key].append(index)

    def judge(self, index: int) -> int | None:
        found = self._markers[index]
        if not self._is_article(index, found):
            return None
        if found.key == (1, 0) and self._last > (1, 0):
            self._part += 1
        self._last = found.key
        return self._part

    def _clear(self, found: Marker) -> bool:
        return not found.doubtful and (found.apart or not self._spaced)

    def _is_article(self, index: int, found: Marker) -> bool:
        if self._continues(found.key):
            return self._clear(found) or not self._comes_later(index, found.key)
        if not self._clear(found):
            return False
        if found.key == self._last:
            return True
        if found.key == (1, 0):
            return self._last == (0, 0) or self._goes_on(index)
        if found.key > self._last:
            return not self._comes_later(index, (self._last[0] + 1, 0))
        return self._goes_on(index) or self._fills_a_hole(index)

    def _continues(self, key: tuple[int, int]) -> bool:
        article, suffix = self._last
        return key in ((article + 1, 0), (article, suffix + 1)) and key != (0, 1)

    def _comes_later(self, index: int, key: tuple[int, int]) -> bool:
        """Whether ``key`` certainly opens an article further on, before a new count."""
        following = _next(self._sure[key], index)
        restart = _next(self._sure[(1, 0)], index)
        return following is not None and (restart is None or following <= restart)

    def _goes_on(self, index: int) -> bool:
        """Whether the next certain marker continues from this one."""
        article, suffix = self._markers[index].key
        following = self._following(index)
        return following in ((article + 1, 0), (article, suffix + 1))

    def _fills_a_hole(self, index: int) -> bool:
        """A misprint: the count skips one number right here."""
        return self._following(index) == (self._last[0] + 2, 0)

    def _following(self, index: int) -> tuple[int, int] | None:
        following = _next(self._clear_ones, index)
        return None if following is None else self._markers[following].key


def _next(positions: Sequence[int], index: int) -> int | None:
    place = bisect_right(positions, index)
    return positions[place] if place < len(positions) else None
