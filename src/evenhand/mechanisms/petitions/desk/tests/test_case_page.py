"""One case: what is next, what happened, who may do what, and who has read it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.kernel.access import recusal
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Reading
from evenhand.kernel.cases.correspondence import write
from evenhand.kernel.cases.models import Message
from evenhand.mechanisms.petitions.tests.conftest import Walk

from .conftest import Desk

Sits = Callable[..., Desk]


def text_of(desk: Desk) -> str:
    return str(desk.get(desk.case()).content.decode())


def readings(walk: Walk) -> list[str]:
    with acting(CLOCK, walk.at):
        found = Reading.objects.filter(matter_id=walk.case.id).order_by("at", "id")
        return list(found.values_list("purpose", flat=True))


def test_it_says_what_is_next_by_when_and_how_that_is_counted(walk: Walk, sits: Sits) -> None:
    walk.handling()
    page = text_of(sits(walk.cast.wen))
    assert "Promised: a written answer, by Sunday 3 May 2026" in page
    assert "60 calendar days from 4 March 2026 is 3 May 2026." in page
    assert "Regulation on Letters and Visits Work, art. 34" in page


def test_the_timeline_tells_who_did_what(walk: Walk, sits: Sits) -> None:
    walk.handling()
    page = sits(walk.cast.wen).get(f"/desk/cases/{walk.case.reference}/")
    told = [(entry.title, entry.when) for entry in page.context["entries"]]
    assert told[-1] == ("Brought", "2 March 2026, 09:14 · the petitioner")
    assert ("Accepted", f"4 March 2026, 09:14 · {walk.cast.water_clerk}") in told


def test_it_shows_the_matter_its_party_and_its_group(begin: Any) -> None:
    walk = begin(group_size=12, representatives=["A. Lin", "B. Su"])
    page = text_of(Desk(walk.cast.registrar, walk))
    for shown in ("Willow Lane stands under water", "M. Lin", "lin@example.org", "A. Lin"):
        assert shown in page


def test_it_shows_files_and_messages(begin: Any) -> None:
    picture = SimpleUploadedFile("drain.txt", b"The drain, in words.", "text/plain")
    walk = begin(uploads=[picture])
    write(case=walk.case.id, body="It flooded again.", by=walk.petitioner, at=walk.at)
    page = text_of(Desk(walk.cast.registrar, walk))
    assert "drain.txt" in page
    assert "/files/" in page
    assert "It flooded again." in page


def test_it_offers_what_one_may_do_and_says_why_not_the_rest(walk: Walk, sits: Sits) -> None:
    walk.handling()
    page = sits(walk.cast.wen).get(f"/desk/cases/{walk.case.reference}/")
    offered = [offer.label for offer in page.context["open_offers"]]
    refused = {offer.label: offer.reasons for offer in page.context["closed_offers"]}
    assert offered == ["Step aside because of a stake"]
    assert refused["Extend the time once"] == (
        "Only the head of the unit in charge or the head one level up may do this.",
    )
    assert [row.link for row in page.context["pages"]] == ["Write the answer"]


def test_a_draft_is_shown_as_such(walk: Walk, sits: Sits) -> None:
    walk.approving()
    assert "The petitioner cannot see it." in text_of(sits(walk.cast.water_head))


def concern(walk: Walk, person: Any) -> None:
    recusal.mark_concerned(
        matter=walk.case.id, people={person.id: "kin"}, by=walk.cast.registrar.id, at=walk.at
    )


@pytest.mark.parametrize(
    "page", ["", "write/", "answer/", "accept/", "recuse/", "receipt/", "nonsense/"]
)
def test_to_whom_it_concerns_there_is_no_such_case(walk: Walk, sits: Sits, page: str) -> None:
    walk.handling()
    concern(walk, walk.cast.water_head)
    desk = sits(walk.cast.water_head)
    missing = desk.get(f"/desk/cases/NZ-2026-AAAA-AAAA/{page}")
    refused = desk.get(desk.case(page))
    assert refused.status_code == missing.status_code == 404
    assert desk.post(desk.case(page), reason="x").status_code in (404, 405)
    assert desk.get("/desk/cases/?state=all").context["page"].paginator.count == 0
    assert desk.get("/desk/").context["work"].overdue == 0


def test_to_whom_it_concerns_its_files_are_not_there(begin: Any) -> None:
    picture = SimpleUploadedFile("drain.txt", b"The drain, in words.", "text/plain")
    walk = begin(uploads=[picture]).registered()
    desk = Desk(walk.cast.water_clerk, walk)
    (file,) = desk.get(desk.case()).context["files"]
    assert desk.get(file.url).status_code == 200
    concern(walk, walk.cast.water_clerk)
    assert desk.get(file.url).status_code == 404


@pytest.mark.parametrize("who", ["housing_clerk", "qiao", "governor", "discipline_head"])
def test_whoever_has_no_part_in_it_finds_nothing(walk: Walk, sits: Sits, who: str) -> None:
    walk.handling()
    desk = sits(getattr(walk.cast, who))
    assert desk.get(desk.case()).status_code == 404


def test_whoever_answers_for_it_is_not_noted_others_are_once_an_hour(
    walk: Walk, sits: Sits
) -> None:
    walk.handling()
    for who in (walk.cast.wen, walk.cast.registrar, walk.cast.registrar):
        text_of(sits(who))
    assert readings(walk) == ["desk.work"]
    walk.at += timedelta(minutes=61)
    text_of(sits(walk.cast.registrar))
    assert readings(walk) == ["desk.work", "desk.work"]


def test_the_audit_reads_is_noted_each_time_and_is_offered_no_step(walk: Walk, sits: Sits) -> None:
    walk.handling()
    desk = sits(walk.cast.auditor)
    text_of(desk)
    page = desk.get(desk.case())
    assert readings(walk) == ["desk.audit", "desk.audit"]
    assert page.context["open_offers"] == page.context["closed_offers"] == []
    assert "What you can do" not in page.content.decode()


@pytest.mark.parametrize("page", ["accept/", "recuse/", "write/", "answer/", "receipt/"])
def test_the_audit_takes_no_step_and_writes_nothing(walk: Walk, sits: Sits, page: str) -> None:
    walk.registered()
    desk = sits(walk.cast.auditor)
    assert desk.get(desk.case(page)).status_code == 403
    assert desk.post(desk.case(page), body="x", reason="x").status_code == 403


def test_the_audit_has_a_log_of_its_own_readings(walk: Walk, sits: Sits) -> None:
    sits(walk.cast.petitions_head)
    desk = sits(walk.cast.auditor)
    text_of(desk)
    mine = desk.get("/desk/audit/").content.decode()
    assert walk.case.reference in mine
    assert "for the audit" in mine
    assert str(walk.cast.auditor) in desk.get("/desk/audit/", who="everybody").content.decode()


@pytest.mark.parametrize("who", ["registrar", "water_head", "governor"])
def test_the_log_of_readings_is_for_the_audit_alone(walk: Walk, sits: Sits, who: str) -> None:
    assert sits(getattr(walk.cast, who)).get("/desk/audit/").status_code == 403


def test_a_message_reaches_the_petitioner(walk: Walk, sits: Sits) -> None:
    desk = sits(walk.cast.registrar)
    desk.post(desk.case("write/"), body="Which drain do you mean?")
    with acting(walk.petitioner, walk.at):
        (message,) = Message.objects.filter(case=walk.case)
    assert (message.body, message.from_petitioner) == ("Which drain do you mean?", False)


def test_a_message_that_was_begun_is_still_there(walk: Walk, sits: Sits) -> None:
    desk = sits(walk.cast.registrar)
    desk.post(desk.case("write/"), body="Which drain", then="save")
    assert "Which drain" in desk.get(desk.case("write/")).content.decode()
    assert "Which drain" not in sits(walk.cast.auditor).get(desk.case()).content.decode()
    with acting(CLOCK, walk.at):
        assert not Message.objects.filter(case=walk.case).exists()


@pytest.mark.parametrize("messages", [1, 20])
def test_the_queries_do_not_grow_with_the_matter(
    walk: Walk, sits: Sits, messages: int, django_assert_num_queries: Any
) -> None:
    for _n in range(messages):
        write(case=walk.case.id, body="More.", by=walk.petitioner, at=walk.at)
    desk = sits(walk.cast.registrar)
    with django_assert_num_queries(QUERIES):
        desk.get(desk.case())


QUERIES = 26
