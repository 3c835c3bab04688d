"""Whoever answers for a matter and has a stake in it answers for it no longer."""

from collections.abc import Callable
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from evenhand.kernel.access.actor import acting
from evenhand.kernel.access.recusal import concerned
from evenhand.kernel.organisation.models import Kinship, Person, Post, Tenure
from evenhand.kernel.organisation.tests.cast import SINCE, Cast
from evenhand.mechanisms.petitions.queries import REGISTERS

from .conftest import Walk


def second_registrar(cast: Cast) -> Person:
    post = Post.objects.create(
        code="registrar2", name="登记员", unit=cast.petition_office, powers=[REGISTERS]
    )
    Tenure.objects.create(post=post, person=cast.newcomer, during=DateRange(SINCE, None))
    return cast.newcomer


def test_the_one_who_registers_takes_over(cast: Cast, begin: Callable[..., Walk]) -> None:
    pair = {cast.registrar, second_registrar(cast)}
    walk = begin()
    [other] = pair - {walk.case.accountable}
    Kinship.objects.create(
        person=walk.case.accountable,
        relative=cast.housing_head,
        relation="sister",
        declared_on=date(2026, 1, 5),
    )
    walk.step("register", other, kind="claim", unit=cast.water, about_unit=cast.housing)
    with acting(other.id, walk.at):
        assert walk.case.accountable_id == other.id
        assert walk.case.accountable_id not in concerned(walk.case.id)
