"""Which of several numbered lines are articles. Each line stands for a paragraph."""

import pytest

from evenhand.kernel.rules.numbering import marker, parts


def read(*lines: str) -> list[int | None]:
    markers = [marker(line) for line in lines]
    assert all(markers)
    return parts([found for found in markers if found])


def test_articles_in_order_are_articles() -> None:
    assert read("第一条 甲", "第二条　乙", "第三条 丙") == [0, 0, 0]


@pytest.mark.parametrize(
    "reference",
    [
        "第一条规定的情形，从其规定。",
        "第一条 规定的情形，从其规定。",
        "第一条、第二条所称路灯",
        "第一条第二款的时限",
        "第九条 和第十条所列设施",
        "第九条后增加一条",
        "第三条 规定的路灯除外。",
    ],
)
def test_a_paragraph_that_begins_with_a_reference_is_none(reference: str) -> None:
    assert read("第一条 甲", "第二条 乙", reference, "第三条 丙") == [0, 0, None, 0]


def test_a_forward_reference_without_a_telling_word_is_none() -> None:
    assert read("第一条 甲", "第三条 等", "第二条 乙", "第三条 丙") == [0, None, 0, 0]


def test_a_number_left_out_by_the_source_loses_nothing() -> None:
    assert read("第一条 甲", "第三条 丙", "第四条 丁") == [0, 0, 0]


def test_a_misprinted_number_loses_nothing() -> None:
    assert read("第十四条 甲", "第五十条 乙", "第十六条 丙", "第十七条 丁") == [0, 0, 0, 0]
    assert read("第二十四条 甲", "第十五条 乙", "第二十六条 丙") == [0, 0, 0]


def test_a_number_printed_twice_is_two_articles() -> None:
    assert read("第一条 甲", "第一条 乙", "第二条 丙") == [0, 0, 0]


def test_articles_put_in_later_follow_theirs() -> None:
    assert read("第一条 甲", "第一条之一 乙", "第一条之二 丙", "第二条 丁") == [0, 0, 0, 0]


def test_an_annex_counts_from_one_again() -> None:
    assert read("第一条 甲", "第二条 乙", "第一条 丙", "第二条 丁") == [0, 0, 1, 1]


def test_sources_without_a_space_are_read_by_their_count() -> None:
    assert read("第一条为了", "第二条本法", "第一条规定的", "第三条凡") == [0, 0, None, 0]


@pytest.mark.parametrize(
    "line",
    ["依照第三条", "第三章 总则", "第条 甲", "第三款 甲", "“第三条 甲", "第十百条 甲", "第０条 甲"],
)
def test_other_lines_are_no_markers(line: str) -> None:
    assert marker(line) is None


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("第 三 条 甲", "第 三 条", "甲"),
        ("**第三条** 甲", "第三条", "甲"),
        ("第3条：甲", "第3条", "甲"),
        ("- 第三条 甲", "第三条", "甲"),
        ("第三条【目的】甲", "第三条", "【目的】甲"),
    ],
)
def test_dress_does_not_hide_an_article(line: str, label: str, rest: str) -> None:
    found = marker(line)
    assert found
    assert (found.article, found.label, found.rest, found.apart) == (3, label, rest, True)
