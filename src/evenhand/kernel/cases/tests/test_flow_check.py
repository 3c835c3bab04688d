"""The check refuses what a lawyer or a newcomer would stumble over, one fault at a time."""

import enum
from dataclasses import replace

import pytest
from django.conf import settings
from django.db.models import TextChoices

from evenhand.base import profile
from evenhand.kernel.access.models import Relation
from evenhand.kernel.cases.check import problems
from evenhand.kernel.cases.flows import Flow, Need, Role, Step, Term


class S(TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"


class R(enum.Enum):
    CLERK = Role("clerk", "a clerk", (Relation.RECEIVING,))
    CLOCK = Role("clock", "the clock", is_clock=True)


class N(enum.Enum):
    NOTHING = Need("nothing", "Nothing.", lambda s: True)


FINISH = Step(
    name="finish",
    label="Finish",
    source=(S.OPEN,),
    to=S.DONE,
    by=(R.CLERK, R.CLOCK),
    needs=(N.NOTHING,),
    basis="petitions.accept",
)
TERM = Term(stages=(S.OPEN,), length="petitions.accept", then="finish", basis="petitions.accept")
SOUND = Flow(
    key="test.flow",
    version=1,
    mechanism="test",
    title="Test",
    states=S,
    roles=R,
    needs=N,
    initial=S.OPEN,
    closed=(S.DONE,),
    steps=(FINISH,),
    terms=(TERM,),
)


def found(flow: Flow) -> list[str]:
    return problems(flow, profile.cached(settings.EVENHAND_PROFILE_FOLDER))


def test_a_sound_flow_has_no_problems() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (replace(SOUND, steps=()), "no step leads to DONE"),
        (replace(SOUND, steps=(replace(FINISH, to=None),)), "from OPEN no step leads to an end"),
        (replace(SOUND, terms=()), "OPEN has 0 terms instead of one"),
        (replace(SOUND, terms=(TERM, TERM)), "OPEN has 2 terms instead of one"),
        (replace(SOUND, closed=(S.OPEN, S.DONE)), "step finish leaves the closed state OPEN"),
        (replace(SOUND, terms=(replace(TERM, stages=(S.OPEN, S.DONE)),)), "DONE has a term"),
        (replace(SOUND, terms=(replace(TERM, then="never"),)), "names no step of the table"),
        (replace(SOUND, steps=(replace(FINISH, by=(R.CLERK,)),)), "the clock may not take finish"),
        (replace(SOUND, steps=(replace(FINISH, needs=()),)), "N.NOTHING is used by no step"),
        (replace(SOUND, steps=(replace(FINISH, basis=""),)), "has no basis"),
        (replace(SOUND, steps=(replace(FINISH, basis="x"),)), "bases.toml: no basis 'x'"),
        (replace(SOUND, terms=(replace(TERM, length="x"),)), "figures.toml: no figure 'x'"),
        (replace(SOUND, steps=(FINISH, FINISH)), "step finish stands twice"),
    ],
)
def test_each_fault_is_named(broken: Flow, says: str) -> None:
    assert any(says in problem for problem in found(broken)), found(broken)
