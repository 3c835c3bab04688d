"""What is wrong with a flow's table. Run as a Django system check and by ``evenhand flows``."""

import enum
from collections.abc import Iterator

from evenhand.base.profile import Profile

from .flows import Flow, Step, Term


def problems(flow: Flow, profile: Profile) -> list[str]:
    """Every problem as one line; an empty list for a sound table."""
    return [
        *_unreachable(flow),
        *_dead_ends(flow),
        *_terms(flow),
        *_clocks(flow),
        *_unused(flow),
        *_keys(flow, profile),
    ]


def _moves(flow: Flow) -> Iterator[tuple[str, str]]:
    for step in flow.steps:
        for source in step.source:
            yield str(source), str(step.to if step.to is not None else source)


def _closure(start: set[str], moves: set[tuple[str, str]]) -> set[str]:
    known = set(start)
    while new := {to for source, to in moves if source in known} - known:
        known |= new
    return known


def _unreachable(flow: Flow) -> Iterator[str]:
    reached = _closure({str(flow.initial)}, set(_moves(flow)))
    for state in flow.states:
        if str(state) not in reached:
            yield f"{flow.key}: no step leads to {state.name}"


def _dead_ends(flow: Flow) -> Iterator[str]:
    backwards = {(to, source) for source, to in _moves(flow)}
    ending = _closure({str(state) for state in flow.closed}, backwards)
    for state in flow.states:
        if str(state) not in ending:
            yield f"{flow.key}: from {state.name} no step leads to an end"
    for step in flow.steps:
        for state in step.source:
            if state in flow.closed:
                yield f"{flow.key}: step {step.name} leaves the closed state {state.name}"


def _terms(flow: Flow) -> Iterator[str]:
    clocks = [str(stage) for term in flow.terms for stage in term.stages]
    for state in flow.states:
        count = clocks.count(str(state))
        if state in flow.closed and count:
            yield f"{flow.key}: the closed state {state.name} has a term"
        if state not in flow.closed and count != 1:
            yield f"{flow.key}: {state.name} has {count} terms instead of one"


def _clocks(flow: Flow) -> Iterator[str]:
    names = [step.name for step in flow.steps]
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield f"{flow.key}: step {name} stands twice"
    by_name = {step.name: step for step in flow.steps}
    waits = [(t.length, t.then, t.stages) for t in flow.terms]
    waits += [(s.opens.length, s.opens.then, s.source) for s in flow.steps if s.opens]
    for length, then, stages in waits:
        step = by_name.get(then)
        if step is None:
            yield f"{flow.key}: the term {length} names no step of the table: {then}"
            continue
        if not any(member.value.is_clock for member in step.by):
            yield f"{flow.key}: the clock may not take {step.name}, which {length} names"
        for stage in stages:
            if stage not in step.source:
                yield f"{flow.key}: {step.name} cannot be taken from {stage.name}"


def _unused(flow: Flow) -> Iterator[str]:
    used: set[enum.Enum] = {member for step in flow.steps for member in (*step.by, *step.needs)}
    for member in (*flow.roles, *flow.needs):
        if member not in used:
            yield f"{flow.key}: {type(member).__name__}.{member.name} is used by no step"


def _keys(flow: Flow, profile: Profile) -> Iterator[str]:
    rows: tuple[Step | Term, ...] = (*flow.steps, *flow.terms)
    for row in rows:
        if not row.basis:
            yield f"{flow.key}: {row} has no basis"
        elif row.basis not in profile.bases:
            yield f"{profile.folder / 'bases.toml'}: no basis {row.basis!r}, which {flow.key} cites"
    lengths = [term.length for term in flow.terms]
    lengths += [
        key
        for step in flow.steps
        for key in (step.extends, step.opens and step.opens.length)
        if key
    ]
    for key in lengths:
        if key not in profile.figures:
            yield f"{profile.folder / 'figures.toml'}: no figure {key!r}, which {flow.key} needs"
