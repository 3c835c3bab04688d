"""The tables from which the reference is made leave nothing out."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.core.management import get_commands

from evenhand.config.cli import COMMANDS
from evenhand.config.database import _URL_VARIABLE
from evenhand.config.environment import VARIABLES

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = [p for p in (PROJECT / "src").rglob("*.py") if "tests" not in p.parts]
NAMES = {variable.name for variable in VARIABLES}
#: Not ours to explain.
OTHERS = {"PATH", "DJANGO_SETTINGS_MODULE"}


def read_variables() -> Iterator[tuple[str, str | None]]:
    """Each name that a call or subscript of ``os.environ`` names, with its default if written."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Attribute(attr="environ")),
                    args=[ast.Constant(value=str(name)), *rest],
                ):
                    written = rest and isinstance(rest[0], ast.Constant)
                    yield name, str(rest[0].value) if written else None  # type: ignore[attr-defined]
                case ast.Subscript(
                    value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name))
                ):
                    yield name, None


def test_every_variable_that_is_read_is_in_the_table() -> None:
    read = {name for name, _default in read_variables()} | set(_URL_VARIABLE.values())
    assert read - OTHERS == NAMES


def test_defaults_are_those_of_the_code() -> None:
    written = {v.name: v.default for v in VARIABLES}
    for name, default in read_variables():
        if default is not None and name in NAMES - {"EVENHAND_DATABASE_ROLE", "EVENHAND_MODE"}:
            assert written[name] == default, name


def test_no_variable_is_named_in_the_documents_that_is_not_read() -> None:
    texts = [p.read_text("utf-8") for p in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"))]
    pattern = r"\b(?:EVENHAND_[A-Z][A-Z_]+|DATABASE_[A-Z_]*URL)\b"
    assert {name for text in texts for name in re.findall(pattern, text)} <= NAMES


def test_every_command_of_ours_is_listed() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("evenhand")}
    assert ours == set(COMMANDS)


def test_no_word_of_the_glossary_stands_twice() -> None:
    topics = tomllib.loads((PROJECT / "docs/glossary.toml").read_text("utf-8"))["topic"]
    words = [term["en"] for topic in topics for term in topic["terms"]]
    assert sorted(words) == sorted(set(words))
    assert all(re.search(r"[\u4e00-\u9fff]", t["zh"]) for topic in topics for t in topic["terms"])
