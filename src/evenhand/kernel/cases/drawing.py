"""A flow, drawn: for the reference, and for the page "how your matter is handled"."""

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.base.profile import Profile

from .flows import Flow, Step, Term, Text


@dataclass(frozen=True)
class Stage:
    """One stage of the usual way: its clock, the step that leads on, and the other ways out."""

    state: str
    label: Text
    term: Term | None
    length: str
    onward: Step | None
    otherwise: tuple[Step, ...]


def usual_way(flow: Flow, profile: Profile) -> tuple[Stage, ...]:
    """The stages of ``flow.path`` in order, with what leads from each to the next. Calling the
    matter off, which is possible nearly everywhere, is left out."""
    return tuple(_stages(flow, profile))


def _stages(flow: Flow, profile: Profile) -> Iterator[Stage]:
    for state, following in zip(flow.path, (*flow.path[1:], None), strict=True):
        steps = flow.steps_from(state)
        onward = next((s for s in steps if s.to == following), None) if following else None
        term = flow.term_of(state)
        yield Stage(
            state=str(state),
            label=state.label,
            term=term,
            length=profile.figure(term.length).value if term else "",
            onward=onward,
            otherwise=tuple(s for s in steps if s.to not in (None, following, *flow.called_off)),
        )


def markdown(flow: Flow, profile: Profile) -> str:
    """The whole table and its diagram, in English, for ``docs/reference``."""
    return "\n".join(
        [
            f"# {flow.title} (`{flow.key}`, version {flow.version})",
            "",
            *_diagram(flow),
            "",
            "## Steps",
            "",
            "| step | from | to | by | needs | published | basis |",
            "|---|---|---|---|---|---|---|",
            *(_step_row(step, profile) for step in flow.steps),
            "",
            "## Terms",
            "",
            "| stages | length | counted from | when it ends | basis |",
            "|---|---|---|---|---|",
            *(_term_row(term, profile) for term in flow.terms),
            "",
        ]
    )


def _diagram(flow: Flow) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {flow.initial}"
    for step in flow.steps:
        for source in step.source:
            if step.to is not None:
                yield f"    {source} --> {step.to}: {step.name}"
    for state in flow.closed:
        yield f"    {state} --> [*]"
    yield "```"


def _step_row(step: Step, profile: Profile) -> str:
    cells = [
        f"**{step.name}**: {step.label}",
        ", ".join(str(state) for state in step.source),
        str(step.to) if step.to is not None else "(stays)",
        ", ".join(str(member.value.label) for member in step.by),
        ", ".join(member.value.name for member in step.needs) or "–",
        str(step.publish.value),
        profile.basis(step.basis),
    ]
    return f"| {' | '.join(cells)} |"


def _term_row(term: Term, profile: Profile) -> str:
    figure = profile.figure(term.length)
    cells = [
        ", ".join(str(stage) for stage in term.stages),
        f"{figure.value} ({figure.source})",
        str(term.counts_from.value),
        f"the clock takes *{term.then}*" + (" (a window, never a breach)" if term.window else ""),
        figure.citation,
    ]
    return f"| {' | '.join(cells)} |"
