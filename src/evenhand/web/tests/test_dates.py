"""Dates and due tags in the words of each language."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from evenhand.web.dates import Due, DueKind, Written, due_words, write
from evenhand.web.templatetags.ev import figure, language_tag

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _in_shanghai() -> Iterator[None]:
    with timezone.override(SHANGHAI):
        yield


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        (Written.LONG, "Friday 1 May 2026", "2026年5月1日（星期五）"),
        (Written.SHORT, "1 May 2026", "2026年5月1日"),
        (Written.NEAR, "Fri 1 May", "5月1日（星期五）"),
        (Written.MOMENT, "1 May 2026, 00:30", "2026年5月1日 00:30"),
        (Written.TIME, "00:30", "00:30"),
    ],
)
def test_a_moment_is_written_in_local_time(written: Written, english: str, chinese: str) -> None:
    moment = datetime(2026, 4, 30, 16, 30, tzinfo=UTC)
    assert write(moment, written) == english
    with translation.override("zh-hans"):
        assert write(moment, written) == chinese


def test_a_day_needs_no_time() -> None:
    assert write(date(2026, 5, 1), Written.LONG) == "Friday 1 May 2026"


def test_no_date_is_nothing() -> None:
    assert write(None, Written.LONG) == ""


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (datetime(2026, 2, 26, 23, 0, tzinfo=SHANGHAI), Due(DueKind.LATE, "4 days late")),
        (datetime(2026, 3, 1, 23, 59, tzinfo=SHANGHAI), Due(DueKind.LATE, "1 day late")),
        (datetime(2026, 3, 2, 8, 30, tzinfo=SHANGHAI), Due(DueKind.LATE, "late since 08:30")),
        (datetime(2026, 3, 2, 17, 0, tzinfo=SHANGHAI), Due(DueKind.TODAY, "today 17:00")),
        (datetime(2026, 3, 2, 16, 0, tzinfo=UTC), Due(DueKind.DATE, "Tue 3 March")),
        (datetime(2027, 3, 4, 17, 0, tzinfo=SHANGHAI), Due(DueKind.DATE, "4 March 2027")),
    ],
)
def test_a_due_date_is_told_as_it_stands_to_now(due: datetime, expected: Due) -> None:
    assert due_words(due, NOW) == expected


def test_a_paused_clock_is_never_late() -> None:
    assert due_words(datetime(2020, 1, 1, tzinfo=UTC), NOW, paused=True).kind == DueKind.PAUSED


def test_thousands_are_set_apart() -> None:
    assert figure(48213) == "48,213"


def test_html_wants_its_own_name_of_a_language() -> None:
    assert [language_tag("en"), language_tag("zh-hans")] == ["en", "zh-Hans"]
