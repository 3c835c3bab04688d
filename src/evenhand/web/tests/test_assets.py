"""The built style sheet and script: complete, ours, and fetching nothing from elsewhere."""

import re
from pathlib import Path

import pytest

BUILT = Path(__file__).parents[1] / "static/build"


@pytest.fixture(scope="module")
def styles() -> str:
    return (BUILT / "evenhand.css").read_text()


def test_every_file_that_the_styles_name_was_copied(styles: str) -> None:
    named = set(re.findall(r"url\(\"?([^)\"]+)\"?\)", styles))
    assert named
    assert all((BUILT / name).is_file() for name in named)


@pytest.mark.parametrize(
    ("name", "colour"), [("brand", "#0b4f4a"), ("focus", "#f2c14e"), ("link", "#0b5d57")]
)
def test_the_colours_are_the_bodys_own(styles: str, name: str, colour: str) -> None:
    assert f"--govuk-{name}-colour: {colour}" in styles.replace(":#", ": #")


def test_no_typeface_or_crown_of_another_government(styles: str) -> None:
    assert "GDS Transport" not in styles
    assert "crown" not in styles.lower()


def test_every_class_of_ours_in_a_template_has_a_style(styles: str) -> None:
    templates = (BUILT.parents[1] / "templates").glob("**/*.html")
    used = {name for path in templates for name in re.findall(r"\bev-[\w-]+\w", path.read_text())}
    assert {name for name in used if f".{name}" not in styles} == set()
