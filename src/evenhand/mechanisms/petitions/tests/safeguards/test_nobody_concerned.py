"""Nobody whom a petition concerns reads it or moves it: every step, every kind of stake, every way.

The people here hold every power and every part by name, so that the stake alone keeps them away.
"""

import uuid
from typing import Any

import pytest
from django.db import connection

from evenhand.kernel.access.actor import acting
from evenhand.kernel.cases import actions, refusals
from evenhand.kernel.cases.actions import CaseNotFound, take
from evenhand.kernel.cases.correspondence import correct_contact, write
from evenhand.kernel.cases.flows import Step
from evenhand.mechanisms.petitions.documents import save_draft
from evenhand.mechanisms.petitions.flow import FLOW, STEPS
from evenhand.mechanisms.petitions.tests.conftest import Walk

from .stakes import STAKES, WAYS, Stake, concern, involve, outfit

by_people = [step for step in STEPS if not any(role.value.is_clock for role in step.by)]
each_stake = pytest.mark.parametrize("stake", STAKES.values(), ids=STAKES)
#: What a step could want; so none is refused for what is missing.
FACTS: dict[str, Any] = {"reason": "One.", "route": "The court.", "was_asked_to": False}

TABLES = """
SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables
USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
AND (column_name IN ('matter_id', 'case_id') OR (table_name, column_name) = ('cases_case', 'id'))
"""


def tables_of_a_matter() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return list(cursor.fetchall())


def count(walk: Walk, by: uuid.UUID, statement: str) -> int:
    """How many rows ``by`` reaches with a statement of plain SQL."""
    with acting(by, walk.at), connection.cursor() as cursor:
        cursor.execute(statement, [walk.case.id])
        return int(cursor.rowcount)


@each_stake
@pytest.mark.parametrize("step", by_people, ids=lambda step: step.name)
def test_nobody_concerned_takes_a_step(walk: Walk, step: Step, stake: Stake) -> None:
    person = getattr(walk.cast, stake.who)
    WAYS[step.source[-1] if step.name != "recuse" else step.source[0]](walk)
    outfit(walk.cast, person)
    involve(walk, person)
    with acting(person.id, walk.at):
        assert refusals.has_role(
            step, actions.relations(walk.case.id, person.id, walk.at), person.id
        )
    concern(walk, stake)
    with pytest.raises(CaseNotFound):
        take(case=walk.case.id, step=step.name, by=person.id, at=walk.at, facts=FACTS)


@each_stake
@pytest.mark.parametrize("state", WAYS)
def test_nobody_concerned_reaches_a_row_with_plain_sql(
    walk: Walk, state: str, stake: Stake
) -> None:
    WAYS[state](walk)
    person = getattr(walk.cast, stake.who)
    outfit(walk.cast, person)
    involve(walk, person)
    assert count(walk, person.id, "SELECT 1 FROM cases_case WHERE id = %s") == 1
    concern(walk, stake)
    for table, column in tables_of_a_matter():
        assert count(walk, person.id, f"SELECT 1 FROM {table} WHERE {column} = %s") == 0, table
    for change in ("UPDATE cases_case SET state = 'closed'", "DELETE FROM cases_case"):
        assert count(walk, person.id, f"{change} WHERE id = %s") == 0


@each_stake
def test_nobody_concerned_writes_drafts_or_corrects_anything(walk: Walk, stake: Stake) -> None:
    WAYS["handling"](walk)
    person = getattr(walk.cast, stake.who)
    outfit(walk.cast, person)
    involve(walk, person)
    concern(walk, stake)
    same: dict[str, Any] = {"case": walk.case.id, "by": person.id, "at": walk.at}
    with pytest.raises(CaseNotFound):
        write(body="Drop it.", **same)
    with pytest.raises(CaseNotFound):
        save_draft(parts={"facts": "None."}, **same)
    with pytest.raises(CaseNotFound):
        correct_contact(email="", telephone="", address="", **same)


def test_every_step_that_people_take_is_tried_here() -> None:
    assert {step.name for step in by_people} == {s.name for s in FLOW.steps} - {
        "escalate",
        "remind_withdrawal",
        "close",
    }
    assert set(WAYS) == {str(state) for state in FLOW.states} - {str(s) for s in FLOW.closed}
