"""What was taken out of a text, and what stands in its place."""

import time

from hypothesis import given
from hypothesis import strategies as st

from evenhand.web.published.diff import Piece, compare


def test_words_and_chinese_characters_are_told_apart() -> None:
    assert compare("M. Lin came, 林小满来访。", "[name] came, [姓名]来访。")[-1] == Piece(
        "same", "来访。"
    )


def test_the_same_text_is_one_piece() -> None:
    assert compare("All the same.", "All the same.") == [Piece("same", "All the same.")]


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(p.text for p in pieces if p.kind != "new") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after


def test_two_long_texts_without_anything_in_common_take_no_time() -> None:
    began = time.perf_counter()
    compare("\n".join("排水管破裂" * 9 for _ in range(2_100)), "\n" * 20_000)
    assert time.perf_counter() - began < 1
