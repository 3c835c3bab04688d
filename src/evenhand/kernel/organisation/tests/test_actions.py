"""Each action writes its change and one ledger entry, or refuses and writes nothing."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest

from evenhand.kernel.ledger import codes as ledger_codes
from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.organisation import actions, problems, queries
from evenhand.kernel.organisation.models import (
    Category,
    Interest,
    Kinship,
    Level,
    Membership,
    Tenure,
    Unit,
)
from evenhand.kernel.organisation.tests.cast import CHANGED, Cast

from .openings import opened

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LATER = date(2026, 7, 1)
ACT: dict[str, Any] = {"by": uuid.UUID(int=7), "at": AT}


def the_entry() -> tuple[str, dict[str, Any]]:
    """The only ledger entry: its code and what it committed to."""
    entry = Entry.objects.get()
    assert entry.at == AT
    return entry.code, opened(entry_id=entry.id)


def found(cast: Cast, code: str = "ponds", parent: Unit | None = None) -> Unit:
    return actions.found_unit(
        code=code,
        name="渔政科",
        name_en="Ponds Section",
        category=Category.OFFICE,
        level=Level.TOWNSHIP,
        parent=parent or cast.riverside,
        on=TODAY,
        **ACT,
    )


# Units.


def test_founding_a_unit_is_public(cast: Cast) -> None:
    unit = found(cast)
    code, arguments = the_entry()
    assert queries.superior(unit) == cast.riverside
    assert ledger_codes.get(code).public
    assert (arguments["unit"], arguments["on"]) == ("渔政科", "2026-03-02")
    assert arguments["by"] == str(ACT["by"])


def test_a_code_that_is_taken_is_named_with_its_unit(cast: Cast) -> None:
    with pytest.raises(problems.CodeTaken, match="Water Bureau has the code water already"):
        found(cast, code="water")
    assert not Entry.objects.exists()


def test_a_unit_can_be_renamed(cast: Cast) -> None:
    actions.rename_unit(unit=cast.water, name="县水务局", name_en="Water Office", **ACT)
    assert Unit.objects.get(id=cast.water.id).name == "县水务局"
    assert the_entry()[1]["before"] == "县水利局"


def test_a_unit_moves_with_all_below_it(cast: Cast) -> None:
    actions.move_unit(unit=cast.riverside, under=cast.water, **ACT)
    assert queries.ancestors(cast.riverside) == [cast.water, cast.county]
    assert the_entry()[1]["under"] == "县水利局"


@pytest.mark.parametrize("under", ["county", "riverside"])
def test_a_unit_cannot_move_under_itself_or_its_own_part(cast: Cast, under: str) -> None:
    with pytest.raises(problems.WouldBeCycle, match="cannot stand under"):
        actions.move_unit(unit=cast.county, under=getattr(cast, under), **ACT)
    assert not Entry.objects.exists()
    assert queries.superior(cast.county) is None


def test_an_empty_unit_closes_for_all_to_see(cast: Cast) -> None:
    actions.close_unit(unit=found(cast), on=LATER, **ACT)
    closing = Entry.objects.get(code="organisation.unit.closed")
    assert Unit.objects.get(code="ponds").closed_on == LATER
    assert ledger_codes.get(closing.code).public


def test_a_unit_with_units_below_it_stays_open(cast: Cast) -> None:
    with pytest.raises(problems.StillInUse, match=r"move them first: .*Water Bureau"):
        actions.close_unit(unit=cast.county, on=LATER, **ACT)


def test_a_unit_with_people_in_office_stays_open(cast: Cast) -> None:
    with pytest.raises(problems.StillInUse, match=r"held on 1 July 2026, by Y\. Jiang"):
        actions.close_unit(unit=cast.riverside, on=LATER, **ACT)


def test_nothing_opens_in_a_closed_unit(cast: Cast) -> None:
    actions.relieve(tenure=cast.riverside_clerk.tenures.get(), until=TODAY, **ACT)
    actions.close_unit(unit=cast.riverside, on=LATER, **ACT)
    with pytest.raises(problems.UnitClosed, match="Riverside Township is closed from 1 July 2026"):
        found(cast)
    with pytest.raises(problems.UnitClosed):
        actions.appoint(post=cast.posts["riverside_head"], person=cast.newcomer, since=TODAY, **ACT)
    with pytest.raises(problems.UnitClosed):
        actions.close_unit(unit=cast.riverside, on=LATER, **ACT)


def test_a_unit_cannot_close_before_it_was_founded(cast: Cast) -> None:
    unit = found(cast)
    with pytest.raises(problems.WrongDate):
        actions.close_unit(unit=unit, on=CHANGED, **ACT)


# Posts.


def test_an_appointment_to_a_leading_post_is_public(cast: Cast) -> None:
    post = cast.posts["riverside_head"]
    actions.appoint(post=post, person=cast.newcomer, since=TODAY, **ACT)
    code, arguments = the_entry()
    assert queries.head_of(cast.riverside, AT) == cast.newcomer
    assert ledger_codes.get(code).public
    assert (arguments["person"], arguments["post"]) == ("简宁", "镇长")


def test_any_other_appointment_is_not_public(cast: Cast) -> None:
    actions.relieve(tenure=cast.wen.tenures.get(), until=TODAY, **ACT)
    actions.appoint(post=cast.posts["wen"], person=cast.newcomer, since=TODAY, **ACT)
    assert not any(ledger_codes.get(e.code).public for e in Entry.objects.all())
    assert queries.powers_of(cast.newcomer, AT) == {(cast.water.id, "handle")}
    assert queries.powers_of(cast.wen, AT) == set()


def test_a_post_that_is_held_names_the_holder_and_the_dates(cast: Cast) -> None:
    term = "T. Wen holds the post Director from 1 January 2026"
    with pytest.raises(problems.PostTaken, match=term):
        actions.appoint(post=cast.posts["water_head"], person=cast.newcomer, since=TODAY, **ACT)
    assert not Entry.objects.exists()


def test_a_term_may_not_reach_back_into_another(cast: Cast) -> None:
    term = "P. Lu holds the post Director from 1 January 2020 until 1 January 2026"
    with pytest.raises(problems.PostTaken, match=term):
        actions.appoint(
            post=cast.posts["water_head"],
            person=cast.newcomer,
            since=date(2025, 12, 31),
            until=CHANGED,
            **ACT,
        )


@pytest.mark.parametrize("until", [CHANGED, date(2019, 1, 1), date(2027, 1, 1)])
def test_nobody_is_relieved_outside_the_term(cast: Cast, until: date) -> None:
    tenure = Tenure.objects.get(person=cast.water_head)
    actions.relieve(tenure=tenure, until=LATER, **ACT)
    with pytest.raises(problems.WrongDate, match="from 1 January 2026 until 1 July 2026"):
        actions.relieve(tenure=tenure, until=until, **ACT)


def test_a_term_cannot_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(problems.WrongDate, match="cannot end on 2 March 2026"):
        actions.appoint(
            post=cast.posts["riverside_head"],
            person=cast.newcomer,
            since=LATER,
            until=TODAY,
            **ACT,
        )


# Collective bodies.


def test_a_seat_comes_with_or_without_a_vote(cast: Cast) -> None:
    actions.seat(body=cast.committee, person=cast.newcomer, since=TODAY, votes=False, **ACT)
    seat = queries.seats_in(cast.committee, AT).get(person=cast.newcomer)
    assert not seat.votes
    assert the_entry()[1]["votes"] is False


def test_nobody_has_two_seats_in_one_body(cast: Cast) -> None:
    with pytest.raises(problems.SeatTaken, match=r"Z\. Liang has a seat in Standing Committee"):
        actions.seat(body=cast.committee, person=cast.governor, since=TODAY, **ACT)


def test_a_seat_ends(cast: Cast) -> None:
    membership = Membership.objects.get(person=cast.governor)
    actions.unseat(membership=membership, until=TODAY, **ACT)
    assert not queries.seats_in(cast.committee, AT).filter(person=cast.governor).exists()
    with pytest.raises(problems.WrongDate):
        actions.unseat(membership=membership, until=LATER, **ACT)


# Stakes.


def test_declared_kin_are_entered_by_id_and_without_names(cast: Cast) -> None:
    actions.declare_kinship(person=cast.qiao, relative=cast.governor, relation="uncle", **ACT)
    assert queries.kin_of([cast.governor]) == {cast.qiao.id}
    assert "梁致远" not in str(the_entry())


def test_kin_are_declared_once_in_whichever_order(cast: Cast) -> None:
    with pytest.raises(problems.AlreadyDeclared):
        actions.declare_kinship(
            person=cast.housing_handler, relative=cast.wen, relation="sister", **ACT
        )
    assert Kinship.objects.count() == 1


def test_an_interest_is_declared_and_ends(cast: Cast) -> None:
    interest = actions.declare_interest(
        person=cast.wen, unit=cast.housing, nature="owns a flat there", **ACT
    )
    assert queries.interested_in([cast.housing], AT) == {cast.wen.id}
    actions.end_interest(interest=interest, until=TODAY, **ACT)
    assert queries.interested_in([cast.housing], AT) == set()


def test_an_interest_is_declared_once(cast: Cast) -> None:
    declared = ACT | {"person": cast.wen, "unit": cast.housing, "nature": "owns a flat there"}
    actions.declare_interest(**declared)
    with pytest.raises(problems.AlreadyDeclared):
        actions.declare_interest(**declared)
    assert Interest.objects.filter(person=cast.wen).count() == 1
