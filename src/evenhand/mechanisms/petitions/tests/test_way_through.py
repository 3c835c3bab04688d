"""From the door to the answer that is served, and then closed by the clock."""

from datetime import timedelta

import pytest

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.cases.models import Case
from evenhand.kernel.cases.refusals import StepRefused
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.obligations.sweep import carry_out, sweep
from evenhand.mechanisms.petitions.documents import save_draft
from evenhand.mechanisms.petitions.models import Document
from evenhand.mechanisms.petitions.states import State

from .conftest import ANSWER, Walk


def test_somebody_answers_for_it_from_the_first_minute(walk: Walk) -> None:
    assert walk.case.accountable_id == walk.cast.registrar.id
    assert walk.case.state == State.RECEIVED


def test_it_goes_from_the_door_to_a_served_answer(walk: Walk) -> None:
    walk.served()
    with acting(walk.petitioner, walk.at):
        document = Document.objects.get(case=walk.case, kind="opinion")
    assert (walk.case.state, document.served_manner) == (State.SERVED, "post")
    assert document.number == "南信复字〔2026〕1号"


def test_the_handler_answers_for_it_once_accepted(walk: Walk) -> None:
    walk.handling()
    assert walk.case.accountable_id == walk.cast.wen.id


def test_the_clock_closes_it_when_nobody_asks_for_a_review(walk: Walk) -> None:
    walk.served()
    later = walk.at + timedelta(days=32)
    found: list[Obligation] = []
    sweep(at=later, queue=found.extend)
    for obligation in found:
        carry_out(obligation, later)
    with acting(CLOCK, later):
        walk.case.refresh_from_db()
        assert walk.case.state == State.CLOSED
        assert not Obligation.objects.open().filter(matter_id=walk.case.id).exists()


@pytest.mark.parametrize("stage", ["registered", "handling", "approving", "answered", "served"])
def test_at_every_stage_exactly_one_clock_runs(walk: Walk, stage: str) -> None:
    getattr(walk, stage)()
    with acting(CLOCK, walk.at):
        assert Obligation.objects.open().filter(matter_id=walk.case.id).count() == 1


def test_nobody_who_wrote_in_an_answer_approves_it(walk: Walk) -> None:
    """A head who handled the matter for a while stays its writer, whoever saved it last."""
    people = walk.cast
    post = people.posts["water_head"]
    post.powers = [*post.powers, "handle"]
    post.save()
    walk.registered().step("accept", people.water_clerk, handler=people.water_head)
    save_draft(case=walk.case.id, parts=ANSWER, by=people.water_head.id, at=walk.at)
    walk.step("reassign", people.water_head, handler=people.wen).drafted()
    walk.step("propose", people.wen)
    with pytest.raises(StepRefused, match="Somebody else than its author"):
        walk.step("approve", people.water_head)


@pytest.mark.parametrize("name", ["water_clerk", "water_head", "governor"])
def test_a_unit_that_sent_it_back_sees_no_more_of_it(walk: Walk, name: str) -> None:
    cast, former = walk.registered().cast, getattr(walk.cast, name)
    walk.at += timedelta(days=40)
    found: list[Obligation] = []
    sweep(at=walk.at, queue=found.extend)
    for obligation in found:
        carry_out(obligation, walk.at)
    walk.step("send_back", cast.water_clerk, reason="Not ours.")
    with acting(former.id, walk.at):
        assert not Case.objects.filter(id=walk.case.id).exists()
