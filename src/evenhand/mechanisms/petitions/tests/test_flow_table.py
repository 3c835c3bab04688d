"""The table itself, row by row: sound, complete, and what each role is offered."""

import uuid
from datetime import UTC, datetime

import pytest
from django.conf import settings

from evenhand.base import profile
from evenhand.kernel.access.actor import CLOCK
from evenhand.kernel.access.models import Relation
from evenhand.kernel.cases.check import problems
from evenhand.kernel.cases.flows import Situation, Step
from evenhand.kernel.cases.refusals import CONCERNED, ELSEWHERE, why_not
from evenhand.kernel.rules.citations import Citation
from evenhand.mechanisms.petitions.flow import FLOW, STEPS, R
from evenhand.mechanisms.petitions.needs import Matter
from evenhand.mechanisms.petitions.states import State

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SOMEBODY = uuid.UUID(int=7)
MATTER = Matter(
    kind="claim",
    handler=None,
    extended=False,
    withdrawal_asked_at=None,
    withdrawal_from=None,
    answer=None,
)


def situation(state: str, by: uuid.UUID = SOMEBODY, concerned: bool = False) -> Situation:
    stake = frozenset({by}) if concerned else frozenset()
    return Situation(state=state, by=by, at=AT, subject=MATTER, facts={}, concerned=stake)


def test_the_table_is_sound() -> None:
    assert problems(FLOW, profile.cached(settings.EVENHAND_PROFILE_FOLDER)) == []


def test_every_basis_is_a_citation_that_can_be_looked_up() -> None:
    loaded = profile.cached(settings.EVENHAND_PROFILE_FOLDER)
    for basis in [step.basis for step in FLOW.steps] + [term.basis for term in FLOW.terms]:
        assert Citation.parse(loaded.basis(basis))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_is_possible_from_its_own_states_only(step: Step) -> None:
    relations = set(Relation) - {Relation.CONCERNED, Relation.FORMER}
    for state in State:
        refused = why_not(FLOW, step, situation(state), relations) == (ELSEWHERE,)
        assert refused is (state not in step.source)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_nobody_with_a_stake_takes_any_step(step: Step) -> None:
    for state in step.source:
        told = why_not(FLOW, step, situation(state, concerned=True), set(Relation))
        assert told == (CONCERNED,)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("relation", list(Relation))
def test_only_the_roles_of_the_table_take_a_step(step: Step, relation: Relation) -> None:
    allowed = any(relation in member.value.relations for member in step.by)
    told = why_not(FLOW, step, situation(step.source[0]), {relation})
    assert any("Only" in str(reason) for reason in told) is not allowed


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_clock_takes_its_own_steps_and_no_others(step: Step) -> None:
    told = why_not(FLOW, step, situation(step.source[0], by=CLOCK), frozenset())
    assert any("Only" in str(reason) for reason in told) is (R.CLOCK not in step.by)


def test_no_way_to_the_end_goes_past_an_answer_that_was_served() -> None:
    closing = {step.name for step in STEPS if step.to == State.CLOSED}
    assert closing == {"close", "serve_reply", "serve_notice"}
    assert [step.name for step in STEPS if step.to == State.SERVED] == ["serve"]
