from datetime import date

import pytest

from evenhand.kernel.rules import dates
from evenhand.kernel.rules.dates import Dates

PASSED = "2005年4月27日 某会议通过"
AMENDED = "2018年12月29日 某会议修订"
PUBLISHED = "2005年5月9日 某令公布"


def test_passing_and_amending_are_told_apart() -> None:
    read = dates.read([PASSED, PUBLISHED, AMENDED], ["本法自2019年6月1日起施行。"])
    assert read == Dates(date(2005, 4, 27), date(2018, 12, 29), date(2019, 6, 1), True)


def test_the_last_of_several_amendments_counts() -> None:
    read = dates.read([PASSED, "2010年1月1日 某会议第一次修正", AMENDED], [])
    assert read.amended_on == date(2018, 12, 29)


def test_a_first_commencement_does_not_hold_for_an_amended_text() -> None:
    read = dates.read([PASSED, AMENDED], ["本法自2006年1月1日起施行。"])
    assert (read.in_force_from, read.in_force_stated) == (date(2018, 12, 29), False)


def test_from_the_day_of_publication() -> None:
    read = dates.read([PASSED, PUBLISHED], ["甲。", "本法自公布之日起施行。"])
    assert (read.in_force_from, read.in_force_stated) == (date(2005, 5, 9), True)


def test_a_text_that_does_not_say_is_taken_to_start_when_published() -> None:
    read = dates.read([PASSED, PUBLISHED], ["甲。"])
    assert (read.in_force_from, read.in_force_stated) == (date(2005, 5, 9), False)


def test_a_line_of_the_head_may_say_since_when() -> None:
    read = dates.read([PASSED, "2005年10月1日 施行"], ["甲。"])
    assert read == Dates(date(2005, 4, 27), None, date(2005, 10, 1), True)


def test_the_date_in_the_file_name_stands_in_for_a_missing_head() -> None:
    read = dates.read([], ["甲。"], named=dates.in_name("试验(2016-06-28).md"))
    assert read == Dates(date(2016, 6, 28), None, date(2016, 6, 28), False)


def test_a_file_named_by_a_later_day_holds_a_later_version() -> None:
    later = dates.in_name("试验(2020-12-04).md")
    read = dates.read([PASSED, AMENDED], ["本法自2019年6月1日起施行。"], named=later)
    assert read == Dates(date(2005, 4, 27), date(2018, 12, 29), date(2020, 12, 4), False)


def test_publication_of_the_first_version_starts_no_amended_one() -> None:
    read = dates.read([PASSED, AMENDED], ["自公布之日起施行。"], named=date(2018, 12, 29))
    assert (read.in_force_from, read.in_force_stated) == (date(2018, 12, 29), False)


def test_nothing_known_is_nothing_claimed() -> None:
    assert dates.read(["某机关"], ["甲。"]) == Dates()


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("本办法自二○○七年一月一日起施行。", date(2007, 1, 1)),
        ("本条例自 2020 年 5 月 1 日起实施。", date(2020, 5, 1)),
        ("自２０２０年５月１日起正式施行。", date(2020, 5, 1)),
        ("本法自2020年2月30日起施行。", None),
        ("按本法第三条处理的，自2020年2月3日起计算。", None),
    ],
)
def test_commencement_is_read_from_the_text(text: str, start: date | None) -> None:
    assert dates.read([], [text]).in_force_from == start
