"""What must never be possible to somebody who brings a matter."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import get_resolver

import evenhand
from evenhand.api.root import make
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.cases.models import Party
from evenhand.kernel.cases.refusals import StepRefused
from evenhand.kernel.obligations.lateness import Standing, standing
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions import publishing
from evenhand.mechanisms.petitions.desk.tests.conftest import Desk
from evenhand.mechanisms.petitions.models import Document, Petition
from evenhand.mechanisms.petitions.states import State
from evenhand.mechanisms.petitions.tests.conftest import Walk

from .stakes import outfit
from .test_pages_of_the_concerned import STAFF_PAGES, addresses

SOURCE = Path(evenhand.__file__).parent
#: Every way to ask for a party's rows by who it is.
BY_WHOM = re.compile(
    r"parties__(?!actor_id)\w+"
    r"|[Pp]arty\.objects\.\w+\([^)]*\b(name|email|telephone|address)\b"
)


# No list of one person's matters.


def test_only_the_counter_looks_for_a_party() -> None:
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "/tests/" not in path.as_posix() and BY_WHOM.search(path.read_text())
    }
    assert found == {"mechanisms/petitions/desk/finding.py"}


def test_no_index_leads_from_a_person_to_matters(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'cases_party'")
        indexes = " ".join(row[0] for row in cursor.fetchall())
    assert not re.search(r"\b(name|email|telephone|address)\b", indexes.partition("(")[2])


@pytest.mark.parametrize("asked", ["name", "email", "telephone", "party", "q", "text", "search"])
def test_no_list_can_be_narrowed_to_a_person(
    cast: Cast, begin: Callable[..., Walk], asked: str
) -> None:
    walk = begin(telephone="0551 7788")
    begin(name="O. Other", email="other@example.org", telephone="0551 1234")
    outfit(cast, cast.newcomer)
    desk = Desk(cast.newcomer, walk)
    for path in (f"/{address}" for address in STAFF_PAGES if "<" not in address):
        for fact in ("M. Lin", "lin@example.org", "0551 7788"):
            page = desk.get(path, **{asked: fact}).content.decode()
            links = set(re.findall(r"/desk/cases/(NZ-[\w-]+)", page))
            assert len(links) in (0, 2), f"{path}?{asked}={fact}"


def test_the_api_is_asked_for_one_matter_by_its_receipt_alone() -> None:
    paths = make().get_openapi_schema()["paths"]
    assert {(path, *methods) for path, methods in paths.items()} == {
        ("/api/v1/petitions", "post"),
        ("/api/v1/matters/follow", "post"),
    }


def test_no_address_names_a_person() -> None:
    found = " ".join(addresses(get_resolver().url_patterns)).replace("<slug:name>", "")
    assert not re.search(r":(name|email|telephone|party|petitioner)>", found)


# Withdrawing.


def _asked(walk: Walk) -> Walk:
    return walk.handling().step("ask_withdrawal", walk.petitioner)


def _confirm(walk: Walk, days: float, answer: Any = False, by: Any = None) -> Walk:
    walk.at += timedelta(days=days - 1)
    return walk.step("confirm_withdrawal", by or walk.cast.registrar, was_asked_to=answer)


def test_a_withdrawal_is_never_counted_as_kept_or_answered(walk: Walk) -> None:
    _asked(walk)
    with acting(CLOCK, walk.at):
        running = [o.id for o in Obligation.objects.open().filter(matter_id=walk.case.id)]
    _confirm(walk, 9)
    until = walk.at.date() + timedelta(days=400)
    with acting(CLOCK, walk.at):
        ended = Obligation.objects.filter(id__in=running)
        assert {standing(o, walk.at) for o in ended} == {Standing.CANCELLED}
        assert publishing.in_time(walk.case.received_at.date(), until).of == 0
        assert publishing.days_to_answer(walk.case.received_at.date(), until).of == 0
    assert walk.case.state == State.WITHDRAWN


@pytest.mark.parametrize("answer", [True, None, "", "no", 0])
def test_whoever_was_asked_to_withdraw_or_was_not_asked_goes_on(walk: Walk, answer: Any) -> None:
    _asked(walk)
    with pytest.raises(StepRefused, match="asked them to withdraw"):
        _confirm(walk, 9, answer)


def test_a_withdrawal_is_confirmed_after_seven_days_at_the_earliest(walk: Walk) -> None:
    _asked(walk)
    with pytest.raises(StepRefused, match="seven days"):
        _confirm(walk, 7)
    _confirm(walk, 2)


def test_nobody_with_a_hand_in_the_matter_confirms_its_withdrawal(walk: Walk) -> None:
    outfit(walk.cast, walk.cast.wen)
    _asked(walk)
    with pytest.raises(StepRefused, match="without a hand"):
        _confirm(walk, 9, by=walk.cast.wen)


def test_whoever_wrote_the_answer_does_not_confirm_its_withdrawal(walk: Walk) -> None:
    outfit(walk.cast, walk.cast.wen)
    _asked(walk).drafted()
    walk.step("reassign", walk.cast.water_head, handler=walk.cast.qiao)
    with pytest.raises(StepRefused, match="without a hand"):
        _confirm(walk, 9, by=walk.cast.wen)


def test_a_withdrawal_that_was_asked_for_lapses_with_the_answer(walk: Walk) -> None:
    _asked(walk).drafted().step("propose", walk.cast.wen).step("approve", walk.cast.water_head)
    with acting(CLOCK, walk.at):
        running = Obligation.objects.open().filter(matter_id=walk.case.id)
        assert [o.key for o in running] == ["petitions.serving"]


# Groups, and those without a name.


def test_of_a_group_five_representatives_and_a_number_are_kept(begin: Callable[..., Walk]) -> None:
    five = tuple("ABCDE")
    walk = begin(group_size=300, representatives=five)
    with acting(CLOCK, walk.at):
        assert Petition.objects.get(case=walk.case).representatives == list(five)
    with pytest.raises(IntegrityError), transaction.atomic():
        begin(group_size=300, representatives=(*five, "F"))


def test_no_table_could_hold_the_list_of_a_group() -> None:
    lists = [f.name for f in Petition._meta.get_fields() if f.is_relation and f.one_to_many]
    arrays = [f.name for f in Petition._meta.fields if f.get_internal_type() == "ArrayField"]
    assert (lists, arrays) == ([], ["representatives"])


def test_of_the_anonymous_no_name_is_kept(begin: Callable[..., Walk]) -> None:
    walk = begin(anonymous=True, name="M. Lin")
    with acting(CLOCK, walk.at):
        party = Party.objects.get(case=walk.case)
        assert party.name == ""
        with pytest.raises(IntegrityError), transaction.atomic():
            Party.objects.filter(id=party.id).update(name="M. Lin")


# Drafts.


def test_the_petitioner_reaches_no_draft_of_the_answer(walk: Walk) -> None:
    walk.handling().drafted()
    asked = "SELECT kind FROM petitions_document WHERE case_id = %s"
    with acting(walk.petitioner, walk.at), connection.cursor() as cursor:
        cursor.execute(asked, [walk.case.id])
        assert cursor.fetchall() == [("acceptance",)]
    with acting(walk.cast.wen.id, walk.at):
        assert Document.objects.filter(case=walk.case, kind="opinion").exists()
