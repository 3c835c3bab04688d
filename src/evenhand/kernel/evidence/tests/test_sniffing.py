"""A file is what its bytes say, whatever it is called."""

import io

import pytest

from evenhand.kernel.evidence.kinds import KINDS, Kind
from evenhand.kernel.evidence.sniff import sniff

from .samples import REFUSED, SAMPLES


@pytest.mark.parametrize(("content", "kind"), SAMPLES.values(), ids=SAMPLES)
def test_a_kind_is_known_by_its_content(content: bytes, kind: Kind) -> None:
    assert sniff(io.BytesIO(content)) is kind


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_anything_else_is_none_of_them(content: bytes) -> None:
    assert sniff(io.BytesIO(content)) is None


def test_every_kind_has_a_sample() -> None:
    assert {kind for _, kind in SAMPLES.values()} == set(KINDS)


def test_the_file_is_left_at_its_beginning() -> None:
    file = io.BytesIO(SAMPLES["docx"][0])
    sniff(file)
    assert file.tell() == 0


def test_a_character_that_straddles_two_chunks_is_still_text() -> None:
    assert sniff(io.BytesIO(b"x" + "水".encode() * 40_000)) is SAMPLES["text"][1]
