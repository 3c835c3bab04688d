"""Matters of an earlier register are taken over once, with clocks that nobody has missed yet."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Involvement, Receipt
from evenhand.kernel.cases.actions import take
from evenhand.kernel.cases.models import Case, Party
from evenhand.kernel.ledger.models import Entry, Opening
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.obligations.sweep import sweep
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions.importing.fields import Statuses
from evenhand.mechanisms.petitions.importing.rows import Reader, look_through
from evenhand.mechanisms.petitions.importing.run import Run, Summary
from evenhand.mechanisms.petitions.importing.writing import IMPORTED, register
from evenhand.mechanisms.petitions.models import Petition
from evenhand.mechanisms.petitions.states import Channel, Kind, State

AT = datetime(2026, 3, 2, 1, 14, tzinfo=UTC)
HEADER = "id,title,body,created,status,name,kind"
OPEN = "7,Flooding,Mend the drain.,1359337647.0,open,,"
RECENT = "8,Wages,Pay them.,2026-02-23,open,M. Lin,"
CLOSED = "9,Bus stop,Move it.,2013-01-28,closed,,suggestion"

Import = Callable[..., Summary]


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def bring_in(cast: Cast, tmp_path: Path) -> Import:
    """Import rows below :data:`HEADER`; every column of it is mapped to its own name."""

    def bring_in(
        *rows: str, header: str = HEADER, at: datetime = AT, source: str = "", write: bool = True
    ) -> Summary:
        path = tmp_path / "old.csv"
        path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
        names = {name: name for name in header.split(",") if name != "other"}
        reader = Reader(columns=names, statuses=Statuses(), source=source, at=at)
        taking = register(name="old.csv", language="en", at=at)
        run = Run(table=look_through(path), reader=reader, source=taking, write=write)
        return run(at=at, progress=lambda done, total: None)

    return bring_in


def test_an_open_matter_is_received_and_somebody_answers_for_it(
    cast: Cast, bring_in: Import
) -> None:
    bring_in(RECENT)
    case = _one(Case)
    assert (case.state, case.receiving_unit, case.unit) == (
        State.RECEIVED,
        cast.petition_office,
        cast.petition_office,
    )
    assert case.accountable == cast.registrar
    assert (case.received_at.isoformat(), case.recorded_at) == ("2026-02-22T16:00:00+00:00", AT)


def test_its_parts_are_those_of_any_matter(bring_in: Import) -> None:
    bring_in(RECENT)
    with acting(CLOCK, AT):
        relations = set(Involvement.objects.values_list("relation", flat=True))
        petition, party = Petition.objects.get(), Party.objects.get()
    assert relations == {"petitioner", "receiving", "auditing"}
    assert (petition.channel, petition.kind) == (Channel.IMPORT, Kind.CLAIM)
    assert (party.name, party.anonymous, party.email) == ("M. Lin", False, "")


def test_a_registrar_can_go_on_with_it(cast: Cast, bring_in: Import) -> None:
    bring_in(OPEN)
    facts = {"kind": Kind.CLAIM, "unit": cast.water}
    case = _one(Case)
    take(case=case.id, step="register", by=cast.registrar.id, at=_in(days=1), facts=facts)
    with acting(CLOCK, AT):
        assert Obligation.objects.open().get().key == "petitions.accept"


def test_a_term_that_still_runs_is_counted_from_the_day_of_receipt(bring_in: Import) -> None:
    bring_in(RECENT)
    assert _due() == date(2026, 3, 10)


def test_a_term_that_would_have_run_out_is_counted_from_the_import(bring_in: Import) -> None:
    bring_in(OPEN)
    assert _due() == date(2026, 3, 17)
    assert sweep(at=_in(days=14), queue=lambda obligation: None) == 0
    assert _one(Obligation).breached_at is None


def test_the_new_promise_binds(bring_in: Import) -> None:
    bring_in(OPEN)
    sweep(at=_in(days=16), queue=lambda obligation: None)
    assert _one(Obligation).breached_at == _in(days=16)


def test_a_closed_matter_starts_no_clock_and_takes_no_step(bring_in: Import) -> None:
    bring_in(CLOSED)
    case = _one(Case)
    with acting(CLOCK, AT):
        assert (case.state, case.closed_at) == (State.CLOSED, AT)
        assert not Obligation.objects.exists()
        assert [entry.code for entry in Entry.objects.all()] == [IMPORTED]


def test_when_it_was_closed_is_kept_where_the_register_says_so(bring_in: Import) -> None:
    bring_in("Bus,Move it.,closed,2013-01-28", header="title,body,status,closed")
    assert _one(Case).closed_at == datetime(2013, 1, 27, 16, tzinfo=UTC)


def test_the_ledger_says_where_it_comes_from(bring_in: Import) -> None:
    bring_in(OPEN)
    told = _one(Opening).arguments
    assert (told["register"], told["number"], told["status"]) == ("old.csv", "7", "open")
    assert told["received"] == "2013-01-28T01:47:27+00:00"
    assert told["due"].startswith("2026-03-17")


def test_nobody_gets_a_receipt_for_it(bring_in: Import) -> None:
    bring_in(OPEN)
    with acting(CLOCK, AT):
        assert not Receipt.objects.exists()


def test_a_second_time_nothing_is_doubled(bring_in: Import) -> None:
    assert bring_in(OPEN, CLOSED).new == 2
    again = bring_in(OPEN, CLOSED, RECENT, at=_in(days=3))
    assert (again.new, len(again.taken), again.skipped) == (1, 3, 0)
    assert _count() == 3


def test_without_numbers_a_row_is_known_by_all_that_it_says(bring_in: Import) -> None:
    header = "title,body,other"
    for _time in range(2):
        summary = bring_in("Flood,Mend it.,1", "Flood,Mend it.,2", header=header)
    assert (summary.new, _count()) == (0, 2)


def test_another_register_with_the_same_numbers_is_not_taken_for_the_first(
    bring_in: Import,
) -> None:
    bring_in(OPEN)
    other = OPEN.replace("Flooding", "Noise")
    summary = bring_in(other)
    assert "under another title" in str(summary.problems[0])
    assert bring_in(other, source="north").new == 1


def test_good_rows_go_in_and_every_broken_cell_is_listed(bring_in: Import) -> None:
    summary = bring_in(
        OPEN,
        "10,,Mend it.,yesterday,open,,",
        "",
        "11,Noise,Stop it.,2026-03-09,perhaps,,report",
        "7,Again,Mend it.,,open,,",
        "12,Too few,cells",
        "13,Last,Good.,,,,",
    )
    assert [str(problem) for problem in summary.problems] == [
        "row 3, column title: is empty",
        "row 3, column created: 'yesterday' is not a date such as 2026-03-02, "
        "nor seconds since 1970",
        "row 5, column created: 2026-03-09 has not come yet",
        str(summary.problems[3]),
        "row 5, column kind: 'report' is not one of claim, suggestion",
        "row 6, column id: stands in row 2 already",
        "row 7: 3 cells, where the header has 7",
    ]
    assert str(summary.problems[3]).startswith("row 5, column status: 'perhaps' is not known")
    assert (summary.rows, summary.new, summary.skipped, _count()) == (6, 2, 4, 2)


def test_a_dry_run_writes_nothing(bring_in: Import) -> None:
    summary = bring_in(OPEN, CLOSED, write=False)
    assert (summary.new, _count()) == (2, 0)


def test_as_many_statements_for_five_hundred_as_for_five(bring_in: Import) -> None:
    def statements(rows: int, source: str) -> int:
        lines = [f"{n},Title {n},Body.,2013-01-28,open,," for n in range(rows)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            bring_in(*lines, source=source)
        return len(captured)

    assert statements(5, "few") == statements(500, "many")


def _one(model: Any) -> Any:
    related = ("receiving_unit", "unit", "accountable") if model is Case else ()
    with acting(CLOCK, AT):
        return model.objects.select_related(*related).get()


def _count() -> int:
    with acting(CLOCK, AT):
        return Case.objects.count()


def _due() -> date:
    due: datetime = _one(Obligation).due_at
    return due.astimezone(UTC).date()


def _in(*, days: int) -> datetime:
    return AT + timedelta(days=days)
