"""Citations: ``X22 art. 31(6)`` and 《信访工作条例》第三十一条第（六）项, read and written."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .numerals import CHARACTERS, LARGEST, to_chinese, to_int

_N = f"[{CHARACTERS}]+"
_ENGLISH = (
    r"(?P<article>\d+)(?:-(?P<suffix>\d+))?"
    r"(?:[ ,]*para(?:graph|\.)? *(?P<paragraph>\d+))?"
    r"(?: *[(（](?P<item>\d+)[)）])?"
)
_CHINESE = (
    rf"第\s*(?P<article>{_N})\s*条(?:\s*之\s*(?P<suffix>{_N}))?"
    rf"(?:\s*第\s*(?P<paragraph>{_N})\s*款)?"
    rf"(?:\s*第\s*[(（]?(?P<item>{_N})[)）]?\s*项)?"
)
_PLACES = tuple(
    re.compile(pattern) for pattern in (rf"(?:art(?:icle|\.)?|§)? *{_ENGLISH}", _CHINESE)
)
_CITATIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<instrument>.+?)[ ,]+(?:art(?:icle|\.)?|§) *{_ENGLISH}",
        rf"(?P<instrument>.+?)\s*{_CHINESE}",
    )
)


class NotACitation(ValueError):
    """The text names no article in a form that is known."""


@dataclass(frozen=True)
class Place:
    """Where in an instrument. ``suffix`` is the 1 of 第一百二十条之一, else 0.

    ``paragraph`` (款) counts the article's unnumbered paragraphs from 1; ``item`` is the
    number of an item (项). All are within 1 to 9999.
    """

    article: int
    suffix: int = 0
    paragraph: int | None = None
    item: int | None = None

    def __post_init__(self) -> None:
        for value in (self.article, self.suffix or 1, self.paragraph or 1, self.item or 1):
            if not 1 <= value <= LARGEST:
                raise NotACitation(_("%d numbers no article, paragraph or item") % value)

    @classmethod
    def parse(cls, text: str) -> "Place":
        """``31``, ``31(6)``, ``120-1 para. 2``, ``第三十一条第六项``. Raises NotACitation."""
        for pattern in _PLACES:
            if match := pattern.fullmatch(text.strip()):
                return cls(**_numbers(match))
        raise NotACitation(_("“%s” is no article; write it such as 31, 31(6) or 第三十一条") % text)

    def __str__(self) -> str:
        suffix = f"-{self.suffix}" if self.suffix else ""
        paragraph = f" para. {self.paragraph}" if self.paragraph else ""
        item = f"({self.item})" if self.item else ""
        return f"art. {self.article}{suffix}{paragraph}{item}"

    def chinese(self) -> str:
        """第三十一条第（六）项"""
        suffix = f"之{to_chinese(self.suffix)}" if self.suffix else ""
        paragraph = f"第{to_chinese(self.paragraph)}款" if self.paragraph else ""
        item = f"第（{to_chinese(self.item)}）项" if self.item else ""
        return f"第{to_chinese(self.article)}条{suffix}{paragraph}{item}"


@dataclass(frozen=True)
class Citation:
    """A place in an instrument, which is named by its key (``X22``) or by its title."""

    instrument: str
    place: Place

    @classmethod
    def parse(cls, text: str) -> "Citation":
        """Read either language's form. Raises :class:`NotACitation`."""
        for pattern in _CITATIONS:
            if match := pattern.fullmatch(text.strip()):
                return cls(_title(match["instrument"]), Place(**_numbers(match)))
        raise NotACitation(
            _("“%s” is no citation; write it such as “X22 art. 31(6)” or “信访工作条例第三十一条”")
            % text
        )

    def __str__(self) -> str:
        return f"{self.instrument} {self.place}"

    def render(self, *, name: str, language: str) -> str:
        """With the instrument's ``name`` in full, in the form that ``language`` cites in."""
        if language.startswith("zh"):
            return f"《{name}》{self.place.chinese()}"
        return f"{name}, {self.place}"


def _title(text: str) -> str:
    return text.strip().removeprefix("《").removesuffix("》")


def _numbers(match: re.Match[str]) -> dict[str, int]:
    found = {name: match[name] for name in ("article", "suffix", "paragraph", "item")}
    try:
        return {name: to_int(text) for name, text in found.items() if text}
    except ValueError:
        raise NotACitation(_("“%s” has a number that cannot be read") % match[0]) from None
