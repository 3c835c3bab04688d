"""Why a step may not be taken. ``why_not`` asks, ``check`` raises. Pure: no query, no clock."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.access.actor import CLOCK
from evenhand.kernel.access.models import Relation

from .flows import Flow, Role, Situation, Step, Text


class StepRefused(Exception):
    """A step that may not be taken; ``reasons`` are sentences for the person who tried."""

    def __init__(self, reasons: Collection[Text]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(str(reason) for reason in self.reasons))


@dataclass(frozen=True)
class Offer:
    """A step as it stands before one person: may be taken, or why not."""

    step: Step
    reasons: tuple[Text, ...]

    @property
    def open(self) -> bool:
        return not self.reasons


ELSEWHERE = _(
    "The matter has moved on: this step is not possible any more. Open the matter again to see "
    "how it stands."
)
RUN_OUT = _("The time has run out already: it cannot be extended any more.")
CONCERNED = _("You have a stake in this matter, so somebody else has to act.")


def why_not(
    flow: Flow, step: Step, situation: Situation, relations: Collection[Relation]
) -> tuple[Text, ...]:
    """Every reason that stands against ``step``; none when it may be taken."""
    if situation.state not in step.source:
        return (ELSEWHERE,)
    if situation.by in situation.concerned:
        return (CONCERNED,)
    if not has_role(step, relations, situation.by):
        return (_may_only(step),)
    needs = [need.value for need in step.needs]
    return tuple(need.missing for need in needs if not need.check(situation))


def check(flow: Flow, step: Step, situation: Situation, relations: Collection[Relation]) -> None:
    """Raises :class:`StepRefused`."""
    if reasons := why_not(flow, step, situation, relations):
        raise StepRefused(reasons)


def has_role(step: Step, relations: Collection[Relation], by: uuid.UUID) -> bool:
    """Whether one of the step's roles is held; nobody but the clock is the clock."""
    return any(_holds(member.value, relations, by) for member in step.by)


def _holds(role: Role, relations: Collection[Relation], by: uuid.UUID) -> bool:
    if role.is_clock:
        return by == CLOCK
    return any(relation in relations for relation in role.relations)


def _may_only(step: Step) -> str:
    who = gettext(" or ").join(str(member.value.label) for member in step.by)
    return gettext("Only %(who)s may do this.") % {"who": who}
