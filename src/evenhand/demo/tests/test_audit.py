"""``evenhand audit`` finds nothing in the demo, and names each row that somebody broke."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from evenhand.base import audit
from evenhand.kernel.cases import replay
from evenhand.kernel.cases.models import Case

from .conftest import SIZE

#: What is broken, in SQL about ``%(case)s``; the state of the case that it is done to; the
#: invariant that must notice.
BROKEN = {
    "an open case loses its clock": (
        "UPDATE obligations_obligation SET cancelled_at = now(), look_at = NULL"
        " WHERE matter_id = %(case)s AND submitted_at IS NULL",
        "handling",
        "2",
    ),
    "a closed case has one again": (
        "UPDATE obligations_obligation SET submitted_at = NULL, cancelled_at = NULL"
        " WHERE matter_id = %(case)s AND key = 'petitions.handling'",
        "closed",
        "2",
    ),
    "who answers for it has left": (
        "DELETE FROM organisation_tenure USING cases_case c"
        " WHERE c.id = %(case)s AND person_id = c.accountable_id",
        "approving",
        "2",
    ),
    "its clock is somebody else's": (
        "UPDATE obligations_obligation SET bearer_id = gen_random_uuid()"
        " WHERE matter_id = %(case)s AND submitted_at IS NULL",
        "answered",
        "2",
    ),
    "who answers for it has a stake": (
        "INSERT INTO access_involvement (id, matter_id, person_id, power, relation, ground, since)"
        " SELECT gen_random_uuid(), id, accountable_id, '', 'concerned', 'kin', now()"
        " FROM cases_case WHERE id = %(case)s",
        "registered",
        "3",
    ),
    "who took a step had a stake": (
        "INSERT INTO access_involvement (id, matter_id, person_id, power, relation, ground, since)"
        " SELECT gen_random_uuid(), matter_id, (arguments ->> 'by')::uuid, '', 'concerned', 'kin',"
        " '2020-01-01' FROM ledger_opening WHERE matter_id = %(case)s"
        " AND arguments ->> 'to' = 'registered'",
        "studying",
        "3",
    ),
    "who handles it has a stake": (
        "INSERT INTO access_involvement (id, matter_id, person_id, power, relation, ground, since)"
        " SELECT gen_random_uuid(), case_id, handler_id, '', 'concerned', 'kin', now()"
        " FROM petitions_petition WHERE case_id = %(case)s",
        "approving_reply",
        "3",
    ),
    "it was moved past its steps": (
        "UPDATE cases_case SET state = 'approving' WHERE id = %(case)s",
        "handling",
        "4",
    ),
    "it was given to another unit": (
        "UPDATE cases_case SET unit_id = (SELECT id FROM organisation_unit WHERE code = 'finance')"
        " WHERE id = %(case)s",
        "registered",
        "4",
    ),
    "a step is gone without a trace": (
        "WITH gone AS (DELETE FROM ledger_opening WHERE matter_id = %(case)s"
        " AND arguments ->> 'to' = 'handling' RETURNING entry_id),"
        " waiting AS (DELETE FROM ledger_pending WHERE entry_id IN (SELECT entry_id FROM gone))"
        " DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM gone)",
        "approving",
        "4",
    ),
    "all that was told of it is gone": (
        "DELETE FROM ledger_opening WHERE matter_id = %(case)s",
        "received",
        "4",
    ),
    "it was closed without an answer": (
        "DELETE FROM petitions_document WHERE case_id = %(case)s AND kind = 'opinion'",
        "closed",
        "7",
    ),
    "its answer was never served": (
        "UPDATE petitions_document SET served_on = NULL, served_by_id = NULL, served_manner = ''"
        " WHERE case_id = %(case)s AND kind = 'opinion'",
        "served",
        "7",
    ),
    "it was answered by a draft": (
        "UPDATE petitions_document SET issued_at = NULL, number = NULL, approved_by_id = NULL"
        " WHERE case_id = %(case)s AND kind = 'reply'",
        "replied",
        "7",
    ),
}

#: The same for entries of the ledger, in SQL about ``%(entry)s``.
ALTERED = {
    "its opening was rewritten": (
        'UPDATE ledger_opening SET arguments = arguments || \'{"channel": "visit"}\''
        " WHERE entry_id = %(entry)s"
    ),
    "it was dated back": "UPDATE ledger_entry SET at = at - interval '1 day' WHERE id = %(entry)s",
    "it is gone": "DELETE FROM ledger_entry WHERE id = %(entry)s",
    "it lost its place": "DELETE FROM ledger_pending WHERE entry_id = %(entry)s",
}


def broken() -> dict[str, set[str]]:
    """The rows that the audit names, by the number of the invariant."""
    found: dict[str, set[str]] = {}
    for invariant in audit.every():
        if rows := {broken.row for broken in invariant.check()}:
            found.setdefault(invariant.number, set()).update(rows)
    return found


def run(statement: str, **about: Any) -> None:
    """As the owner. Raises unless the statement changed something."""
    with connection.cursor() as cursor:
        cursor.execute(statement, about)
        assert cursor.rowcount > 0


def one(statement: str, **about: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, about)
        found = cursor.fetchone()
    assert found
    return tuple(found)


def a_case(state: str) -> tuple[Any, ...]:
    """Id and reference of a petition in that state whose story is the plain one."""
    return one(
        "SELECT c.id, c.reference FROM cases_case c WHERE c.state = %(state)s"
        " AND (c.state NOT IN ('closed', 'served') OR EXISTS (SELECT FROM petitions_document d"
        " WHERE d.case_id = c.id AND d.kind = 'opinion')) ORDER BY c.received_at LIMIT 1",
        state=state,
    )


def test_nothing_is_broken_in_the_demo(as_reader: None) -> None:
    out = io.StringIO()
    call_command("audit", stdout=out)
    assert "FAIL" not in out.getvalue()
    assert out.getvalue().count("ok  ") == len(audit.every())


def test_the_audit_reads_every_case(as_reader: None) -> None:
    assert sum(1 for _row in replay.rows()) == SIZE


def test_every_case_is_where_its_entries_lead(seen: None) -> None:
    for case in Case.objects.all():
        replayed = replay.replay(case.id)
        assert (replayed.state, replayed.accountable) == (case.state, case.accountable_id)
        assert (replayed.unit, replayed.closed_at) == (case.unit_id, case.closed_at)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_case_is_named(as_owner: None, name: str) -> None:
    statement, state, number = BROKEN[name]
    case, reference = a_case(state)
    run(statement, case=case)
    assert broken()[number] == {reference}


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_entry_is_named(as_owner: None, name: str) -> None:
    [entry] = one("SELECT id FROM ledger_entry WHERE code = 'petitions.brought' ORDER BY id")
    run(ALTERED[name], entry=entry)
    assert broken()["5"] == {f"ledger entry {entry}"}


def test_a_second_answer_is_named(as_owner: None) -> None:
    case, reference = a_case("served")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_closing_document_a_case")
    run(
        "INSERT INTO petitions_document SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', gen_random_uuid(), 'number', 'second'))).* FROM petitions_document d"
        " WHERE case_id = %(case)s AND kind = 'opinion'",
        case=case,
    )
    assert broken() == {"7": {reference}}


def test_a_broken_row_makes_the_command_fail(as_owner: None) -> None:
    case, reference = a_case("handling")
    run("UPDATE cases_case SET state = 'served' WHERE id = %(case)s", case=case)
    out = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("audit", stdout=out)
    assert reference in out.getvalue()
