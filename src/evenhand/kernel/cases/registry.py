"""The flows that run here, with what their mechanisms add to the engine's moves."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evenhand.kernel.access.models import Relation
from evenhand.kernel.ledger import codes as ledger_codes
from evenhand.kernel.organisation.models import Person

from .flows import Flow, Step
from .models import Case


@dataclass(kw_only=True)
class Change:
    """A case that changes: what its mechanism may read, set and add to.

    ``case`` is locked; its unit, title, accountable person and what else is set are saved by
    the engine. ``concerned`` are those who were kept away before. ``arguments`` go into the
    ledger entry.
    """

    case: Case
    by: uuid.UUID
    at: datetime
    concerned: frozenset[uuid.UUID]
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Passing(Change):
    """A case that passes to ``taker``, because whoever answered for it leaves a post."""

    leaving: uuid.UUID
    taker: Person


@dataclass(kw_only=True)
class Taking(Change):
    """A step being taken.

    ``relations`` are those of whoever acts. ``afterwards`` runs last in the transaction: for
    what may end the actor's own sight of the case. ``counted_from`` is set where the next term
    runs from another moment than this one, such as the day of service; ``also_tell`` are
    members of the staff who learn of the step.
    """

    step: Step
    facts: Mapping[str, Any]
    relations: frozenset[Relation]
    unit_before: uuid.UUID
    accountable_before: uuid.UUID
    afterwards: list[Callable[[], object]] = field(default_factory=list)
    counted_from: datetime | None = None
    also_tell: list[Person] = field(default_factory=list)

    @property
    def changes_hands(self) -> bool:
        """Whether another unit, or another person, is in charge after the step."""
        before = (self.unit_before, self.accountable_before)
        return before != (self.case.unit_id, self.case.accountable_id)


Effect = Callable[[Taking], None]


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """A flow, and what its mechanism knows: the snapshot that needs are checked against, what
    else a step does, and what else passes on with a case."""

    flow: Flow
    situate: Callable[[Case], Any]
    effects: Mapping[str, Effect]
    pass_on: Callable[[Passing], None]


class UnknownFlow(KeyError):
    """A case or a profile names a flow that no installed app provides."""


_procedures: dict[tuple[str, int], Procedure] = {}


def register(procedure: Procedure) -> None:
    """Add a procedure and the ledger codes of its steps.

    Raises ``ValueError`` for an effect of no step, and for a key and version taken twice.
    """
    flow = procedure.flow
    if strangers := set(procedure.effects) - {step.name for step in flow.steps}:
        raise ValueError(f"{flow.key}: effects of no step: {', '.join(sorted(strangers))}")
    if _procedures.setdefault((flow.key, flow.version), procedure) is not procedure:
        raise ValueError(f"flow {flow.key} version {flow.version} is registered twice")
    ledger_codes.register(
        *(ledger_codes.Code(code_of(flow, step.name), step.label) for step in flow.steps)
    )


def code_of(flow: Flow, step: str) -> str:
    """The ledger code under which a step is entered."""
    return f"{flow.key}.{step}"


def procedure(key: str, version: int) -> Procedure:
    """Raises :class:`UnknownFlow`."""
    try:
        return _procedures[key, version]
    except KeyError:
        raise UnknownFlow(f"no installed app provides flow {key!r} version {version}") from None


def newest(key: str) -> Procedure:
    """The version that new cases run on. Raises :class:`UnknownFlow`."""
    versions = [version for flow, version in _procedures if flow == key]
    return procedure(key, max(versions, default=0))


def every() -> tuple[Procedure, ...]:
    return tuple(_procedures[key] for key in sorted(_procedures))
