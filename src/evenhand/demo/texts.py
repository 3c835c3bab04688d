"""What the demo's petitions say: data under ``data/``, with places filled in."""

import tomllib
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from evenhand.mechanisms.petitions.demo import Phrases, Text

from .names import DATA

#: The files, and which stories they suit.
FILES = {"claim": "claims.toml", "suggestion": "suggestions.toml", "elsewhere": "elsewhere.toml"}
#: What a row says to this module, and not to the reader of a petition.
_OURS = ("language", "place")


def texts(of: str) -> Iterator[Text]:
    """Texts for one kind of story without end: each comes again at another place."""
    rows = _read(FILES[of])["text"]
    places = _read("places.toml")
    for turn in count():
        for number, row in enumerate(rows):
            yield _text(of, row, places, number + 3 * turn)


def _text(of: str, row: Mapping[str, str], places: Mapping[str, Any], turn: int) -> Text:
    language = row.get("language", "zh-hans")
    among = places[language][row["place"]]
    place = among[turn % len(among)]
    own = {key: words.format(place=place) for key, words in row.items() if key not in _OURS}
    return Text(kind=of, language=language, **own)


def phrases(language: str, of: str) -> Phrases:
    """What is said alike in many matters, for one language and kind of story."""
    said = _read("phrases.toml")[language]
    remedies = said.pop("remedies")
    return Phrases(**said, remedies=remedies.get(of, remedies["claim"]))


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((DATA / file).read_text("utf-8"))
