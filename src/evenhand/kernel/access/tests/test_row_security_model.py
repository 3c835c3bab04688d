"""What the database shows equals what a plain model says, for any people, powers and days."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.base.ids import uuid7
from evenhand.kernel.access.actor import CLOCK, acting, reading_many
from evenhand.kernel.access.models import Involvement, Reading, Relation
from evenhand.kernel.organisation.models import Person, Post, Tenure
from evenhand.kernel.organisation.tests.cast import Cast

FIRST = date(2026, 1, 1)
POWERS = ["lead", "handle", "petitions.accept"]
PEOPLE, UNITS, MATTERS, DAYS = range(3), range(3), range(4), range(6)
day = st.sampled_from(DAYS)


@dataclass(frozen=True)
class Office:
    """``person`` holds a post with ``powers`` in ``unit`` on days ``first`` to ``last``."""

    person: int
    unit: int
    powers: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Involved:
    """``who`` is a person, or a pair of unit and power."""

    matter: int
    who: int | tuple[int, str]
    relation: Relation
    ended: bool


offices = st.lists(
    st.builds(
        Office,
        person=st.sampled_from(PEOPLE),
        unit=st.sampled_from(UNITS),
        powers=st.sets(st.sampled_from(POWERS)).map(tuple),
        first=day,
        last=day,
    ).filter(lambda office: office.first <= office.last),
    max_size=6,
)
involved = st.builds(
    Involved,
    matter=st.sampled_from(MATTERS),
    who=st.sampled_from(PEOPLE) | st.tuples(st.sampled_from(UNITS), st.sampled_from(POWERS)),
    relation=st.sampled_from(Relation),
    ended=st.booleans(),
).filter(lambda i: isinstance(i.who, int) or i.relation != Relation.CONCERNED)
involvements = st.lists(involved, max_size=14, unique_by=lambda i: (i.matter, i.who, i.relation))


def sees(person: int, matter: int, today: int, offices: list[Office], rows: list[Involved]) -> bool:
    """The whole rule, in plain Python."""
    running = [row for row in rows if row.matter == matter and not row.ended]
    if any(row.who == person and row.relation == Relation.CONCERNED for row in running):
        return False
    held = {
        (office.unit, power)
        for office in offices
        if office.person == person and office.first <= today <= office.last
        for power in office.powers
    }
    return any(
        row.relation not in (Relation.CONCERNED, Relation.FORMER)
        and (row.who == person or row.who in held)
        for row in running
    )


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class World:
    """The example's offices and involvements, written into the database."""

    def __init__(self, cast: Cast, offices: list[Office], rows: list[Involved]) -> None:
        self.people = [cast.newcomer, cast.former_head, _person()]
        self.units = [cast.water, cast.housing, cast.riverside]
        self.matters = [uuid7() for _ in MATTERS]
        posts = [self._post(office, number) for number, office in enumerate(offices)]
        for post, office in zip(posts, offices, strict=True):
            Tenure.objects.create(
                post=post, person=self.people[office.person], during=_during(office)
            )
        with acting(CLOCK, moment(0)):
            Involvement.objects.bulk_create(self._row(row) for row in rows)
            Reading.objects.bulk_create(
                Reading(matter_id=m, reader_id=uuid7(), purpose="x", at=moment(0))
                for m in self.matters
            )

    def _post(self, office: Office, number: int) -> Post:
        unit, code = self.units[office.unit], f"world-{number}"
        return Post.objects.create(code=code, name=code, unit=unit, powers=list(office.powers))

    def _row(self, row: Involved) -> Involvement:
        person, unit, power = None, None, ""
        if isinstance(row.who, int):
            person = self.people[row.who].id
        else:
            unit, power = self.units[row.who[0]], row.who[1]
        return Involvement(
            matter_id=self.matters[row.matter],
            person_id=person,
            unit=unit,
            power=power,
            relation=row.relation,
            since=moment(0),
            until=moment(1) if row.ended else None,
        )

    def shown(self) -> list[set[int]]:
        """The matters that are shown, by each of the ways in which a policy asks."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT matter_id FROM access_sight")
            listed = [matter for (matter,) in cursor.fetchall()]
        probed = list(Reading.objects.values_list("matter_id", flat=True))
        with reading_many():
            hashed = list(Reading.objects.values_list("matter_id", flat=True))
        return [{self.matters.index(m) for m in ids} for ids in (listed, probed, hashed)]


def _person() -> Person:
    return Person.objects.create(name="Third", staff_number=uuid.uuid4().hex)


def _during(office: Office) -> DateRange:
    first = FIRST + timedelta(days=office.first)
    return DateRange(first, FIRST + timedelta(days=office.last + 1))


def moment(today: int) -> datetime:
    """Early in the day, in the body's own zone: in UTC it is still the day before."""
    return datetime(2025, 12, 31, 16, 30, tzinfo=UTC) + timedelta(days=today)


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(offices=offices, rows=involvements, today=day)
def test_the_rows_shown_are_those_of_the_model(
    cast: Cast, offices: list[Office], rows: list[Involved], today: int
) -> None:
    with undone():
        world = World(cast, offices, rows)
        for number, person in enumerate(world.people):
            wanted = {m for m in MATTERS if sees(number, m, today, offices, rows)}
            with acting(person.id, moment(today)):
                assert world.shown() == [wanted] * 3
