from datetime import date

from ..calendars import Declaration, get_calendar
from ..count import Deadline, due
from ..sources import CHINA_DECLARED
from ..terms import Term
from .cast import SHANGHAI, beijing, in_china

NOTICE = (
    Declaration(date(2040, 2, 13), False, "Spring Festival", settles=2040),
    Declaration(date(2040, 2, 14), False, "Spring Festival", settles=2040),
)


def test_working_days_in_a_year_without_a_notice_are_provisional() -> None:
    answer = in_china("15 wd", beijing(2040, 6, 1))
    assert answer.provisional
    assert answer.undeclared == (2040,)


def test_working_days_within_declared_years_are_not() -> None:
    assert not in_china("15 wd", beijing(2026, 3, 3)).provisional
    assert not in_china("250 wd", beijing(2025, 6, 3)).provisional


def test_calendar_days_are_provisional_only_where_they_roll() -> None:
    start = beijing(2040, 1, 28)
    assert not in_china("60 cd", start).provisional
    assert in_china("60 cd", start, rolls=True).provisional


def test_the_days_passed_by_a_calendar_term_do_not_matter() -> None:
    assert not in_china("12 mo", beijing(2003, 3, 3), rolls=True).provisional


def test_hours_never_are() -> None:
    assert not in_china("48 h", beijing(2040, 10, 1), rolls=True).provisional


def test_the_year_into_which_a_pause_moves_the_end_matters() -> None:
    last = max(CHINA_DECLARED)
    pause = beijing(last, 12, 10), beijing(last + 1, 1, 8)
    assert in_china("5 wd", beijing(last, 12, 9)).undeclared == ()
    assert in_china("5 wd", beijing(last, 12, 9), pause).undeclared == (last + 1,)


def test_a_notice_moves_an_open_date_and_settles_it() -> None:
    term, start = Term.parse("20 wd"), beijing(2040, 1, 16)
    guessed = in_china("20 wd", start)
    settled = due(term, start, get_calendar("CN", NOTICE), SHANGHAI)
    assert isinstance(settled, Deadline)
    assert (guessed.day, guessed.provisional) == (date(2040, 2, 17), True)
    assert (settled.day, settled.provisional) == (date(2040, 2, 15), False)
