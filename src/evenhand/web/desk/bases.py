"""The articles behind steps and clocks, short and in full."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from evenhand.kernel.rules.citations import Citation
from evenhand.kernel.rules.naming import spoken
from evenhand.kernel.rules.queries import provisions_for


@dataclass(frozen=True)
class Basis:
    """A citation for a reader: ``X22 art. 34``, the same in full words, and the article's text
    where the instrument is loaded."""

    short: str
    full: str
    text: str = ""


def short_basis(citation: str) -> str:
    """As it stands in a table: the key in English, in Chinese the name."""
    language = get_language() or "en"
    return spoken(Citation.parse(citation), language) if language.startswith("zh") else citation


def bases(citations: Collection[str], day: date) -> Mapping[str, Basis]:
    """By the citation as the profile writes it, as in force on ``day``; one query."""
    parsed = {citation: Citation.parse(citation) for citation in citations}
    texts = provisions_for(parsed.values(), day)
    language = get_language() or "en"
    return {
        written: Basis(
            short=short_basis(written),
            full=spoken(citation, language),
            text=texts[citation].text if citation in texts else "",
        )
        for written, citation in parsed.items()
    }
