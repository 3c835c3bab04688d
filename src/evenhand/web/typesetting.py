"""Documents on paper: a typst template and plain data become a PDF.

The data reach the template as one JSON value and are set as text; nothing in them is ever read
as typst source. The fonts are the ones that the build of the assets laid beside this file
(Noto Sans SC, SIL Open Font License 1.1): none of the machine's own, so that every machine
sets the same page.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

FONTS = Path(__file__).parent / "fonts"

#: Longer runs of anything but blanks and wide characters may break, or they leave the page.
_UNBROKEN = re.compile(r"[^\s\u2e80-\uffef]{24}(?=[^\s\u2e80-\uffef])")
_BREAK = "\u200b"


class FontsMissing(RuntimeError):
    """The assets were never built here."""


@cache
def _fonts() -> typst.Fonts:
    if not any(FONTS.glob("*.ttf")):
        raise FontsMissing(f"no fonts in {FONTS}: run make setup")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def typeset(
    template: Path,
    sheet: Mapping[str, Any],
    at: datetime,
    *,
    output: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """Set ``sheet`` (plain JSON values) by ``template``; dated ``at``, an aware moment.

    The same sheet and moment give the same bytes. ``png`` gives the first page, to look at.
    Raises :class:`FontsMissing`.
    """
    pages = typst.compile(
        str(template),
        font_paths=_fonts(),
        format=output,
        sys_inputs={"sheet": json.dumps(_breakable(sheet), ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    first: bytes = pages[0] if isinstance(pages, list) else pages
    return first


def _breakable(value: Any) -> Any:
    """The same value, with places to break in every text that has none of its own."""
    match value:
        case str():
            return _UNBROKEN.sub(lambda run: run[0] + _BREAK, value)
        case Mapping():
            return {key: _breakable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_breakable(inner) for inner in value]
    return value


def paragraphs(text: str) -> list[list[str]]:
    """Paragraphs, each a list of lines, as the writer of a plain text set them apart."""
    parts = re.split(r"\n[ \t]*\n+", text.strip())
    return [part.splitlines() for part in parts if part.strip()]
