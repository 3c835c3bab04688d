"""Which answers may become public, how they read then, and the figures on petitions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.cases.flows import Publish
from evenhand.kernel.disclosure import actions, queries
from evenhand.kernel.disclosure.models import Publication
from evenhand.mechanisms.petitions import publishing
from evenhand.mechanisms.petitions.flow import FLOW
from evenhand.mechanisms.petitions.states import Kind

from .conftest import ANSWER, Walk


def proposable(walk: Walk, who: str = "wen") -> bool:
    with acting(getattr(walk.cast, who).id, walk.at):
        return queries.to_propose(publishing.SOURCE).exists()


def publish(walk: Walk) -> Publication:
    row = actions.propose(
        source=publishing.ANSWER,
        matter=walk.case.id,
        title="A drain",
        parts=ANSWER,
        by=walk.cast.wen.id,
        at=walk.at,
    )
    actions.approve(publication=row.id, by=walk.cast.water_head.id, at=walk.at)
    actions.publish_due(at=walk.at)
    return row


@pytest.mark.parametrize("stage", ["registered", "handling", "approving", "answered"])
def test_before_it_is_delivered_nothing_is_published(walk: Walk, stage: str) -> None:
    getattr(walk, stage)()
    assert not proposable(walk)


@pytest.mark.parametrize(
    ("who", "may"), [("wen", True), ("water_clerk", True), ("water_head", False), ("qiao", False)]
)
def test_handler_and_desk_propose_a_delivered_answer(walk: Walk, who: str, may: bool) -> None:
    assert proposable(walk.served(), who) is may


def test_the_table_says_which_answers_are_published(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.served()
    steps = tuple(
        replace(s, publish=Publish.COUNT) if s.publish is Publish.ANSWER else s for s in FLOW.steps
    )
    monkeypatch.setattr(publishing, "flows", lambda: [replace(FLOW, steps=steps)])
    assert not proposable(walk)


def test_each_step_that_publishes_an_answer_is_known_by_its_code() -> None:
    assert set(publishing.codes_that_publish()) == {
        "petitions.cn.approve",
        "petitions.cn.approve_reply",
    }


def test_an_answer_is_read_with_whom_it_must_not_name(walk: Walk) -> None:
    walk.served()
    with acting(walk.cast.wen.id, walk.at):
        original = publishing.originals([walk.case.id])[walk.case.id]
    assert (original.people, original.contacts) == (("M. Lin",), ("lin@example.org",))
    assert original.parts["result"] == "Supported"
    assert "remedies" not in original.parts


def test_a_published_answer_is_proposed_no_more(walk: Walk) -> None:
    publish(walk.served())
    assert not proposable(walk)


def counted(walk: Walk, measure: object, days: int = 400) -> tuple[object, int]:
    until = walk.at.date() + timedelta(days=days)
    with acting(CLOCK, walk.at):
        found = measure(date(2026, 1, 1), until)  # type: ignore[operator]
    return found.value, found.of


def test_an_answer_given_by_its_day_counts_as_in_time(walk: Walk) -> None:
    assert counted(walk.answered(), publishing.in_time) == (1, 1)


def test_an_answer_still_owed_counts_as_not_in_time(walk: Walk) -> None:
    assert counted(walk.handling(), publishing.in_time) == (0, 1)


def test_an_extended_answer_counts_once_by_its_new_day(walk: Walk) -> None:
    walk.handling().step("extend", walk.cast.water_head, reason="The pipe is deep.")
    assert counted(walk, publishing.in_time) == (0, 1)
    walk.drafted().step("propose", walk.cast.wen).step("approve", walk.cast.water_head)
    assert counted(walk, publishing.in_time) == (1, 1)


def test_what_belonged_elsewhere_does_not_count(walk: Walk) -> None:
    walk.step("redirect", walk.cast.registrar, reason="Not ours.", route="The court")
    assert counted(walk, publishing.in_time) == (0, 0)
    assert counted(walk, publishing.days_to_answer) == (None, 0)


def test_the_middle_number_of_days_is_told(walk: Walk) -> None:
    walk.answered()
    assert counted(walk, publishing.days_to_answer) == (4, 1)


def test_a_suggestions_reply_counts_as_an_answer(walk: Walk) -> None:
    walk.registered(kind=Kind.SUGGESTION).step(
        "study", walk.cast.water_clerk, handler=walk.cast.wen
    )
    walk.drafted(result="adopted").step("propose_reply", walk.cast.wen)
    walk.step("approve_reply", walk.cast.water_head)
    assert counted(walk, publishing.in_time) == (1, 1)


def test_how_much_is_public_is_told_of_what_was_delivered(walk: Walk) -> None:
    assert counted(walk.served(), publishing.made_public) == (0, 1)
    publish(walk)
    assert counted(walk, publishing.made_public) == (1, 1)
