"""What the database holds after a step, read past everybody's sight, and what must hold of it."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.ledger.commitments import commitment
from evenhand.mechanisms.petitions.flow import FLOW
from evenhand.mechanisms.petitions.states import State

#: Whatever a step may write: by the hash of all its rows a refused step is seen to write nothing.
TABLES = (
    "access_involvement",
    "access_receipt",
    "cases_case",
    "cases_message",
    "cases_party",
    "ledger_entry",
    "ledger_opening",
    "notices_notice",
    "obligations_obligation",
    "organisation_tenure",
    "petitions_document",
    "petitions_petition",
    "petitions_series",
    "procrastinate_jobs",
)
#: Of these, nobody concerned by a matter sees a row.
BETRAYING = {
    "access_involvement": "matter_id",
    "access_receipt": "matter_id",
    "cases_case": "id",
    "cases_message": "case_id",
    "cases_party": "case_id",
    "ledger_opening": "matter_id",
    "notices_notice": "matter_id",
    "obligations_obligation": "matter_id",
    "petitions_document": "case_id",
    "petitions_petition": "case_id",
}

_HASHES = "SELECT " + ", ".join(
    f"(SELECT sum(hashtextextended(t::text, 0)) FROM {table} t) AS {table}" for table in TABLES
)
_SEEN = " UNION ALL ".join(
    f"SELECT '{table}' AS relation FROM {table} WHERE {column} = $1"
    for table, column in BETRAYING.items()
)
_CASES = """
SELECT c.id, c.state, c.unit_id, c.receiving_unit_id, c.accountable_id,
       c.closed_at IS NOT NULL AS closed, p.handler_id, p.kind,
       ARRAY(SELECT i.person_id FROM access_involvement i WHERE i.matter_id = c.id
             AND i.relation = 'concerned' AND i.until IS NULL) AS concerned,
       ARRAY(SELECT o.bearer_id FROM obligations_obligation o WHERE o.matter_id = c.id
             AND o.submitted_at IS NULL AND o.cancelled_at IS NULL) AS bearers,
       ARRAY(SELECT d.kind FROM petitions_document d WHERE d.case_id = c.id
             AND d.kind IN ('opinion', 'reply', 'redirection')) AS closing,
       ARRAY(SELECT d.served_on FROM petitions_document d WHERE d.case_id = c.id
             AND d.served_on IS NOT NULL AND d.issued_at IS NOT NULL) AS served,
       (SELECT max(d.issued_at) FROM petitions_document d WHERE d.case_id = c.id) AS issued_at,
       EXISTS (SELECT FROM organisation_tenure t WHERE t.person_id = c.accountable_id
               AND t.during @> $1) AS in_office,
       EXISTS (SELECT FROM access_involvement i WHERE i.matter_id = c.id AND i.until IS NULL
               AND i.relation NOT IN ('concerned', 'former', 'auditing')
               AND (i.person_id = c.accountable_id
                    OR EXISTS (SELECT FROM organisation_tenure t
                               JOIN organisation_post post ON post.id = t.post_id
                               WHERE t.person_id = c.accountable_id AND t.during @> $1
                               AND post.unit_id = i.unit_id AND i.power = ANY (post.powers))))
           AS involved,
       EXISTS (SELECT FROM notices_notice n JOIN access_involvement i ON i.matter_id = n.matter_id
               AND i.person_id = n.recipient_id AND i.relation = 'concerned'
               WHERE n.matter_id = c.id AND n.created_at >= i.since) AS told_somebody_concerned
FROM cases_case c JOIN petitions_petition p ON p.case_id = c.id
"""
_ENTRIES = """
SELECT e.id, e.code, e.at, e.commitment, o.salt, o.arguments, o.matter_id
FROM ledger_entry e LEFT JOIN ledger_opening o ON o.entry_id = e.id
WHERE e.id >= $1
"""
_CODE = f"{FLOW.key}."
NIL = uuid.UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One case as it stands."""

    id: uuid.UUID
    state: str
    unit_id: uuid.UUID
    receiving_unit_id: uuid.UUID
    accountable_id: uuid.UUID
    closed: bool
    handler_id: uuid.UUID | None
    kind: str
    concerned: list[uuid.UUID]
    bearers: list[uuid.UUID]
    closing: list[str]
    served: list[date]
    issued_at: datetime | None
    in_office: bool
    involved: bool
    told_somebody_concerned: bool


@dataclass
class Ledger:
    """Every entry that was ever read, and the states to which the entries led."""

    entries: dict[uuid.UUID, bytes] = field(default_factory=dict)
    states: dict[uuid.UUID, str] = field(default_factory=dict)
    since: uuid.UUID = NIL

    def read_on(self) -> None:
        """Take up the new entries: each commits to its opening and is a row of the table."""
        found = _rows("looking_entries(%s)", self.since)
        fresh = sorted((row for row in found if row["id"] not in self.entries), key=_by_id)
        for row in fresh:
            self.entries[row["id"]] = bytes(row["commitment"])
            assert _recomputed(row) == bytes(row["commitment"])
            self._follow(row)
        if fresh:  # ids are minted by the millisecond, and in no order within one
            self.since = uuid.UUID(int=fresh[-1]["id"].int >> 80 << 80)

    def _follow(self, row: Mapping[str, Any]) -> None:
        code, told, matter = row["code"], json.loads(row["arguments"]), row["matter_id"]
        if code == "petitions.brought":
            assert matter not in self.states
            assert told["to"] == FLOW.initial
            self.states[matter] = told["to"]
        elif code.startswith(_CODE):
            step = FLOW.step(code.removeprefix(_CODE))
            assert told["from"] == self.states[matter]
            assert told["from"] in step.source
            assert told["to"] == (step.to or told["from"])
            self.states[matter] = told["to"]

    def nothing_went(self, at: datetime) -> bool:
        with acting(CLOCK, at):
            rows = _rows("looking_entries(%s)", NIL)
        return {row["id"]: bytes(row["commitment"]) for row in rows} == self.entries


def _by_id(row: Mapping[str, Any]) -> uuid.UUID:
    found: uuid.UUID = row["id"]
    return found


def _recomputed(row: Mapping[str, Any]) -> bytes:
    return commitment(
        salt=bytes(row["salt"]),
        code=row["code"],
        at=row["at"],
        arguments=json.loads(row["arguments"]),
    )


_STATEMENTS = {
    "looking_cases (date)": _CASES,
    "looking_hashes": _HASHES,
    "looking_seen (uuid)": _SEEN,
    "looking_entries (uuid)": _ENTRIES,
}


def prepare() -> None:
    """Plan the statements once for the connection: row security makes planning them dear."""
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
        cursor.execute("SET plan_cache_mode = force_generic_plan; SET jit = off")
        for name, statement in _STATEMENTS.items():
            cursor.execute(f"PREPARE {name} AS {statement}")


def look(
    at: datetime, day: date, ledger: Ledger
) -> tuple[dict[uuid.UUID, Standing], tuple[Any, ...]]:
    """Every case, and the hashes of all tables; reads on in the ledger."""
    with acting(CLOCK, at):
        cases = {row["id"]: Standing(**row) for row in _rows("looking_cases(%s)", day)}
        (hashes,) = _rows("looking_hashes")
        ledger.read_on()
    return cases, tuple(hashes.values())


def check(case: Standing) -> None:
    """Invariants 2, 3 and 7 of one case."""
    closed = case.state in FLOW.closed
    assert case.closed is closed
    assert len(case.closing) <= 1
    if closed:
        assert case.bearers == []
        assert case.state == State.WITHDRAWN or (case.closing and case.served)
        return
    assert set(case.bearers) == {case.accountable_id}, "no clock, or another's"
    assert case.in_office, "who answers for it holds no post"
    assert case.involved, "who answers for it has no part in it"
    assert case.accountable_id not in case.concerned
    assert case.handler_id not in case.concerned
    assert not case.told_somebody_concerned


def sees(person: uuid.UUID, matter: uuid.UUID, at: datetime) -> set[str]:
    """In which tables the person sees rows of the matter."""
    with acting(person, at):
        return {row["relation"] for row in _rows("looking_seen(%s)", matter)}


def _rows(prepared: str, *values: uuid.UUID | date) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXECUTE {prepared}", values)
        rows = cursor.fetchall()
        names = [column.name for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in rows]
