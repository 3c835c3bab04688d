"""A case is moved by ``take`` alone: nothing else in the house sets its state, one or many."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import evenhand

SOURCE = Path(evenhand.__file__).parent
ENGINE = "kernel/cases/actions.py"
#: What may set it, of what makes a case what it is. An import brings cases, and moves none.
SETS = {
    "state": {ENGINE},
    "closed_at": {ENGINE},
    "accountable": {ENGINE, "kernel/cases/handover.py", "mechanisms/petitions/handing.py"},
    "accountable_id": {ENGINE, "mechanisms/petitions/effects.py"},
}
WRITES = {"update", "bulk_update", "delete", "update_or_create", "raw"}
MAKES = {"bulk_create", "create", "get_or_create"}
MAKERS = {ENGINE, "mechanisms/petitions/importing/writing.py"}
SQL = ("update cases_case", "delete from cases_case", "insert into cases_case")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCE.rglob("*.py"):
        name = path.relative_to(SOURCE).as_posix()
        if "/tests/" not in name and "/migrations/" not in name:
            yield name, ast.parse(path.read_text())


def faults(name: str, tree: ast.Module) -> list[str]:
    """Each place where a module sets what only the engine may set."""
    return [f"{name}:{line}: {what}" for line, what in _faults(name, tree)]


def _faults(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if name not in SETS.get(node.attr, {name}):
                yield node.lineno, f"sets .{node.attr}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            on_cases = "Case.objects" in ast.unparse(node.func)
            if on_cases and (node.func.attr in WRITES or _makes(node.func.attr, name)):
                yield node.lineno, f"Case.objects … {node.func.attr}"
        elif isinstance(node, ast.Constant) and _is_sql(node.value):
            yield node.lineno, "plain SQL"


def _is_sql(value: object) -> bool:
    return isinstance(value, str) and any(statement in value.lower() for statement in SQL)


def _makes(call: str, name: str) -> bool:
    return call in MAKES and name not in MAKERS


def test_nothing_but_the_engine_moves_a_case() -> None:
    found = [fault for name, tree in modules() for fault in faults(name, tree)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "case.state = 'closed'",
        "case.closed_at = at",
        "case.accountable_id = by",
        "Case.objects.filter(unit=unit).update(state='closed')",
        "Case.objects.bulk_update(cases, ['state'])",
        "Case.objects.create(state='closed')",
        "cursor.execute('UPDATE cases_case SET state = 1')",
    ],
)
def test_what_would_go_past_it_is_found(line: str) -> None:
    assert faults("web/desk/bulk.py", ast.parse(line))
