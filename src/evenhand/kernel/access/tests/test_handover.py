"""Nobody leaves a post with open work behind."""

import uuid
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from evenhand.kernel.access import handover
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.handover import OpenItem, ending_soon, open_work, relieve_safely
from evenhand.kernel.access.models import Involvement, Relation
from evenhand.kernel.ledger.models import Entry, Opening
from evenhand.kernel.organisation.models import Person, Tenure, Unit
from evenhand.kernel.organisation.tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
JUNE = date(2026, 6, 1)


class Tasks:
    """A kind of open work: tasks by reference, each a matter that its bearer's unit sees."""

    def __init__(self) -> None:
        self.items: dict[str, OpenItem] = {}
        self.moved: list[tuple[str, uuid.UUID]] = []

    def give(
        self, reference: str, bearer: Person, unit: Unit, concerns: Person | None = None
    ) -> None:
        matter = uuid.uuid4()
        self.items[reference] = OpenItem(
            kind="test.task",
            id=uuid.uuid4(),
            reference=reference,
            bearer=bearer.id,
            unit=unit.id,
            matter=matter,
        )
        with acting(CLOCK, AT):
            involve(matter, Relation.HANDLING, unit=unit, power="lead")
            if concerns:
                involve(matter, Relation.CONCERNED, person_id=concerns.id)

    def find(self, people: Collection[uuid.UUID], at: datetime) -> list[OpenItem]:
        seen = set(Involvement.objects.values_list("matter_id", flat=True))
        return [i for i in self.items.values() if i.bearer in people and i.matter in seen]

    def move(self, items: Sequence[OpenItem], to: Person, by: uuid.UUID, at: datetime) -> None:
        for item in items:
            self.moved.append((item.reference, to.id))
            del self.items[item.reference]


def involve(matter: uuid.UUID, relation: Relation, **whom: object) -> None:
    Involvement.objects.create(matter_id=matter, relation=relation, since=AT, **whom)


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> Tasks:
    kind = Tasks()
    monkeypatch.setattr(handover, "_kinds", {})
    handover.register("test.task", kind.find, kind.move)
    return kind


def relieve_wen(cast: Cast, successor: Person | None, until: date = JUNE) -> None:
    relieve_safely(
        post=cast.posts["wen"],
        person=cast.wen,
        until=until,
        successor=successor,
        by=cast.water_head.id,
        at=AT,
    )


def end_of(cast: Cast, post: str) -> date | None:
    tenure = Tenure.objects.get(post=cast.posts[post], during__contains=AT.date())
    until: date | None = tenure.during.upper
    return until


def test_a_term_does_not_end_while_open_work_has_nobody_to_go_to(cast: Cast, tasks: Tasks) -> None:
    tasks.give("T1", cast.wen, cast.water)
    with pytest.raises(handover.NobodyTakesOver, match="has open work") as refused:
        relieve_wen(cast, successor=None)
    assert [item.reference for item in refused.value.items] == ["T1"]
    assert end_of(cast, "wen") is None
    assert not Entry.objects.exists()


def test_the_successor_gets_everything_and_the_term_ends(cast: Cast, tasks: Tasks) -> None:
    tasks.give("T1", cast.wen, cast.water)
    tasks.give("T2", cast.wen, cast.housing)
    tasks.give("T3", cast.qiao, cast.water)
    relieve_wen(cast, successor=cast.qiao)
    assert tasks.moved == [("T1", cast.qiao.id), ("T2", cast.qiao.id)]
    assert end_of(cast, "wen") == JUNE
    codes = set(Entry.objects.values_list("code", flat=True))
    assert codes == {"organisation.post.relieved", "access.work.handed_over"}


def test_without_open_work_nobody_need_be_named(cast: Cast, tasks: Tasks) -> None:
    relieve_wen(cast, successor=None)
    assert end_of(cast, "wen") == JUNE


def test_whoever_keeps_another_post_keeps_the_work_of_that_unit(cast: Cast, tasks: Tasks) -> None:
    Tenure.objects.create(
        post=cast.posts["riverside_head"], person=cast.wen, during=DateRange(AT.date(), None)
    )
    tasks.give("T1", cast.wen, cast.water)
    tasks.give("T2", cast.wen, cast.riverside)
    relieve_wen(cast, successor=cast.qiao)
    assert tasks.moved == [("T1", cast.qiao.id)]


@pytest.mark.parametrize("name", ["newcomer", "former_head"])
def test_only_somebody_in_office_can_take_over(cast: Cast, tasks: Tasks, name: str) -> None:
    with pytest.raises(handover.CannotTakeOver):
        relieve_wen(cast, successor=getattr(cast, name))


def test_nobody_takes_over_from_himself(cast: Cast, tasks: Tasks) -> None:
    Tenure.objects.create(
        post=cast.posts["riverside_head"], person=cast.wen, during=DateRange(AT.date(), None)
    )
    with pytest.raises(handover.CannotTakeOver):
        relieve_wen(cast, successor=cast.wen)


def test_a_successor_who_leaves_as_well_cannot_take_over(cast: Cast, tasks: Tasks) -> None:
    Tenure.objects.filter(post=cast.posts["qiao"]).update(
        during=DateRange(date(2020, 1, 1), date(2026, 5, 1))
    )
    with pytest.raises(handover.CannotTakeOver):
        relieve_wen(cast, successor=cast.qiao)


def test_who_does_not_hold_the_post_is_not_relieved_of_it(cast: Cast, tasks: Tasks) -> None:
    post = cast.posts["water_head"]
    with pytest.raises(handover.NotInOffice):
        relieve_safely(
            post=post, person=cast.former_head, until=JUNE, successor=None, by=CLOCK, at=AT
        )


def test_a_term_is_not_ended_in_the_past(cast: Cast, tasks: Tasks) -> None:
    with pytest.raises(handover.NotInOffice):
        relieve_wen(cast, successor=None, until=date(2026, 3, 1))


def test_work_goes_past_a_successor_who_is_concerned(cast: Cast, tasks: Tasks) -> None:
    tasks.give("T1", cast.wen, cast.water)
    tasks.give("T2", cast.wen, cast.water, concerns=cast.qiao)
    relieve_wen(cast, successor=cast.qiao)
    assert sorted(tasks.moved) == [("T1", cast.qiao.id), ("T2", cast.water_head.id)]


def test_work_that_the_head_may_not_see_moves_without_a_word(cast: Cast, tasks: Tasks) -> None:
    tasks.give("T1", cast.wen, cast.water, concerns=cast.water_head)
    relieve_wen(cast, successor=None)
    assert tasks.moved == [("T1", cast.governor.id)]
    with acting(CLOCK, AT):
        assert "T1" not in str(list(Opening.objects.values_list("arguments", flat=True)))


def test_what_a_kind_did_not_move_keeps_the_term_from_ending(
    cast: Cast, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.give("T1", cast.wen, cast.water)
    monkeypatch.setattr(handover, "_kinds", {"test.task": (tasks.find, lambda *_: None)})
    with pytest.raises(handover.NobodyTakesOver):
        relieve_wen(cast, successor=cast.qiao)
    assert end_of(cast, "wen") is None


def test_open_work_is_what_the_reader_may_see(cast: Cast, tasks: Tasks) -> None:
    tasks.give("T1", cast.wen, cast.water)
    tasks.give("T2", cast.wen, cast.water, concerns=cast.water_head)
    with acting(cast.water_head.id, AT):
        assert [i.reference for i in open_work([cast.wen.id], AT)] == ["T1"]
    with acting(cast.registrar.id, AT):
        assert open_work([cast.wen.id], AT) == []


def test_terms_that_end_soon_are_told_with_what_is_open(cast: Cast, tasks: Tasks) -> None:
    tasks.give("T1", cast.wen, cast.water)
    for name, until in (("wen", date(2026, 3, 12)), ("qiao", date(2026, 4, 2))):
        held = Tenure.objects.filter(post=cast.posts[name])
        held.update(during=DateRange(date(2020, 1, 1), until))
    with acting(cast.water_head.id, AT):
        (ending,) = ending_soon(days=30, at=AT)
    assert (ending.tenure.person, ending.until) == (cast.wen, date(2026, 3, 12))
    assert [item.reference for item in ending.open_items] == ["T1"]


def test_work_of_those_who_left_is_found(cast: Cast, tasks: Tasks) -> None:
    tasks.give("T1", cast.former_head, cast.water)
    tasks.give("T2", cast.wen, cast.water)
    with acting(CLOCK, AT):
        assert [item.reference for item in handover.left_behind(AT)] == ["T1"]


def test_a_kind_is_registered_once(tasks: Tasks) -> None:
    handover.register("test.task", tasks.find, tasks.move)
    with pytest.raises(ValueError, match="registered twice"):
        handover.register("test.task", tasks.find, lambda *_: None)
