"""The first pass over a text that is to become public: what looks like a person is taken out.

It takes out too much rather than too little, and it is never the last word: a proposer reads
and corrects its work, another person reviews it. Pure: no query, no clock.
"""

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _


class Trait(enum.Enum):
    """What was taken out; the value stands in its place."""

    NAME = _("[name]")
    CONTACT = _("[contact]")
    NUMBER = _("[number]")
    ADDRESS = _("[address]")


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the text."""

    start: int
    end: int
    trait: Trait


#: How one addresses a person in Chinese by the surname alone.
_TITLES = "先生|女士|小姐|同志|师傅|老师|大爷|大妈|阿姨|大哥|大姐|某某|某"
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒")
_HAN = "\u3400-\u9fff"
_NUMERAL = r"[0-9０-９一二三四五六七八九十百]+"
_DAY = r"(?!\d{4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}(?!\d))"

_PATTERNS = (
    (Trait.CONTACT, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    (Trait.CONTACT, r"(?:微信号?|QQ号?|WeChat|wechat)\s*[:：]?\s*[A-Za-z0-9_-]{5,}"),
    # Identity cards: 18 places, of which the last may be X; the old ones have 15.
    (Trait.NUMBER, r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"),
    # Telephones, bank cards and the like: seven figures or more, however they are set apart.
    (Trait.NUMBER, rf"(?<![\d〕]){_DAY}\+?\(?\d(?:[\s()（）·-]{{0,2}}\d){{6,}}(?!\d)"),
    # Number plates of cars.
    (Trait.NUMBER, rf"[{_HAN}][A-Z][·. ]?[A-Z0-9]{{5,6}}(?![A-Za-z0-9])"),
    # Houses: Chinese, then English ones. A day (9号), an order (第9号), a document (〕9号) is none.
    (
        Trait.ADDRESS,
        rf"(?<![月第〕0-9０-９]){_NUMERAL}号(?:院|楼|附{_NUMERAL}号)?(?!令|文|线|公告|通知)",
    ),
    (
        Trait.ADDRESS,
        # Three buildings (三幢楼) are no address; building 3 (3幢) is one.
        r"\d+(?:号楼|栋|幢|单元)(?![楼房])(?:\d+(?:单元|层|楼))*(?:\d+室?)?",
    ),
    (Trait.ADDRESS, r"\d+室"),
    (
        Trait.ADDRESS,
        r"\b\d+[A-Za-z]?(?=,?\s+(?:[A-Z][\w'’-]*\s+){1,3}"
        r"(?:Street|Road|Lane|Avenue|Way|Close|Court|Square|Drive|Alley|St|Rd|Ave)\b)",
    ),
    (Trait.ADDRESS, r"\b(?:No\.|Flat|Room|Apartment|Apt\.?|Unit|House)\s*\d+[A-Za-z]?\b"),
)
_COMPILED = tuple((trait, re.compile(pattern)) for trait, pattern in _PATTERNS)


def mask(
    text: str, *, language: str, people: Iterable[str] = (), contacts: Iterable[str] = ()
) -> str:
    """The text with a word such as ``[name]`` in the place of what was taken out."""
    out, last = [], 0
    with translation.override(language):
        for span in spans(text, people=people, contacts=contacts):
            out += [text[last : span.start], str(span.trait.value)]
            last = span.end
    return "".join([*out, text[last:]])


def spans(text: str, *, people: Iterable[str] = (), contacts: Iterable[str] = ()) -> list[Span]:
    """What would be taken out, in order; where two overlap, the first and longest is kept."""
    found = [*_known(text, people, contacts), *_patterned(text)]
    chosen: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not chosen or span.start >= chosen[-1].end:
            chosen.append(span)
    return chosen


def _patterned(text: str) -> Iterator[Span]:
    for trait, pattern in _COMPILED:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), trait)


def _known(text: str, people: Iterable[str], contacts: Iterable[str]) -> Iterator[Span]:
    named = ((Trait.NAME, p) for name in people for p in _names(name.strip()))
    reached = ((Trait.CONTACT, p) for contact in contacts for p in _contact(contact.strip()))
    for trait, pattern in (*named, *reached):
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Span(match.start(), match.end(), trait)


def _names(name: str) -> Iterator[str]:
    """Patterns of a name, and of what one is called by a part of it."""
    if not name:
        return
    if re.fullmatch(f"[{_HAN}·]{{2,}}", name):
        surname = name[:2] if name[:2] in _COMPOUND else name[0]
        yield re.escape(name)
        yield f"{surname}(?:{_TITLES})"
        yield f"[老小]{surname}(?![{_HAN}])"
        return
    yield rf"\b{re.escape(name)}(?!\w)"
    for part in re.findall(r"[^\W\d_]{3,}", name):
        yield rf"\b{re.escape(part)}\b"


def _contact(contact: str) -> Iterator[str]:
    """An address or number as it was given; a number also with its figures set apart."""
    figures = re.sub(r"\D", "", contact)
    if len(contact) >= 4:
        yield re.escape(contact)
    if len(figures) >= 5 and not re.search(r"[^\W\d_]", contact):
        yield r"[\s()-]?".join(figures)
