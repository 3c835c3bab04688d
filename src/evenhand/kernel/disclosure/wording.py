"""Words of a text, for finding it: English by its stems, Chinese by single characters and pairs.

PostgreSQL knows no word limits in Chinese; every pair of neighbours is a word of its own, so
that whatever stands in the text is found by any two characters of it.
"""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value

_RUN = re.compile("[\u3400-\u9fff]+")
CONFIGURATION = "english"
#: A search vector holds a megabyte; so much text always fits.
LONGEST = 50_000


def vector(*texts: str) -> SearchVector:
    """To be stored; only the first :data:`LONGEST` characters count."""
    text = "\n".join(texts)[:LONGEST].replace("\0", "")
    return SearchVector(Value(_RUN.sub(_indexed, text)), config=CONFIGURATION)


def query(typed: str) -> SearchQuery:
    """All of the typed words, in any order. Nothing is found by a word as common as "the"."""
    return SearchQuery(_RUN.sub(_asked, typed.replace("\0", "")), config=CONFIGURATION)


def _indexed(run: re.Match[str]) -> str:
    return f" {' '.join([*run[0], *_pairs(run[0])])} "


def _asked(run: re.Match[str]) -> str:
    return f" {' '.join(_pairs(run[0]) or run[0])} "


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]
