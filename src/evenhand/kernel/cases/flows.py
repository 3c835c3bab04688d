"""A procedure as a table: states, steps, terms. Frozen, readable by a lawyer.

A mechanism writes its table in ``flow.py`` and registers it when the apps are ready. The
engine (:mod:`.actions`) runs any table; the check (:mod:`.check`) refuses a bad one.
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.access.models import Relation

Text = str | Promise


@dataclass(frozen=True)
class Situation:
    """What the needs of a step are checked against: no query, no clock.

    ``subject`` is the mechanism's own snapshot of the matter; ``facts`` is what came with the
    step; ``concerned`` holds the ids of those with a stake.
    """

    state: str
    by: Any
    at: datetime
    subject: Any
    facts: Mapping[str, Any]
    concerned: frozenset[Any]


@dataclass(frozen=True)
class Role:
    """Who may take a step: a relation to this very case."""

    name: str
    label: Text
    relations: tuple[Relation, ...] = ()
    is_clock: bool = False


@dataclass(frozen=True)
class Need:
    """What must hold before a step; ``missing`` tells what to do when it does not."""

    name: str
    missing: Text
    check: Callable[[Situation], bool]


class Publish(enum.Enum):
    """What becomes public when a step is taken."""

    NOTHING = _("nothing")
    COUNT = _("that it happened, as one of a number")
    ANSWER = _("the answer, after somebody has taken out what names people")


class CountsFrom(enum.Enum):
    """From which moment a term is counted."""

    RECEIVED = _("the moment the matter was received")
    ENTRY = _("the moment the stage was entered")
    DUE = _("the day on which the term before it ends")


@dataclass(frozen=True)
class Side:
    """A window beside the stage's own clock, such as a cooling-off; the clock takes ``then``."""

    length: str
    then: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One move. ``to=None`` leaves the state as it is; ``extends`` names the figure by which
    the running term is lengthened; ``opens`` a side window, ``ends`` the figure of the one it
    ends."""

    name: str
    label: Text
    source: tuple[models.TextChoices, ...]
    to: models.TextChoices | None
    by: tuple[enum.Enum, ...]
    basis: str
    needs: tuple[enum.Enum, ...] = ()
    publish: Publish = Publish.NOTHING
    told: Text = ""
    extends: str = ""
    opens: Side | None = None
    ends: str = ""


@dataclass(frozen=True, kw_only=True)
class Term:
    """The clock of one stage, or of several that share it. When it runs out, the clock takes
    the step ``then``. A ``window`` is somebody else's period: it cannot be breached."""

    stages: tuple[models.TextChoices, ...]
    length: str
    then: str
    basis: str
    counts_from: CountsFrom = CountsFrom.ENTRY
    window: bool = False
    promise: Text = ""


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A whole procedure. ``closed`` states end it; in the ``called_off`` ones among them what
    ran is cancelled, never counted as kept. ``path`` is the usual way, for drawing."""

    key: str
    version: int
    mechanism: str
    title: Text
    states: type[models.TextChoices]
    roles: type[enum.Enum]
    needs: type[enum.Enum]
    initial: models.TextChoices
    closed: tuple[models.TextChoices, ...]
    called_off: tuple[models.TextChoices, ...] = ()
    steps: tuple[Step, ...]
    terms: tuple[Term, ...]
    path: tuple[models.TextChoices, ...] = ()

    def step(self, name: str) -> Step:
        """Raises ``KeyError``."""
        return self._steps[name]

    def term_of(self, state: str) -> Term | None:
        """The clock that runs in ``state``; none in a closed one."""
        return self._terms.get(state)

    def steps_from(self, state: str) -> tuple[Step, ...]:
        return tuple(s for s in self.steps if state in s.source)

    def is_closed(self, state: str) -> bool:
        return state in self.closed

    _steps: Mapping[str, Step] = field(init=False, repr=False, compare=False)
    _terms: Mapping[str, Term] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_steps", {step.name: step for step in self.steps})
        object.__setattr__(
            self, "_terms", {str(stage): term for term in self.terms for stage in term.stages}
        )
