import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.kernel.rules.numerals import to_chinese, to_int


@given(st.integers(min_value=1, max_value=9999))
def test_every_number_reads_back_as_itself(number: int) -> None:
    assert to_int(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (1010, "一千零一十"),
        (1260, "一千二百六十"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_written_as_laws_write_them(number: int, written: str) -> None:
    assert to_chinese(number) == written


@pytest.mark.parametrize(
    ("written", "number"),
    [("31", 31), ("３１", 31), ("一二〇", 120), ("二○○七", 2007), ("一百十", 110), ("两百", 200)],
)
def test_other_ways_of_writing_are_read(written: str, number: int) -> None:
    assert to_int(written) == number


@pytest.mark.parametrize("text", ["", "〇", "0", "10000", "十百", "一一十", "百", "甲", "3a", "²"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        to_int(text)


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_out_of_range_are_not_written(number: int) -> None:
    with pytest.raises(ValueError, match="within"):
        to_chinese(number)
