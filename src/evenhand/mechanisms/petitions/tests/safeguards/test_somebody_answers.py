"""First-asked responsibility without a gap: at night, in vacancies, when somebody leaves."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from evenhand.kernel.access import handover, recusal
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Sight
from evenhand.kernel.cases.actions import CaseNotFound, take
from evenhand.kernel.cases.models import Case
from evenhand.kernel.cases.refusals import StepRefused
from evenhand.kernel.cases.replay import replay
from evenhand.kernel.ledger.models import Opening
from evenhand.kernel.notices.models import Notice
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.obligations.sweep import carry_out, sweep
from evenhand.kernel.organisation.models import Person, Tenure
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions.actions import NobodyReceives, bring
from evenhand.mechanisms.petitions.models import Document, Petition
from evenhand.mechanisms.petitions.states import State
from evenhand.mechanisms.petitions.tests.conftest import AT, SUBMISSION, Walk

TODAY = AT.date()
#: A public holiday.
NEW_YEAR = date(2026, 2, 17)


def ends(cast: Cast, *posts: str, on: date = TODAY) -> None:
    """Their terms of office run out, without anybody's doing."""
    terms = Tenure.objects.filter(post__in=[cast.posts[post] for post in posts])
    for term in terms.filter(during__contains=TODAY):
        term.during = DateRange(term.during.lower, on)
        term.save()


def sees(person: Person, walk: Walk) -> bool:
    with acting(person.id, walk.at):
        return Sight.objects.filter(matter_id=walk.case.id).exists()


def bearers(walk: Walk) -> set[uuid.UUID | None]:
    with acting(CLOCK, walk.at):
        return {o.bearer_id for o in Obligation.objects.open().filter(matter_id=walk.case.id)}


# From the first minute.


@pytest.mark.parametrize("hour", [0, 3, 12, 23])
def test_at_any_hour_somebody_answers_and_sees_it(begin: Callable[..., Walk], hour: int) -> None:
    walk = begin(datetime.combine(NEW_YEAR, time(hour, 59), UTC))
    assert walk.case.accountable == walk.cast.registrar
    assert sees(walk.cast.registrar, walk)


def test_with_no_registrar_the_head_of_the_office_answers_and_may_go_on(
    cast: Cast, begin: Callable[..., Walk]
) -> None:
    ends(cast, "registrar")
    walk = begin()
    assert walk.case.accountable == cast.petitions_head
    walk.step("register", cast.petitions_head, kind="claim", unit=cast.water)
    assert walk.case.state == State.REGISTERED


def test_with_the_whole_office_vacant_the_county_answers(
    cast: Cast, begin: Callable[..., Walk]
) -> None:
    ends(cast, "registrar", "petitions_head")
    walk = begin()
    assert walk.case.accountable == cast.governor
    assert sees(cast.governor, walk)


def test_whoever_is_reached_first_answers_until_another_has_accepted(
    cast: Cast, begin: Callable[..., Walk]
) -> None:
    walk = begin()
    brought = bring(submission=SUBMISSION, at=AT, clerk=cast.water_clerk.id)
    assert brought.case.accountable == cast.water_clerk
    walk.case = brought.case
    assert sees(cast.water_clerk, walk)


@pytest.mark.parametrize("name", ["newcomer", "former_head"])
def test_nobody_out_of_office_records_a_matter(cast: Cast, name: str) -> None:
    with pytest.raises(NobodyReceives):
        bring(submission=SUBMISSION, at=AT, clerk=getattr(cast, name).id)


def test_a_case_without_anybody_cannot_be_written(walk: Walk) -> None:
    with acting(CLOCK, walk.at), pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(id=walk.case.id).update(accountable=None)


def test_where_the_unit_has_no_head_the_next_one_up_may_decide(walk: Walk) -> None:
    cast = walk.cast
    walk.registered(unit=cast.riverside)
    walk.step("accept", cast.governor, handler=cast.riverside_clerk)
    walk.drafted(by=cast.riverside_clerk).step("propose", cast.riverside_clerk)
    assert walk.step("approve", cast.governor).case.state == State.ANSWERED


def test_a_head_who_handles_it_himself_is_approved_by_the_one_above(walk: Walk) -> None:
    cast = walk.cast
    walk.registered(unit=cast.discipline)
    walk.step("accept", cast.discipline_head, handler=cast.discipline_head)
    walk.drafted(by=cast.discipline_head).step("propose", cast.discipline_head)
    with pytest.raises(StepRefused, match="Somebody else than its author"):
        walk.step("approve", cast.discipline_head)
    assert walk.step("approve", cast.governor).case.state == State.ANSWERED


# When the time runs out.


def swept(walk: Walk, days: int) -> None:
    walk.at += timedelta(days=days)
    found: list[Obligation] = []
    sweep(at=walk.at, queue=found.extend)
    for obligation in found:
        carry_out(obligation, walk.at)


def told(walk: Walk) -> set[uuid.UUID]:
    with acting(CLOCK, walk.at):
        return set(
            Notice.objects.filter(matter_id=walk.case.id).values_list("recipient_id", flat=True)
        )


def test_a_head_whom_it_concerns_is_not_told_when_the_time_runs_out(walk: Walk) -> None:
    walk.registered(unit=walk.cast.water, about_people=[walk.cast.governor])
    swept(walk, 40)
    assert walk.cast.governor.id not in told(walk)
    assert walk.cast.water_head.id in told(walk)


def test_a_registrar_whom_it_concerns_is_not_told_of_a_withdrawal(walk: Walk) -> None:
    walk.handling().step("ask_withdrawal", walk.petitioner)
    recusal.mark_concerned(
        matter=walk.case.id, people={walk.cast.registrar.id: "kin"}, by=CLOCK, at=walk.at
    )
    swept(walk, 9)
    assert walk.cast.registrar.id not in told(walk)
    assert walk.cast.petitions_head.id in told(walk)


def test_a_promise_that_is_broken_is_not_mended_by_an_extension(walk: Walk) -> None:
    walk.handling()
    walk.at += timedelta(days=70)
    with pytest.raises(StepRefused, match="has run out already"):
        walk.step("extend", walk.cast.water_head, reason="The pipe is deep.")


# Stepping aside.


def test_the_only_registrar_may_step_aside(walk: Walk) -> None:
    cast = walk.cast
    walk.step("recuse", cast.registrar, reason="my sister", successor=cast.petitions_head)
    assert walk.case.accountable == cast.petitions_head
    assert not sees(cast.registrar, walk)
    assert sees(cast.petitions_head, walk)
    assert bearers(walk) == {cast.petitions_head.id}


@pytest.mark.parametrize("name", ["newcomer", "qiao", "housing_head", "auditor"])
def test_stepping_aside_gives_nobody_a_part_that_their_post_does_not(walk: Walk, name: str) -> None:
    walk.approving()
    with pytest.raises(StepRefused, match="holds no post in which"):
        walk.step("recuse", walk.cast.water_head, reason="kin", successor=getattr(walk.cast, name))


def test_who_answers_while_a_review_may_be_asked_for_bears_that_clock_too(walk: Walk) -> None:
    cast = walk.cast
    walk.served().step("recuse", cast.wen, reason="my cousin", successor=cast.qiao)
    assert bearers(walk) == {cast.qiao.id}


# Leaving.


def leave(cast: Cast, post: str, successor: Person | None, at: datetime, by: Person) -> None:
    handover.relieve_safely(
        post=cast.posts[post],
        person=getattr(cast, post),
        until=at.date() + timedelta(days=1),
        successor=successor,
        by=by.id,
        at=at,
    )


def test_open_work_goes_to_the_successor(walk: Walk) -> None:
    cast = walk.handling().drafted().cast
    leave(cast, "wen", cast.qiao, walk.at, by=cast.water_head)
    with acting(cast.qiao.id, walk.at):
        walk.case.refresh_from_db()
        assert Petition.objects.get(case=walk.case).handler == cast.qiao
        assert replay(walk.case.id).accountable == cast.qiao.id
    assert walk.case.accountable == cast.qiao
    assert bearers(walk) == {cast.qiao.id}
    assert not sees(cast.wen, walk)
    assert cast.qiao.id in told(walk)
    walk.step("propose", cast.qiao).step("approve", cast.water_head)


def test_the_ledger_tells_who_passed_it_on_to_whom(walk: Walk) -> None:
    cast = walk.handling().cast
    leave(cast, "wen", cast.qiao, walk.at, by=cast.water_head)
    with acting(CLOCK, walk.at):
        openings = Opening.objects.filter(matter_id=walk.case.id).order_by("entry_id")
        (found,) = [o.arguments for o in openings if "leaving" in o.arguments]
    told = (found["by"], found["leaving"], found["accountable"])
    assert told == (str(cast.water_head.id), str(cast.wen.id), str(cast.qiao.id))


def test_what_is_not_accepted_yet_goes_to_whoever_takes_over_the_counter(walk: Walk) -> None:
    cast = walk.registered().cast
    leave(cast, "registrar", cast.petitions_head, walk.at, by=cast.governor)
    with acting(CLOCK, walk.at):
        walk.case.refresh_from_db()
    assert walk.case.accountable == cast.petitions_head
    assert sees(cast.petitions_head, walk)


def test_work_goes_past_a_successor_whom_it_concerns(walk: Walk) -> None:
    cast = walk.handling().cast
    people = {cast.qiao.id: "took"}
    recusal.mark_concerned(matter=walk.case.id, people=people, by=CLOCK, at=walk.at)
    leave(cast, "wen", cast.qiao, walk.at, by=cast.water_head)
    with acting(CLOCK, walk.at):
        walk.case.refresh_from_db()
    assert walk.case.accountable == cast.water_head


def test_nobody_leaves_without_naming_somebody_for_open_work(walk: Walk) -> None:
    cast = walk.handling().cast
    with pytest.raises(handover.NobodyTakesOver):
        leave(cast, "wen", None, walk.at, by=cast.water_head)
    assert bearers(walk) == {cast.wen.id}


def test_whoever_left_takes_no_step_any_more(walk: Walk) -> None:
    cast = walk.handling().drafted().cast
    leave(cast, "wen", cast.qiao, walk.at, by=cast.water_head)
    with pytest.raises(CaseNotFound):
        take(case=walk.case.id, step="propose", by=cast.wen.id, at=walk.at)


def test_whoever_hands_over_what_concerns_him_leaves_no_trace_in_it(walk: Walk) -> None:
    cast = walk.handling().cast
    people = {cast.water_head.id: "kin"}
    recusal.mark_concerned(matter=walk.case.id, people=people, by=CLOCK, at=walk.at)
    leave(cast, "wen", cast.qiao, walk.at, by=cast.water_head)
    with acting(CLOCK, walk.at):
        openings = Opening.objects.filter(matter_id=walk.case.id, arguments__has_key="leaving")
        assert [o.arguments["by"] for o in openings] == [str(CLOCK)]


def test_what_comes_in_on_somebodys_last_days_has_somebody_the_day_after(
    cast: Cast, begin: Callable[..., Walk]
) -> None:
    ends(cast, "registrar", on=TODAY + timedelta(days=1))
    walk = begin()
    assert walk.case.accountable == cast.registrar
    swept(walk, 1)
    with acting(CLOCK, walk.at):
        walk.case.refresh_from_db()
        assert handover.left_behind(walk.at) == []
    assert walk.case.accountable == cast.petitions_head


def test_an_answer_half_written_is_the_successors(walk: Walk) -> None:
    cast = walk.handling().drafted().cast
    leave(cast, "wen", cast.qiao, walk.at, by=cast.water_head)
    walk.drafted(by=cast.qiao, facts="Seen anew.")
    with acting(CLOCK, walk.at):
        assert Document.objects.get(case=walk.case, kind="opinion").author == cast.qiao
