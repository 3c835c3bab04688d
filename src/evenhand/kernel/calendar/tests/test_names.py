from datetime import date

import pytest
from django.utils.translation import override

from ..calendars import get_calendar
from ..names import ELSEWHERE, shown, translated

YEARLY = {"GB", "GB-ENG", "GB-SCT", "GB-NIR", "IE", "US"}


def names(key: str, first: int, last: int) -> set[str]:
    days = get_calendar(key).named(date(first, 1, 1), date(last, 12, 31))
    return {part for day in days for part in day.name.split("; ") if part}


@pytest.mark.parametrize("years", [(2004, 2026), (2027, 2050)])
def test_every_chinese_holiday_has_a_chinese_name(years: tuple[int, int]) -> None:
    with override("zh-hans"):
        assert [name for name in names("CN", *years) if translated(name)[0].isascii()] == []


def test_a_chinese_holiday_has_one_name_in_declared_and_in_guessed_years() -> None:
    assert names("CN", 2040, 2050) <= names("CN", 2016, 2026)


def test_the_holidays_listed_elsewhere_exist_and_are_translated() -> None:
    existing = set().union(*(names(key, 2024, 2030) for key in YEARLY))
    assert set(ELSEWHERE) <= existing
    with override("zh-hans"):
        assert [name for name in ELSEWHERE if translated(name)[0].isascii()] == []


def test_a_day_in_lieu_bears_the_name_of_its_holiday() -> None:
    assert shown("GB", "Boxing Day (observed); Boxing Day") == "Boxing Day"


def test_two_holidays_on_one_day_are_both_translated() -> None:
    with override("zh-hans"):
        assert translated("National Day; Mid-Autumn Festival") == ["国庆节", "中秋节"]


def test_an_unknown_name_stays_as_it_is() -> None:
    with override("zh-hans"):
        assert translated("Founding day of the county") == ["Founding day of the county"]
