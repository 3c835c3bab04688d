"""At the counter: recording what somebody brought, finding their matter, a lost receipt."""

from collections.abc import Callable
from typing import Any

import pytest

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Reading
from evenhand.kernel.access.receipts import WrongReceipt, open_matter
from evenhand.kernel.cases.models import Case, Party
from evenhand.mechanisms.petitions.models import Petition
from evenhand.mechanisms.petitions.tests.conftest import Walk

from .conftest import Desk

Sits = Callable[..., Desk]
VISIT = {
    "channel": "visit",
    "kind": "claim",
    "title": "Lamp 7 is dark",
    "body": "The lamp at the bridge has been dark for a month.",
    "naming": "named",
    "name": "Su Qing",
    "telephone": "0000-555 0142",
    "language": "en",
    "received_on_day": "1",
    "received_on_month": "3",
    "received_on_year": "2026",
    "received_time": "10:30",
}


def record(desk: Desk, **changes: str) -> Any:
    token = desk.get("/desk/record/").context["form"]["token"].value()
    return desk.post("/desk/record/", **{"token": token} | VISIT | changes)


def recorded(walk: Walk) -> Case | None:
    with acting(CLOCK, walk.at):
        return Case.objects.filter(title=VISIT["title"]).first()


def test_the_clerk_answers_for_it_from_the_day_it_came(walk: Walk, sits: Sits) -> None:
    page = record(sits(walk.cast.registrar))
    case = recorded(walk)
    assert page.status_code == 200
    assert case is not None
    assert case.accountable == walk.cast.registrar
    assert (case.received_at.isoformat(), case.recorded_at) == (
        "2026-03-01T02:30:00+00:00",
        walk.at,
    )


def test_the_receipt_that_is_handed_over_opens_the_matter(walk: Walk, sits: Sits) -> None:
    page = record(sits(walk.cast.registrar))
    words = " ".join(page.context["words"])
    case = recorded(walk)
    assert case is not None
    opened = open_matter(reference=case.reference, typed_secret=words, at=walk.at)
    assert opened.matter_id == case.id


def test_the_receipt_is_in_the_language_of_the_person(walk: Walk, sits: Sits) -> None:
    page = record(sits(walk.cast.registrar), language="zh-hans")
    assert all(len(word) == 1 for word in page.context["words"])


def test_the_same_form_twice_is_one_matter_with_one_receipt(walk: Walk, sits: Sits) -> None:
    desk = sits(walk.cast.registrar)
    token = desk.get("/desk/record/").context["form"]["token"].value()
    one, two = (desk.post("/desk/record/", token=token, **VISIT) for _click in range(2))
    assert one.context["words"] == two.context["words"]
    with acting(CLOCK, walk.at):
        assert Case.objects.filter(title=VISIT["title"]).count() == 1


def test_of_an_accusation_nothing_is_kept(walk: Walk, sits: Sits) -> None:
    page = record(sits(walk.cast.registrar), kind="report")
    assert "Nothing of what you typed was kept." in page.content.decode()
    assert "12388" in page.content.decode()
    assert recorded(walk) is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"received_on_year": "2027"}, "That day is still to come."),
        ({"name": ""}, "Write the name, or choose to go without."),
        ({"channel": "web"}, "Select a valid choice."),
        ({"received_time": "half past ten"}, "Write the time like 09:15."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(
    walk: Walk, sits: Sits, changes: dict[str, str], told: str
) -> None:
    page = record(sits(walk.cast.registrar), **changes)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert VISIT["body"] in page.content.decode()
    assert recorded(walk) is None


@pytest.mark.parametrize("path", ["/desk/record/", "/desk/find/", "/desk/record/report/"])
def test_the_counter_is_the_registrars(walk: Walk, sits: Sits, path: str) -> None:
    assert sits(walk.cast.registrar).get(path).status_code == 200
    assert sits(walk.cast.wen).get(path).status_code == 403


FACTS: dict[str, dict[str, str]] = {
    "name": {"name": "m. lin"},
    "day": {"brought_on_day": "2", "brought_on_month": "3", "brought_on_year": "2026"},
    "telephone": {"telephone": "0000 555-0100"},
}


def find(desk: Desk, *facts: str, **more: str) -> Any:
    typed = {key: value for fact in facts for key, value in FACTS[fact].items()}
    return desk.post("/desk/find/", **typed, **more)


@pytest.fixture
def called(begin: Any) -> Walk:
    made: Walk = begin(telephone="0000-5550100")
    return made


@pytest.mark.parametrize("facts", [("name", "day"), ("day", "telephone"), ("name", "telephone")])
def test_two_facts_open_the_matter_and_are_noted(
    called: Walk, facts: tuple[str, str], sits: Sits
) -> None:
    desk = Desk(called.cast.registrar, called)
    called.at = called.at
    with acting(CLOCK, called.at):
        Party.objects.exclude(case=called.case).delete()
    answer = find(desk, *facts)
    assert answer.headers["location"] == desk.case()
    with acting(CLOCK, called.at):
        assert Reading.objects.get(matter_id=called.case.id).purpose == "desk.counter"


def test_reference_and_name_open_the_matter(walk: Walk, sits: Sits) -> None:
    desk = sits(walk.cast.registrar)
    answer = find(desk, "name", reference=walk.case.reference.lower())
    assert answer.headers["location"] == desk.case()


@pytest.mark.parametrize("fact", ["name", "day", "telephone"])
def test_one_fact_is_not_enough(walk: Walk, sits: Sits, fact: str) -> None:
    page = find(sits(walk.cast.registrar), fact).content.decode()
    assert "Ask for two facts at least, and fill them in." in page


def test_both_must_fit_one_matter(walk: Walk, sits: Sits) -> None:
    page = find(sits(walk.cast.registrar), "day", name="Somebody Else").content.decode()
    assert "No matter that is open to you fits all of these facts." in page


def test_several_matters_are_never_listed(walk: Walk, begin: Any, sits: Sits) -> None:
    other = begin(title="Another of theirs")
    page = find(sits(walk.cast.registrar), "name", "day").content.decode()
    assert "More than one matter fits these facts." in page
    assert other.case.title not in page
    assert walk.case.title not in page


def test_what_one_may_not_see_is_not_found(walk: Walk, sits: Sits) -> None:
    walk.registered(about_people=[walk.cast.petitions_head])
    with acting(CLOCK, walk.at):
        assert Petition.objects.count() == 1
    desk = sits(walk.cast.riverside_clerk)
    assert find(desk, "name", "day").status_code == 403


def test_a_lost_receipt_is_replaced_at_the_first_address(walk: Walk, sits: Sits) -> None:
    desk = sits(walk.cast.registrar)
    typed = {"proof": "identity_document", "sent_to": "lin@example.org"}
    page = desk.post(desk.case("receipt/"), **typed)
    assert "send it to lin@example.org" in page.content.decode()
    words = " ".join(page.context["words"])
    assert open_matter(reference=walk.case.reference, typed_secret=words, at=walk.at)
    with pytest.raises(WrongReceipt):
        open_matter(
            reference=walk.case.reference, typed_secret=walk.receipt.words("en"), at=walk.at
        )


def test_a_lost_receipt_goes_to_no_other_address(walk: Walk, sits: Sits) -> None:
    desk = sits(walk.cast.registrar)
    page = desk.post(desk.case("receipt/"), proof="identity_document", sent_to="other@example.org")
    assert "This is not the address that was given at first." in page.content.decode()


def test_only_the_office_that_received_it_replaces_a_receipt(walk: Walk, sits: Sits) -> None:
    walk.handling()
    desk = sits(walk.cast.wen)
    assert desk.get(desk.case("receipt/")).status_code == 403
