"""From a proposal to what everybody reads, and back: by two persons, or not at all."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting
from evenhand.kernel.access.involvement import involve
from evenhand.kernel.access.models import Relation
from evenhand.kernel.disclosure import actions, queries
from evenhand.kernel.disclosure.models import Publication, Published
from evenhand.kernel.disclosure.refusals import DisclosureRefused
from evenhand.kernel.ledger.models import Entry, Opening

from .conftest import AT, Desk


def public(typed: str = "") -> list[str]:
    with acting(PUBLIC, AT):
        return [row.title for row in queries.published(typed)]


def test_what_another_approved_is_published(desk: Desk) -> None:
    desk.published()
    assert public() == ["The drain at Willow Lane"]


def test_before_the_review_the_public_sees_nothing(desk: Desk) -> None:
    row = desk.propose()
    assert actions.publish_due(at=AT) == 0
    assert public() == []
    desk.approve(row)
    assert public() == []


def test_nobody_reviews_his_own_even_when_he_may_review(desk: Desk) -> None:
    wen = desk.cast.wen
    with acting(wen.id, AT):
        involve(matter=desk.matter, relation=Relation.SUPERIOR, person=wen.id, at=AT)
    with pytest.raises(DisclosureRefused, match="Somebody else"):
        desk.approve(desk.propose(), by=wen)


def test_even_a_bug_cannot_let_one_person_publish(desk: Desk) -> None:
    row = desk.propose()
    alone = {"reviewed_by": desk.cast.wen.id, "reviewed_at": AT}
    refused = pytest.raises(IntegrityError, match="reviewed_by_another")
    with acting(desk.cast.wen.id, AT), refused, transaction.atomic():
        Publication.objects.filter(id=row.id).update(**alone)


def test_even_a_bug_cannot_change_what_was_reviewed(desk: Desk) -> None:
    row = desk.approve(desk.propose())
    refused = pytest.raises(DatabaseError, match="final")
    with acting(desk.cast.wen.id, AT), refused, transaction.atomic():
        Publication.objects.filter(id=row.id).update(body=[{"part": "facts", "text": "M. Lin"}])


@pytest.mark.parametrize("who", ["qiao", "housing_head", "auditor"])
def test_outsiders_neither_propose_nor_review(desk: Desk, who: str) -> None:
    outsider = getattr(desk.cast, who)
    with pytest.raises(DisclosureRefused):
        desk.propose(by=outsider)
    row = desk.propose()
    with pytest.raises(Publication.DoesNotExist):
        desk.approve(row, by=outsider)


def test_the_reviewer_does_not_propose(desk: Desk) -> None:
    with pytest.raises(DisclosureRefused):
        desk.propose(by=desk.cast.water_head)


def test_one_answer_is_proposed_once(desk: Desk) -> None:
    desk.propose()
    with pytest.raises(DisclosureRefused, match="handed in already"):
        desk.propose()


def test_what_was_returned_is_worked_over_and_handed_in_anew(desk: Desk) -> None:
    row = desk.propose()
    head = desk.cast.water_head.id
    actions.return_(publication=row.id, reason="It names the lane.", by=head, at=AT)
    again = desk.propose(title="A drain")
    assert (again.id, again.returned_at, again.return_reason) == (row.id, None, "")
    desk.approve(again)
    assert actions.publish_due(at=AT) == 1
    assert public() == ["A drain"]


def test_a_decision_is_taken_once(desk: Desk) -> None:
    row = desk.approve(desk.propose())
    with pytest.raises(DisclosureRefused, match="already"):
        desk.approve(row)


@pytest.mark.parametrize("given", [{"title": " "}, {"parts": {"facts": "", "other": "x"}}])
def test_nothing_is_not_published(desk: Desk, given: dict[str, Any]) -> None:
    with pytest.raises(DisclosureRefused, match="at least one part"):
        desk.propose(**given)


def test_the_public_sees_nothing_that_leads_to_the_matter(desk: Desk) -> None:
    row = desk.published()
    assert {f.name for f in Published._meta.fields} & {"matter_id", "proposed_by"} == set()
    with acting(PUBLIC, AT):
        assert not Publication.objects.exists()
        seen = Published.objects.filter(id=row.id).values().get()
    with acting(CLOCK, AT):
        told = list(Opening.objects.filter(matter_id=None, arguments__publication=str(row.id)))
        codes = set(Entry.objects.filter(id__in=[o.entry_id for o in told]).values_list("code"))
    shown = json.dumps(seen, default=str) + str([o.arguments for o in told])
    assert str(desk.matter) not in shown
    assert codes == {("disclosure.published",)}


def test_the_columns_of_the_view_are_those_of_the_model(desk: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM disclosure_published LIMIT 0")
        columns = {column.name for column in cursor.description}
    assert columns == {field.column for field in Published._meta.fields}


def test_the_unpublished_is_seen_as_the_matter_is(desk: Desk) -> None:
    desk.propose()
    for person, sees in ((desk.cast.wen, True), (desk.cast.qiao, False)):
        with acting(person.id, AT):
            assert Publication.objects.exists() is sees


def test_what_was_withdrawn_leaves_the_day_and_the_reason(desk: Desk) -> None:
    row = desk.published()
    head = desk.cast.water_head.id
    actions.withdraw(publication=row.id, reason="It named a shop.", by=head, at=AT)
    assert (public(), public("drain")) == ([], [])
    with acting(PUBLIC, AT):
        left = Published.objects.get(id=row.id)
    assert (left.title, left.body, left.words) == ("", [], None)
    assert left.withdrawal_reason == "It named a shop."


def test_the_proposer_does_not_withdraw(desk: Desk) -> None:
    row = desk.published()
    with pytest.raises(DisclosureRefused):
        actions.withdraw(publication=row.id, reason="x", by=desk.cast.wen.id, at=AT)


def test_a_withdrawn_answer_may_be_proposed_again(desk: Desk) -> None:
    row = desk.published()
    head = desk.cast.water_head.id
    actions.withdraw(publication=row.id, reason="It named a shop.", by=head, at=AT)
    assert desk.propose().id != row.id


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("drains willow", True),
        ("mending", True),
        ("排水", True),
        ("水管破裂", True),
        ("管", True),
        ("排水 drain", True),
        ("破管", False),
        ("drain house", False),
        ("!&|'(:*", True),
    ],
)
def test_all_words_that_were_typed_must_stand_there(desk: Desk, typed: str, found: bool) -> None:
    desk.published()
    assert bool(public(typed)) is found or not typed.strip("!&|'(:*")


def test_a_text_of_any_length_can_be_found(desk: Desk) -> None:
    long = "".join(chr(0x4E00 + (i * 7919) % 20_000) for i in range(60_000))
    desk.approve(desk.propose(parts={"facts": long}))
    actions.publish_due(at=AT)
    assert public(long[100:104]) == ["The drain at Willow Lane"]
