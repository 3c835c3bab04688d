"""Declarations that a body keeps, in the database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from ..actions import NothingDeclared, declare
from ..calendars import Declaration, UnknownCalendar
from ..queries import calendar_for
from .cast import CHINA, beijing

pytestmark = pytest.mark.django_db

MOURNING = Declaration(date(2026, 3, 5), working=False, name="Day of mourning")
WITHDRAWN = Declaration(date(2026, 3, 5), working=True, name="Day of mourning")
NOTICE = [
    Declaration(date(2040, 2, 13), False, "Spring Festival", settles=2040),
    Declaration(date(2040, 2, 18), True, "Spring Festival", settles=2040),
]
AT = beijing(2026, 3, 1)


def test_without_declarations_a_calendar_is_the_library_s() -> None:
    assert calendar_for("CN") is CHINA


def test_a_declared_day_changes_the_calendar() -> None:
    declare(calendar="CN", days=[MOURNING], at=AT)
    calendar = calendar_for("CN")
    assert not calendar.is_working_day(MOURNING.date)
    assert calendar.digest != CHINA.digest


def test_a_notice_declares_its_year() -> None:
    declare(calendar="CN", days=NOTICE, at=AT)
    calendar = calendar_for("CN")
    assert calendar.is_declared(2040)
    assert calendar.is_working_day(date(2040, 2, 18))


def test_declarations_are_those_of_one_calendar() -> None:
    declare(calendar="GB", days=[MOURNING], at=AT)
    assert calendar_for("CN") is CHINA


def test_the_last_declaration_wins_and_the_earlier_one_can_be_counted_again() -> None:
    declare(calendar="CN", days=[MOURNING], at=AT)
    declare(calendar="CN", days=[WITHDRAWN], at=AT + timedelta(days=1))
    assert calendar_for("CN").is_working_day(MOURNING.date)
    assert not calendar_for("CN", known_at=AT).is_working_day(MOURNING.date)
    assert calendar_for("CN", known_at=AT - timedelta(days=1)) is CHINA


def test_a_calendar_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    declare(calendar="CN", days=NOTICE, at=AT)
    with django_assert_num_queries(1):
        calendar_for("CN").is_working_day(date(2040, 2, 13))


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(UnknownCalendar):
        declare(calendar="ZZ", days=[MOURNING], at=AT)
    with pytest.raises(UnknownCalendar):
        calendar_for("ZZ")


def test_an_empty_notice_is_refused() -> None:
    with pytest.raises(NothingDeclared, match="the notice for CN names no day"):
        declare(calendar="CN", days=[], at=AT)


@pytest.mark.parametrize(
    "days", [[MOURNING, WITHDRAWN], [Declaration(date(2026, 3, 5), False, "")]]
)
def test_a_notice_that_contradicts_itself_or_names_nothing_is_not_kept(
    days: list[Declaration],
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        declare(calendar="CN", days=days, at=AT)
    assert calendar_for("CN") is CHINA
