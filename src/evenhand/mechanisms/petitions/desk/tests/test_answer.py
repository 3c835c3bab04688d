"""Writing the answer."""

from collections.abc import Callable
from typing import Any

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.mechanisms.petitions.models import Document
from evenhand.mechanisms.petitions.states import State
from evenhand.mechanisms.petitions.tests.conftest import ANSWER, SUBMISSION, Walk

from .conftest import Desk

Sits = Callable[..., Desk]


def draft(walk: Walk) -> Document | None:
    with acting(CLOCK, walk.at):
        walk.case.refresh_from_db()
        return Document.objects.filter(case=walk.case, kind="opinion").first()


def test_it_begins_with_what_is_known(walk: Walk, sits: Sits) -> None:
    walk.handling()
    desk = sits(walk.cast.wen)
    initial = desk.get(desk.case("answer/")).context["form"].initial
    assert initial["claim"] == SUBMISSION.body
    assert initial["remedies"].startswith(
        f"If you do not agree, you may ask {walk.cast.county} for a review within "
        "30 calendar days of the day on which this is delivered to you"
    )


def test_a_draft_need_not_be_whole(walk: Walk, sits: Sits) -> None:
    walk.handling()
    desk = sits(walk.cast.wen)
    desk.post(desk.case("answer/"), facts="The drain is broken.", then="save")
    saved = draft(walk)
    assert saved is not None
    assert saved.facts == "The drain is broken."
    assert "The drain is broken." in desk.get(desk.case("answer/")).content.decode()


def test_a_whole_answer_goes_to_the_head(walk: Walk, sits: Sits) -> None:
    walk.handling()
    desk = sits(walk.cast.wen)
    desk.post(desk.case("answer/"), **ANSWER, then="propose")
    assert draft(walk) is not None
    assert walk.case.state == State.APPROVING


def test_what_is_missing_is_named_and_what_was_typed_stays(walk: Walk, sits: Sits) -> None:
    walk.handling()
    desk = sits(walk.cast.wen)
    typed = ANSWER | {"reasons": "", "result": ""}
    page = desk.post(desk.case("answer/"), **typed, then="propose").content.decode()
    assert "The reasons – Write this part: an answer needs it." in page
    assert "The result – Choose the result." in page
    assert "The drain is broken, as seen on 9 March." in page
    assert draft(walk) is None


def test_handing_in_twice_is_told(walk: Walk, sits: Sits) -> None:
    walk.handling()
    desk = sits(walk.cast.wen)
    for _click in range(2):
        answer = desk.post(desk.case("answer/"), **ANSWER, then="propose")
    assert answer.headers["location"] == desk.case()
    assert walk.case.reference in desk.get(desk.case()).content.decode()


def test_only_the_handler_writes_it(walk: Walk, sits: Sits) -> None:
    walk.handling()
    desk = sits(walk.cast.water_head)
    assert desk.get(desk.case("answer/")).status_code == 403


def test_a_suggestion_is_answered_with_results_of_its_own(begin: Any) -> None:
    walk = begin(kind="suggestion")
    walk.registered(kind="suggestion").step("study", walk.cast.water_clerk, handler=walk.cast.wen)
    desk = Desk(walk.cast.wen, walk)
    form = desk.get(desk.case("answer/")).context["form"]
    assert [value for value, _label in form.fields["result"].choices] == [
        "adopted",
        "partly_adopted",
        "not_adopted",
    ]
    assert "review" not in form.initial["remedies"]
