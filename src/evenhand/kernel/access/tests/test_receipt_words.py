"""The secret as words and digits: what was written down is read again, slips are found."""

import socket
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.kernel.access import words

secrets = st.binary(min_size=words.SECRET_BYTES, max_size=words.SECRET_BYTES)
languages = st.sampled_from(["en", "zh-hans"])
SECRET = bytes(range(10))
ENGLISH = words.words_of(SECRET, "en")


@given(secret=secrets, language=languages)
def test_eight_words_are_read_again(secret: bytes, language: str) -> None:
    written = words.words_of(secret, language)
    assert len(written.split()) == 8
    assert words.parse(written) == secret


@given(secret=secrets)
def test_nine_groups_of_digits_are_read_again(secret: bytes) -> None:
    told = words.digits_of(secret)
    assert [len(group) for group in told.split()] == [3] * 9
    assert words.parse(told) == secret


@given(secret=secrets, between=st.sampled_from([" ", ", ", "，", "、", "\n", "-", "  ", "　"]))
def test_any_case_and_anything_between(secret: bytes, between: str) -> None:
    english = words.words_of(secret, "en").upper().split()
    assert words.parse(f" {between.join(english)} ") == secret
    assert words.parse(between.join(words.digits_of(secret).split())) == secret


@given(secret=secrets)
def test_chinese_words_need_nothing_between(secret: bytes) -> None:
    assert words.parse(words.words_of(secret, "zh-hans").replace(" ", "")) == secret


@given(secret=secrets)
def test_digits_typed_in_full_width_are_digits(secret: bytes) -> None:
    wide = words.digits_of(secret).translate({48 + n: 0xFF10 + n for n in range(10)})
    assert words.parse(wide) == secret


def is_read(typed: str) -> bool:
    try:
        return len(words.parse(typed)) == words.SECRET_BYTES
    except words.Unreadable as slip:
        return not str(slip)


@pytest.mark.parametrize("place", range(8))
def test_the_checksum_finds_all_but_one_in_256_slips(place: int) -> None:
    """Of 2047 wrong words in one place some 8 pass; and then they open nothing."""
    typed = ENGLISH.split()
    passing = 0
    for word in words._list("english"):
        typed[place] = word
        passing += is_read(" ".join(typed))
    assert 1 <= passing <= 25


def test_an_unknown_word_is_named_with_those_near_it() -> None:
    typed = ENGLISH.split()
    typed[2] = "abondon"
    with pytest.raises(words.Unreadable, match=r"Word 3, “abondon”.*: abandon\?"):
        words.parse(" ".join(typed))


def test_an_unknown_chinese_word_is_named() -> None:
    with pytest.raises(words.Unreadable, match="Word 2, “囧”"):
        words.parse("的囧在不了有和人")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the words of your receipt"),
        (" , ", "Enter the words of your receipt"),
        ("abandon ability", "A receipt has 8 words; you entered 2."),
        ("123 456", "A receipt has 27 digits; you entered 6."),
        ("9" * 27, "This is no receipt"),
        ("x" * 500, "stands on no receipt"),
        ("123 abandon", "Word 1, “123”"),
    ],
)
def test_what_cannot_be_read_says_where_the_slip_is(typed: str, says: str) -> None:
    with pytest.raises(words.Unreadable) as slip:
        words.parse(typed)
    assert says in str(slip.value)


def test_words_that_have_changed_places_are_found() -> None:
    first, second, *rest = ENGLISH.split()
    with pytest.raises(words.Unreadable, match="changed places"):
        words.parse(" ".join([second, first, *rest]))


def test_no_two_languages_share_a_word() -> None:
    assert len(words._places()) == 2 * 2048


def test_the_lists_are_read_without_a_network() -> None:
    words._list.cache_clear()
    with patch.object(socket, "socket", side_effect=AssertionError("no network")):
        assert words.parse(ENGLISH) == SECRET


@given(typed=st.text(max_size=300))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    assert is_read(typed) in (True, False)
