"""Days that are declared over what the libraries know: the notice for 2040, invented."""

from datetime import date

from ..calendars import Declaration, WorkCalendar, get_calendar
from .cast import CHINA

MOURNING = Declaration(date(2026, 3, 5), working=False, name="Day of mourning")
NOTICE = (
    Declaration(date(2039, 12, 31), True, "New Year's Day", settles=2040),
    Declaration(date(2040, 1, 2), False, "New Year's Day", settles=2040),
    Declaration(date(2040, 2, 13), False, "Spring Festival", settles=2040),
)


def test_a_holiday_that_is_declared_late_is_off() -> None:
    assert CHINA.is_working_day(MOURNING.date)
    assert not get_calendar("CN", (MOURNING,)).is_working_day(MOURNING.date)


def test_a_weekend_that_is_declared_worked_is_worked() -> None:
    saturday = Declaration(date(2026, 3, 7), True, "Day of mourning")
    assert get_calendar("CN", (saturday,)).is_working_day(saturday.date)


def test_a_later_declaration_wins() -> None:
    withdrawn = Declaration(MOURNING.date, True, "Day of mourning")
    calendar = get_calendar("CN", (MOURNING, withdrawn))
    assert calendar.is_working_day(MOURNING.date)
    assert calendar.named(MOURNING.date, MOURNING.date) == ()


def test_a_single_day_does_not_declare_its_year() -> None:
    eve = Declaration(date(2040, 2, 10), False, "Spring Festival")
    assert not get_calendar("CN", (eve,)).is_declared(2040)


def test_a_notice_declares_its_year() -> None:
    calendar = get_calendar("CN", NOTICE)
    assert calendar.is_declared(2040)
    assert not calendar.is_declared(2041)
    assert not calendar.is_working_day(date(2040, 2, 13))


def test_a_notice_replaces_what_was_guessed_but_not_the_weekends() -> None:
    calendar = get_calendar("CN", NOTICE)
    assert not CHINA.is_working_day(date(2040, 2, 14))
    assert calendar.is_working_day(date(2040, 2, 14))
    assert not calendar.is_working_day(date(2040, 2, 12))


def test_a_notice_reaches_back_into_december() -> None:
    new_years_eve = date(2039, 12, 31)
    assert CHINA.undeclared(new_years_eve, new_years_eve) == (2039, 2040)
    calendar = get_calendar("CN", NOTICE)
    assert calendar.undeclared(new_years_eve, new_years_eve) == (2039,)
    assert calendar.is_working_day(new_years_eve)


def test_a_declaration_does_not_drop_what_the_library_knows() -> None:
    known = Declaration(date(2026, 3, 5), False, "Day of mourning", settles=2026)
    assert not get_calendar("CN", (known,)).is_working_day(date(2026, 10, 1))


def test_the_digest_names_what_the_calendar_stands_on() -> None:
    with_one = get_calendar("CN", (MOURNING,))
    assert with_one.digest == WorkCalendar("CN", (MOURNING,)).digest
    assert len({CHINA.digest, with_one.digest, get_calendar("GB").digest}) == 3
    assert with_one.stands_on[0] == "CN"
    assert with_one.stands_on[-1] == "2026-03-05 off 'Day of mourning' settles None"


def test_a_calendar_is_worked_out_once() -> None:
    assert get_calendar("CN", NOTICE) is get_calendar("CN", tuple(NOTICE))
