"""Headings and the path of chapters and sections under which a provision stands."""

import re

from .numerals import CHARACTERS

_RANKS = {"编": 1, "篇": 1, "卷": 1, "分编": 2, "章": 3, "节": 4, "目": 5}
_DIVISION = re.compile(rf"第\s*[{CHARACTERS}]+\s*(?P<kind>分编|编|篇|卷|章|节|目)(?=\s|$)")
_BARE = re.compile(
    rf"第\s*[{CHARACTERS}]+\s*(?:分编|编|章|节)[ 　\t]+[^。；：，,:;]{{1,40}}|附\s*则|目\s*[录次]"
)
_ANNEX = re.compile(
    r"附\s*[件录表图]\s*[一二三四五六七八九十\d]{0,3}\s*(?:[:：\s][^。；]{0,60})?|附(?:\s*[:：][^。；]{0,60})?"
)
_MARKED = re.compile(r"(#{1,6})\s*(.*?)\s*#*\s*")


def marked(line: str) -> tuple[int, str] | None:
    """Level and text of a Markdown heading, if the stripped ``line`` is one."""
    if not line.startswith("#"):
        return None
    match = _MARKED.fullmatch(line)
    # What ends like a sentence is one that some converter took for a heading.
    if not match or not match[2] or match[2][-1] in "。；":
        return None
    return len(match[1]), match[2]


def bare(line: str) -> bool:
    """A heading that the source failed to mark: 第一章 总则, 附则, 目录."""
    return line[0] in "第附目" and len(line) < 60 and bool(_BARE.fullmatch(line))


def annex(line: str) -> bool:
    """附件一：…, 附表, 附: a line that opens what comes after the instrument."""
    return line[0] == "附" and len(line) < 70 and bool(_ANNEX.fullmatch(line))


class Path:
    """The headings above the present line. The kind of a division (章, 节) ranks it, for
    sources disagree on how many hashes each takes; others rank by their hashes."""

    def __init__(self) -> None:
        self._above: list[tuple[int | None, int, str]] = []

    def enter(self, text: str, level: int | None = None) -> None:
        match = _DIVISION.match(text)
        rank = _RANKS[match["kind"]] if match else None
        if level is None:
            rank = rank or _RANKS["章"]
            level = rank + 1
        while self._above and not self._below(rank, level, self._above[-1]):
            self._above.pop()
        self._above.append((rank, level, text))

    def restart(self, text: str) -> None:
        """An annex: nothing stands above it."""
        self._above = [(0, 0, text)]

    def now(self) -> tuple[str, ...]:
        return tuple(text for _, _, text in self._above)

    @staticmethod
    def _below(rank: int | None, level: int, above: tuple[int | None, int, str]) -> bool:
        if rank is not None and above[0] is not None:
            return rank > above[0]
        return level > above[1]
