from datetime import date, datetime, timedelta

import pytest

from ..count import Deadline, Paused, due
from ..pauses import Pause
from ..terms import Term, Unit
from .cast import CHINA, SHANGHAI, beijing, in_china, last_day

START = date(2026, 3, 3)


def march(day: int, hour: int = 10) -> datetime:
    return beijing(2026, 3, day, hour)


@pytest.mark.parametrize(
    ("term", "end"),
    [
        ("10 cd", date(2026, 3, 20)),  # 13 March and 7 days
        ("10 wd", date(2026, 3, 24)),  # 17 March and 5 working days
        ("1 mo", date(2026, 4, 10)),  # 3 April and 7 days
    ],
)
def test_a_pause_moves_the_end(term: str, end: date) -> None:
    assert last_day(term, START, (march(6), march(13))) == end


def test_a_pause_moves_hours_by_the_time_elapsed() -> None:
    pause = march(3, 11), march(3, 11) + timedelta(minutes=45)
    assert in_china("2 h", march(3), pause).at == march(3, 12) + timedelta(minutes=45)


def test_a_pause_within_one_day_moves_no_term_in_days() -> None:
    assert last_day("10 wd", START, (march(6, 9), march(6, 17))) == last_day("10 wd", START)


def test_a_pause_over_midnight_counts_as_one_day() -> None:
    assert last_day("10 cd", START, (march(6, 23), march(7, 1))) == date(2026, 3, 14)


def test_a_pause_that_was_over_before_the_start_does_not_matter() -> None:
    assert last_day("10 cd", START, (march(1), march(3, 9))) == date(2026, 3, 13)


def test_of_a_pause_from_before_the_start_the_rest_matters() -> None:
    assert last_day("10 cd", START, (march(1), march(5))) == date(2026, 3, 15)


def test_a_pause_that_begins_after_the_end_does_not_matter() -> None:
    answer = in_china("10 cd", march(3), (march(14, 0), march(20)))
    assert (answer.day, answer.pauses) == (date(2026, 3, 13), ())


def test_a_clock_has_run_out_at_its_last_moment() -> None:
    assert in_china("2 h", march(3), (march(3, 12), march(3, 15))).at == march(3, 12)


def test_a_pause_moves_the_end_into_reach_of_the_next() -> None:
    pauses = (march(6), march(10)), (march(15), march(17))
    assert last_day("10 cd", START, *pauses) == date(2026, 3, 19)


def test_pauses_that_overlap_count_once_and_in_any_order() -> None:
    pauses = (march(8), march(12)), (march(6), march(10))
    answer = in_china("10 cd", march(3), *pauses)
    assert answer.day == date(2026, 3, 19)
    assert answer.pauses == (Pause(march(6), march(12)),)


@pytest.mark.parametrize("term", ["10 cd", "8 wd"])
def test_a_pause_that_begins_on_the_last_day_moves_it_to_its_own_end(term: str) -> None:
    assert last_day(term, START, (march(13), march(18))) == date(2026, 3, 18)


def test_no_working_day_runs_out_in_a_pause_over_a_weekend() -> None:
    assert last_day("8 wd", START, (march(13), march(15))) == date(2026, 3, 16)


def test_a_pause_may_begin_while_a_term_rolls() -> None:
    """Due on Saturday the 7th, hence on Monday; paused on Sunday until Wednesday."""
    pause = march(8), march(11)
    assert last_day("4 cd", START, pause, rolls=True) == date(2026, 3, 11)
    assert last_day("4 cd", START, pause) == date(2026, 3, 7)


def test_a_pause_may_end_where_a_term_rolls() -> None:
    assert last_day("10 cd", START, (march(6), march(7)), rolls=True) == date(2026, 3, 16)


def test_holidays_within_a_pause_are_not_told_twice() -> None:
    pause = beijing(2026, 4, 30), beijing(2026, 5, 7)
    answer = in_china("10 wd", beijing(2026, 4, 27), pause)
    assert [day.date for day in answer.skipped] == [date(2026, 5, 9)]


@pytest.mark.parametrize("unit", Unit)
def test_a_clock_that_stands_still_has_no_date(unit: Unit) -> None:
    answer = due(Term(5, unit), march(3), CHINA, SHANGHAI, [(march(3, 12), None)])
    assert isinstance(answer, Paused)
    assert answer.since == march(3, 12)


def test_a_clock_that_ran_out_before_it_was_stopped_has_one() -> None:
    answer = due(Term.parse("5 cd"), march(3), CHINA, SHANGHAI, [(march(9, 0), None)])
    assert isinstance(answer, Deadline)
    assert answer.day == date(2026, 3, 8)


def test_an_open_pause_swallows_what_follows() -> None:
    pauses = [(march(4), None), (march(5), march(6)), (march(7), None)]
    answer = due(Term.parse("5 cd"), march(3), CHINA, SHANGHAI, pauses)
    assert isinstance(answer, Paused)
    assert answer.since == march(4)


def test_a_pause_touching_an_open_one_is_open() -> None:
    pauses = [(march(4), march(5)), (march(5), None)]
    answer = due(Term.parse("5 cd"), march(3), CHINA, SHANGHAI, pauses)
    assert isinstance(answer, Paused)
    assert answer.since == march(4)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end before"):
        in_china("5 cd", march(3), (march(6), march(5)))
