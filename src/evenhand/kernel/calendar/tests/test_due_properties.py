"""What must hold of every term, start and pause."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ..calendars import Declaration, WorkCalendar
from ..count import Deadline, Paused, due
from ..pauses import Stretch
from ..terms import Term, Unit
from .cast import CHINA, LONDON, NEW_YORK, NEW_YORK_STATE, SCOTLAND, SHANGHAI

# The first example of a year pays for working it out.
calm = settings(deadline=None, max_examples=200)

FIRST, LAST = date(2023, 1, 1), date(2028, 12, 31)
DAYS = st.dates(FIRST, LAST)
PLACES = st.sampled_from([(CHINA, SHANGHAI), (SCOTLAND, LONDON), (NEW_YORK_STATE, NEW_YORK)])
MOMENTS = st.datetimes(
    datetime(2023, 1, 1), datetime(2028, 12, 31), timezones=st.just(LONDON), allow_imaginary=False
)
LENGTHS = st.integers(1, 400)
UNITS = st.sampled_from(Unit)
SPANS = st.timedeltas(timedelta(), timedelta(days=120))
PAUSES = st.lists(st.builds(lambda since, span: (since, since + span), MOMENTS, SPANS), max_size=4)

Place = tuple[WorkCalendar, ZoneInfo]


def running(
    term: Term, start: datetime, place: Place, pauses: list[Stretch], rolls: bool = False
) -> Deadline:
    answer = due(term, start, *place, pauses, rolls=rolls)
    assert isinstance(answer, Deadline)
    return answer


@calm
@given(LENGTHS, UNITS, MOMENTS, MOMENTS, PLACES, PAUSES, st.booleans())
def test_who_starts_later_never_ends_earlier(
    length: int,
    unit: Unit,
    one: datetime,
    other: datetime,
    place: Place,
    pauses: list[Stretch],
    rolls: bool,
) -> None:
    term, (early, late) = Term(length, unit), sorted([one, other], key=datetime.timestamp)
    first = running(term, early, place, pauses, rolls)
    assert first.at <= running(term, late, place, pauses, rolls).at


@calm
@given(LENGTHS, LENGTHS, UNITS, MOMENTS, PLACES, PAUSES, st.booleans())
def test_a_longer_term_never_ends_earlier(
    one: int,
    other: int,
    unit: Unit,
    start: datetime,
    place: Place,
    pauses: list[Stretch],
    rolls: bool,
) -> None:
    short, long = Term(min(one, other), unit), Term(max(one, other), unit)
    first = running(short, start, place, pauses, rolls)
    assert first.at <= running(long, start, place, pauses, rolls).at


@calm
@given(LENGTHS, MOMENTS, PLACES, PAUSES, st.lists(st.builds(
    Declaration, DAYS, st.booleans(), st.just("Declared")), max_size=30))  # fmt: skip
def test_working_days_never_end_on_a_day_off(
    length: int,
    start: datetime,
    place: Place,
    pauses: list[Stretch],
    declared: list[Declaration],
) -> None:
    calendar = WorkCalendar(place[0].key, tuple(declared))
    answer = running(Term(length, Unit.WORKING_DAYS), start, (calendar, place[1]), pauses)
    assert calendar.is_working_day(answer.day)


@calm
@given(LENGTHS, UNITS, MOMENTS, PLACES, PAUSES)
def test_what_rolls_never_ends_on_a_day_off(
    length: int, unit: Unit, start: datetime, place: Place, pauses: list[Stretch]
) -> None:
    assume(unit is not Unit.HOURS)
    answer = running(Term(length, unit), start, place, pauses, rolls=True)
    assert place[0].is_working_day(answer.day)


@calm
@given(LENGTHS, MOMENTS, PLACES)
def test_as_many_working_days_pass_as_the_term_says(
    length: int, start: datetime, place: Place
) -> None:
    answer = running(Term(length, Unit.WORKING_DAYS), start, place, [])
    assert place[0].working_days_between(answer.start_day, answer.day) == length


@calm
@given(LENGTHS, UNITS, MOMENTS, PLACES, st.floats(0, 1), SPANS)
def test_a_pause_shifts_the_end_by_its_length(
    length: int, unit: Unit, start: datetime, place: Place, where: float, span: timedelta
) -> None:
    calendar, tz = place
    plain = running(Term(length, unit), start, place, [])
    since = plain.start + where * (plain.at - plain.start)
    first, resumed = since.astimezone(tz).date(), (since + span).astimezone(tz).date()
    assume(since < plain.at and (unit is Unit.HOURS or first < plain.day))
    moved = running(Term(length, unit), start, place, [(since, since + span)])
    match unit:
        case Unit.HOURS:
            assert moved.at - plain.at == span
        case Unit.WORKING_DAYS:
            inside = calendar.working_days_between(first, resumed)
            assert calendar.working_days_between(plain.day, moved.day) == inside
        case _:
            assert moved.day - plain.day == resumed - first


@calm
@given(LENGTHS, UNITS, MOMENTS, PLACES, PAUSES, st.booleans())
def test_no_term_ends_within_a_pause(
    length: int, unit: Unit, start: datetime, place: Place, pauses: list[Stretch], rolls: bool
) -> None:
    answer = running(Term(length, unit), start, place, pauses, rolls)
    assert not any(since < answer.at < until for since, until in pauses if until)


@calm
@given(LENGTHS, UNITS, MOMENTS, PLACES, PAUSES, MOMENTS, st.booleans())
def test_a_clock_that_stands_still_has_a_date_only_if_it_had_run_out(
    length: int,
    unit: Unit,
    start: datetime,
    place: Place,
    pauses: list[Stretch],
    stopped: datetime,
    rolls: bool,
) -> None:
    answer = due(Term(length, unit), start, *place, [*pauses, (stopped, None)], rolls=rolls)
    if isinstance(answer, Paused):
        assert answer.since <= max(stopped, start)
    else:
        assert answer.at <= stopped
        assert answer == running(Term(length, unit), start, place, pauses, rolls)


@calm
@given(DAYS, DAYS, DAYS, PLACES)
def test_counts_of_working_days_add_up(a: date, b: date, c: date, place: Place) -> None:
    between = place[0].working_days_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@calm
@given(DAYS, st.integers(-400, 400), PLACES)
def test_counting_and_going_there_agree(day: date, count: int, place: Place) -> None:
    calendar = place[0]
    there = calendar.working_day_after(day, count)
    assert calendar.is_working_day(there)
    assert calendar.working_days_between(day, there) == count


@calm
@given(DAYS, DAYS, PLACES)
def test_counts_agree_with_counting_one_by_one(one: date, other: date, place: Place) -> None:
    first, last = min(one, other), max(one, other)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    counted = sum(place[0].is_working_day(day) for day in days)
    assert place[0].working_days_between(first, last) == counted
