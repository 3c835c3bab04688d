"""The clocks of a case: what a move ends, opens, lengthens, and passes to somebody else."""

from datetime import datetime

from evenhand.kernel.obligations import actions as obligations
from evenhand.kernel.obligations.models import Obligation, ObligationQuerySet

from . import refusals
from .flows import CountsFrom, Flow, Step, Term
from .models import Case
from .registry import Taking

CONSEQUENCE = "cases.clock"


def turn(taking: Taking, flow: Flow, before: str) -> Obligation | None:
    """End what the move ends, open what it opens; returns the clock it started, if any."""
    case, step, at = taking.case, taking.step, taking.at
    mine = obligations_of(case)
    if taking.changes_hands:
        obligations.hand_over(mine, unit=case.unit_id, bearer=case.accountable_id)
    if ended := _ended_beside(flow, step, before, case.state):
        obligations.cancel(mine.filter(key__in=ended), at=at)
    started = _lengthen(case, flow, step, at) if step.extends else None
    if step.opens:
        started = _open(case, step.opens.length, then=step.opens.then, since=at, at=at, window=True)
    term, former = flow.term_of(case.state), flow.term_of(before)
    if case.state in flow.called_off:
        obligations.cancel(mine, at=at)
    elif flow.is_closed(case.state):
        obligations.submit(mine, at=at)
    elif term is not former:
        due_before = _end(case, former, at)
        since = taking.counted_from
        started = start(case, flow, at=at, due_before=due_before, since=since)
    return started


def _ended_beside(flow: Flow, step: Step, before: str, now: str) -> list[str]:
    """Figures of the side windows that this move ends: the one that the step names, and those
    that end with the stages in which they may be used."""
    ended = [step.ends] if step.ends else []
    for opening in flow.steps:
        if opening.opens and before != now:
            usable = flow.step(opening.opens.then).source
            ended += [opening.opens.length] * (before in usable and now not in usable)
    return ended


def obligations_of(case: Case) -> ObligationQuerySet:
    return Obligation.objects.filter(matter_id=case.id)


def _running(case: Case, term: Term) -> Obligation:
    """The open clock of a term; an extension stands in for what it lengthens."""
    return obligations_of(case).open().filter(argument=term.then).latest("due_at")


def _end(case: Case, term: Term | None, at: datetime) -> datetime | None:
    """What the term asked for is done; returns when it was due."""
    if term is None:
        return None
    running = _running(case, term)
    obligations.submit(Obligation.objects.filter(id=running.id), at=at)
    return running.due_at


def start(
    case: Case,
    flow: Flow,
    *,
    at: datetime,
    due_before: datetime | None = None,
    since: datetime | None = None,
) -> Obligation:
    """The clock of the stage in which the case stands."""
    term = flow.term_of(case.state)
    assert term is not None  # the flow check refuses an open state without a term
    starts = {
        CountsFrom.RECEIVED: case.received_at,
        CountsFrom.DUE: due_before or at,
        CountsFrom.ENTRY: since or at,
    }[term.counts_from]
    return _open(case, term.length, then=term.then, since=starts, at=at, window=term.window)


def _lengthen(case: Case, flow: Flow, step: Step, at: datetime) -> Obligation:
    """The term goes on from the day on which it would have ended; one that has run out stays
    broken, for no extension makes it kept. Raises :class:`~.refusals.StepRefused`."""
    term = flow.term_of(case.state)
    assert term is not None
    running = _running(case, term)
    if running.due_at < at:
        raise refusals.StepRefused([refusals.RUN_OUT])
    obligations.cancel(Obligation.objects.filter(id=running.id), at=at)
    return _open(case, step.extends, then=term.then, since=running.due_at, at=at, window=False)


def _open(
    case: Case, key: str, *, then: str, since: datetime, at: datetime, window: bool
) -> Obligation:
    opening = obligations.Opening(
        mechanism=case.mechanism,
        key=key,
        matter=case.id,
        unit=case.unit_id,
        bearer=case.accountable_id,
        counted_from=since,
        consequence=CONSEQUENCE,
        argument=then,
        window=window,
    )
    return obligations.open_one(opening, at=at)
