"""Taking steps from the desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.html import escape

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.mechanisms.petitions.models import Petition
from evenhand.mechanisms.petitions.states import Manner, State
from evenhand.mechanisms.petitions.tests.conftest import Walk

from .conftest import Desk

Sits = Callable[..., Desk]


def state_of(walk: Walk) -> str:
    with acting(CLOCK, walk.at):
        walk.case.refresh_from_db()
    return walk.case.state


def test_a_registrar_registers_and_sends_to_the_unit_in_charge(walk: Walk, sits: Sits) -> None:
    answer = sits(walk.cast.registrar).step("register", kind="claim", unit="water")
    assert answer.status_code == 302
    assert state_of(walk) == State.REGISTERED


def test_what_it_is_about_may_be_told_in_words(walk: Walk, sits: Sits) -> None:
    cast = walk.cast
    sits(cast.registrar).step(
        "register",
        kind="claim",
        unit=f"{cast.water} · water",
        about_unit=cast.housing.name,
        about_people=f"{cast.housing_handler.name}\n",
    )
    with acting(CLOCK, walk.at):
        assert Petition.objects.get(case=walk.case).about_unit == cast.housing


def test_a_unit_that_is_not_there_is_named_as_such(walk: Walk, sits: Sits) -> None:
    answer = sits(walk.cast.registrar).step("register", kind="claim", unit="Fire brigade")
    assert answer.status_code == 422
    assert "No unit is called that. Choose one from the list." in answer.content.decode()
    assert 'value="Fire brigade"' in answer.content.decode()


def test_a_clerk_accepts_and_names_a_handler(walk: Walk, sits: Sits) -> None:
    walk.registered()
    sits(walk.cast.water_clerk).step("accept", handler=walk.cast.wen.id)
    assert state_of(walk) == State.HANDLING
    assert walk.case.accountable == walk.cast.wen


def test_whoever_has_a_stake_is_not_offered_as_handler(walk: Walk, sits: Sits) -> None:
    walk.registered(about_unit=walk.cast.riverside)
    page = sits(walk.cast.water_clerk).get(f"/desk/cases/{walk.case.reference}/accept/")
    offered = {str(value) for value, _label in page.context["form"].fields["handler"].choices}
    assert offered == {"", str(walk.cast.wen.id)}


def test_a_head_returns_a_draft_with_a_reason(walk: Walk, sits: Sits) -> None:
    walk.approving()
    sits(walk.cast.water_head).step("return", reason="Say when the drain will be mended.")
    assert state_of(walk) == State.HANDLING


def test_a_step_without_its_reason_is_not_taken(walk: Walk, sits: Sits) -> None:
    walk.approving()
    answer = sits(walk.cast.water_head).step("return", reason=" ")
    assert "Write the reason." in answer.content.decode()
    assert state_of(walk) == State.APPROVING


def test_before_approving_the_head_reads_the_answer(walk: Walk, sits: Sits) -> None:
    walk.approving()
    page = sits(walk.cast.water_head).get(f"/desk/cases/{walk.case.reference}/approve/")
    assert "The drain will be mended by June." in page.content.decode()


def test_the_delivery_is_recorded_with_its_day(walk: Walk, sits: Sits) -> None:
    walk.answered()
    day = walk.at.date()
    parts = {
        "served_on_day": day.day,
        "served_on_month": day.month,
        "served_on_year": day.year,
    }
    sits(walk.cast.wen).step("serve", manner=Manner.IN_PERSON, **parts)
    assert state_of(walk) == State.SERVED


def test_a_delivery_before_the_answer_is_refused_at_its_field(walk: Walk, sits: Sits) -> None:
    walk.answered()
    early = (walk.at - timedelta(days=9)).date()
    parts = {
        "served_on_day": early.day,
        "served_on_month": early.month,
        "served_on_year": early.year,
    }
    answer = sits(walk.cast.wen).step("serve", manner=Manner.IN_PERSON, **parts)
    told = "Choose a day that is not before the document was issued and not to come."
    assert told in answer.content.decode()
    assert state_of(walk) == State.ANSWERED


def test_whoever_steps_aside_sees_nothing_more(walk: Walk, sits: Sits) -> None:
    walk.handling()
    desk = sits(walk.cast.wen)
    answer = desk.step("recuse", reason="My cousin lives there.", successor=walk.cast.qiao.id)
    assert answer.headers["location"] == "/desk/"
    assert desk.get(desk.case()).status_code == 404


def test_a_withdrawal_that_somebody_asked_for_does_not_count(walk: Walk, sits: Sits) -> None:
    walk.step("ask_withdrawal", walk.petitioner)
    walk.at += timedelta(days=9)
    answer = sits(walk.cast.registrar).step("confirm_withdrawal", was_asked_to="yes")
    assert "if so, the withdrawal does not count." in answer.content.decode()
    assert state_of(walk) == State.RECEIVED


def test_a_second_click_is_no_error(walk: Walk, sits: Sits) -> None:
    walk.approving()
    desk = sits(walk.cast.water_head)
    seen = desk.seen("approve/")
    desk.post(desk.case("approve/"), seen=seen)
    again = desk.post(desk.case("approve/"), seen=seen)
    assert again.headers["location"] == desk.case()
    assert "You have done this already, on" in desk.get(desk.case()).content.decode()


def test_of_two_clerks_the_second_learns_what_the_first_did(walk: Walk, sits: Sits) -> None:
    walk.registered()
    first, second = sits(walk.cast.water_clerk), sits(walk.cast.water_head)
    seen = second.seen("send_back/")
    first.step("accept", handler=walk.cast.wen.id)
    answer = second.post(second.case("send_back/"), seen=seen, reason="It belongs to housing.")
    page = answer.content.decode()
    who = f"While you had this page open, the matter moved on: {walk.cast.water_clerk}"
    assert who in page
    assert "Accepted. It now stands at: Being handled. Nothing of yours was done yet." in page
    assert "It belongs to housing." in page
    assert state_of(walk) == State.HANDLING


def test_a_step_just_become_illegal_is_explained_even_when_sent_again(
    walk: Walk, sits: Sits
) -> None:
    walk.registered()
    desk = sits(walk.cast.water_head)
    seen = desk.seen("send_back/")
    walk.step("accept", walk.cast.water_clerk, handler=walk.cast.wen)
    told = desk.post(desk.case("send_back/"), seen=seen, reason="Not ours.")
    again = desk.post(desk.case("send_back/"), seen=told.context["form"]["seen"].value())
    assert "Write the reason." in again.content.decode()
    assert state_of(walk) == State.HANDLING


def test_a_step_that_is_not_mine_says_whose_it_is(walk: Walk, sits: Sits) -> None:
    walk.registered()
    page = sits(walk.cast.registrar).get(f"/desk/cases/{walk.case.reference}/accept/")
    told = "Only the desk of the unit in charge or "
    assert told in page.content.decode()


@pytest.mark.parametrize("step", ["ask_withdrawal", "escalate", "close", "nonsense"])
def test_what_is_no_step_of_staff_is_not_there(walk: Walk, sits: Sits, step: str) -> None:
    desk = sits(walk.cast.registrar)
    assert desk.get(desk.case(f"{step}/")).status_code == 404


def test_changing_the_language_keeps_what_was_typed_and_does_nothing(
    walk: Walk, sits: Sits
) -> None:
    walk.approving()
    desk = sits(walk.cast.water_head)
    typed = {"seen": desk.seen("return/"), "reason": "Say when.", "switch_language": "zh-hans"}
    answer = desk.post(desk.case("return/"), **typed)
    assert escape("Say when.") in answer.content.decode()
    assert state_of(walk) == State.APPROVING


def test_a_handler_named_meanwhile_is_not_replaced_unseen(walk: Walk, sits: Sits) -> None:
    walk.handling().step("escalate", CLOCK)
    desk = sits(walk.cast.water_head)
    seen = desk.seen("reassign/")
    walk.step("reassign", walk.cast.governor, handler=walk.cast.qiao)
    answer = desk.post(desk.case("reassign/"), seen=seen, handler=walk.cast.wen.id)
    assert "Given to another person. It now stands at: Being handled." in answer.content.decode()
    state_of(walk)
    assert walk.case.accountable == walk.cast.qiao
