"""Every stage and every step has its words, and every open stage somebody whom it waits for."""

import pytest

from evenhand.mechanisms.petitions.desk.forms import FORMS
from evenhand.mechanisms.petitions.desk.words import DONE, ONWARD, STAGES
from evenhand.mechanisms.petitions.flow import FLOW
from evenhand.mechanisms.petitions.states import State


@pytest.mark.parametrize("state", State)
def test_every_stage_is_named_for_staff(state: State) -> None:
    assert STAGES[state]


@pytest.mark.parametrize("step", FLOW.steps, ids=lambda step: step.name)
def test_every_step_is_told_as_a_thing_that_happened(step: object) -> None:
    assert DONE[step.name]  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", State)
def test_every_stage_with_a_deadline_waits_for_a_step_that_leads_on(state: State) -> None:
    term = FLOW.term_of(state)
    owed = term is not None and not term.window
    assert (state in ONWARD) == owed
    for name in ONWARD[state].steps if owed else ():
        assert state in FLOW.step(name).source


def test_forms_belong_to_steps_and_fill_needs_of_theirs() -> None:
    for name, form in FORMS.items():
        assert form.fills <= {need.value.name for need in FLOW.step(name).needs}
