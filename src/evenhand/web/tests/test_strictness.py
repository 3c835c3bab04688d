"""What no template of the project may hold, for the content security policy allows none of it."""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2]
TEMPLATES = sorted(SOURCES.glob("**/templates/**/*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "inline handler": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//"),
    "hard-coded colour": re.compile(r"[\"':\s]#[0-9a-f]{3}(?:[0-9a-f]{3})?[\"';]", re.IGNORECASE),
}
GUILTY = [
    '<p style="color: red">',
    "<script>alert(1)</script>",
    '<button onclick="go()">',
    '<a href="javascript:go()">',
    '<img src="//elsewhere.example/a.png">',
    '<path fill="#0b4f4a"/>',
]


def faults(text: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_a_template_keeps_to_the_policy(path: Path) -> None:
    assert faults(path.read_text()) == []


@pytest.mark.parametrize(("text", "name"), list(zip(GUILTY, FORBIDDEN, strict=True)))
def test_the_scan_sees_what_it_looks_for(text: str, name: str) -> None:
    assert name in faults(text)
