"""How the tests of the import call it."""

from typing import Protocol

from evenhand.kernel.organisation.importing.plan import Plan


class Bring(Protocol):
    """Import sheets given as text, by name; ``write=False`` is the preview."""

    def __call__(self, *, write: bool = True, **sheets: str) -> Plan: ...


def told(plan: Plan) -> list[str]:
    return [str(problem) for problem in plan.problems]
