"""Names for invented people: no two alike in one county."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Name:
    """As its bearer writes it, and as an English reader does."""

    own: str
    english: str


def names(chance: Random) -> Iterator[Name]:
    """All that there are (16,000), in an order that ``chance`` chooses."""
    parts = tomllib.loads((DATA / "names.toml").read_text("utf-8"))
    every = list(product(parts["surnames"], parts["first"], parts["second"]))
    chance.shuffle(every)
    for surname, first, second in every:
        yield Name(
            surname[0] + first[0] + second[0],
            f"{first[1]}. {second[1].capitalize()} {surname[1]}",
        )
