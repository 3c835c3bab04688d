"""Where a case must stand, worked out anew from its ledger entries alone."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from evenhand.kernel.access.actor import CLOCK

from . import registry
from .flows import Flow, Step
from .handover import PASSED_ON


class Astray(Exception):
    """The entries tell of something that the flow's table does not allow; the message says what."""


@dataclass(frozen=True, kw_only=True)
class State:
    """What the entries of a case amount to; compare it with the case's own row."""

    flow: str
    version: int
    state: str
    unit: uuid.UUID
    accountable: uuid.UUID
    received_at: datetime
    closed_at: datetime | None = None

    def differences(self, other: "State") -> list[str]:
        """In words, which fields of ``other`` are not as they are here."""
        pairs = ((f.name, getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return [f"{name} is {there}, not {here}" for name, here, there in pairs if here != there]


@dataclass(frozen=True)
class Told:
    """One entry with its opening."""

    code: str
    at: datetime
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A case as its row says it stands, and its entries in the order in which they were made."""

    reference: str
    standing: State
    told: tuple[Told, ...]


# Identifiers of entries are minted in time, under the lock of the case: their order is the order.
_ROWS = """
SELECT c.id, c.reference, c.flow, c.flow_version, c.state, c.unit_id, c.accountable_id,
       c.received_at, c.closed_at, e.code, e.at, o.arguments
FROM cases_case c
LEFT JOIN ledger_opening o ON o.matter_id = c.id
LEFT JOIN ledger_entry e ON e.id = o.entry_id
WHERE %(case)s::uuid IS NULL OR c.id = %(case)s::uuid
ORDER BY c.id, e.id
"""


def replay(case: uuid.UUID) -> State:
    """Where the entries of one case, seen by whoever acts, say that it stands.

    Raises :class:`Astray`, and ``LookupError`` for a case that is not there.
    """
    for row in rows(case):
        return fold(row.told)
    raise LookupError(f"no case {case}")


def rows(case: uuid.UUID | None = None) -> Iterator[Row]:
    """Every case, or the one, with all its entries: one query, read as it comes."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS, {"case": case})
        for _id, group in groupby(cursor, key=lambda found: found[0]):
            yield _row(list(group))


def _row(found: list[tuple[Any, ...]]) -> Row:
    _id, reference, flow, version, state, unit, accountable, received, closed = found[0][:9]
    standing = State(
        flow=flow,
        version=version,
        state=state,
        unit=unit,
        accountable=accountable,
        received_at=received,
        closed_at=closed,
    )
    entries = (line[9:] for line in found if line[9] is not None)
    told = tuple(Told(code, at, json.loads(arguments)) for code, at, arguments in entries)
    return Row(reference, standing, told)


def fold(told: Iterable[Told]) -> State:
    """What the entries amount to, step by step. Raises :class:`Astray`."""
    state: State | None = None
    for each in told:
        if state is None:
            state = _begun(each)
        elif step := _step_of(each, state):
            state = _moved(state, step, each)
        elif each.code == PASSED_ON:
            state = replace(state, accountable=uuid.UUID(each.arguments["accountable"]))
    if state is None:
        raise Astray("no entry says how it began")
    return state


def _begun(told: Told) -> State | None:
    """The entry with which a case begins names its flow; what stands before it is no step."""
    arguments = told.arguments
    if "flow" not in arguments:
        return None
    flow = _flow(arguments["flow"], arguments["version"])
    if arguments["to"] not in flow.states.values:
        raise Astray(f"it began in {arguments['to']!r}, which is no state of {flow.key}")
    return _as_told(
        State(
            flow=flow.key,
            version=flow.version,
            state=arguments["to"],
            unit=uuid.UUID(arguments["unit"]),
            accountable=uuid.UUID(arguments["accountable"]),
            received_at=datetime.fromisoformat(arguments["received"]),
        ),
        flow,
        told,
    )


def _flow(key: str, version: int) -> Flow:
    try:
        return registry.procedure(key, version).flow
    except registry.UnknownFlow as unknown:
        raise Astray(str(unknown.args[0])) from None


def _step_of(told: Told, state: State) -> Step | None:
    """The step that an entry tells of, if it is one of the case's flow."""
    prefix, _, name = told.code.rpartition(".")
    return _flow(state.flow, state.version).step(name) if prefix == state.flow else None


def _moved(state: State, step: Step, told: Told) -> State:
    arguments, flow = told.arguments, _flow(state.flow, state.version)
    if arguments["from"] != state.state:
        raise Astray(f"{step.name} began in {arguments['from']}, but it stood in {state.state}")
    if state.state not in step.source:
        raise Astray(f"{step.name} is no step from {state.state}")
    if arguments["to"] != (step.to or state.state):
        raise Astray(f"{step.name} led to {arguments['to']}, which the table does not know")
    if _is_clocks(step) != (uuid.UUID(arguments["by"]) == CLOCK):
        raise Astray(f"{step.name} was taken by {arguments['by']}, whose step it is not")
    moved = replace(
        state,
        state=arguments["to"],
        unit=uuid.UUID(arguments["unit"]),
        accountable=uuid.UUID(arguments["accountable"]),
    )
    return _as_told(moved, flow, told)


def _is_clocks(step: Step) -> bool:
    return any(role.value.is_clock for role in step.by)


def _as_told(state: State, flow: Flow, told: Told) -> State:
    """A case is closed by the entry that leads to a closed state, at that entry's moment unless
    it says that it was closed before, elsewhere."""
    if not flow.is_closed(state.state):
        return state
    before = told.arguments.get("closed")
    return replace(state, closed_at=datetime.fromisoformat(before) if before else told.at)
