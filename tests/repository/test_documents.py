"""The documents: every link leads somewhere, nothing in them is stale or out of place."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from evenhand.config import reference
from evenhand.config.management.commands.docs import stale_pages

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
NAMES = [str(path.relative_to(PROJECT)) for path in DOCUMENTS]
_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
#: Where somebody worked, and who or what wrote it: neither is a reader's business.
_OUT_OF_PLACE = re.compile(
    r"/(?:work|home|root|Users)/|\b(?:AI|LLM|GPT|chatbot|language model|co-authored|"
    r"generated with)\b|\b(?:TODO|FIXME|TBD)\b"
)


def prose(path: Path) -> str:
    """The text without its code."""
    return _CODE.sub("", path.read_text("utf-8"))


def anchors(path: Path) -> set[str]:
    """The headings of a document, as links name them."""
    without_blocks = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.M | re.S)
    slugs = [slug(heading) for heading in _HEADING.findall(without_blocks)]
    repeated: Counter[str] = Counter()
    found = set()
    for name in slugs:
        found.add(f"{name}-{repeated[name]}" if repeated[name] else name)
        repeated[name] += 1
    return found


def slug(heading: str) -> str:
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")


def broken_links(path: Path) -> Iterator[str]:
    for link in _LINK.findall(prose(path)):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        place, _, heading = link.partition("#")
        target = (path.parent / place).resolve() if place else path
        if not target.exists() or (heading and heading not in anchors(target)):
            yield link


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert list(broken_links(path)) == []


def test_a_link_to_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Here\n[a](#here) [b](#there) [c](page.md#here) [d](gone.md) `[e](code)`")
    assert list(broken_links(page)) == ["#there", "gone.md"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_nothing_is_out_of_place(path: Path) -> None:
    assert _OUT_OF_PLACE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_lines_fit_a_screen_unless_they_are_tables(path: Path) -> None:
    if "reference" in path.parts:
        return
    lines = [line for line in path.read_text("utf-8").splitlines() if len(line) > 120]
    assert [line for line in lines if not line.startswith("|")] == []


def test_every_guide_and_decision_is_listed() -> None:
    for folder in (PROJECT / "docs" / "how-to", PROJECT / "docs" / "adr"):
        listed = set(_LINK.findall((folder / "README.md").read_text("utf-8")))
        assert {path.name for path in folder.glob("*.md")} - {"README.md"} <= listed


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(p.name[:4]) for p in sorted((PROJECT / "docs/adr").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_verbs_that_the_documents_name_are_there() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    named = {
        verb for path in DOCUMENTS for verb in re.findall(r"`make ([a-z-]+)`", path.read_text())
    }
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_files_that_the_code_refers_to_are_there() -> None:
    sources = [*PROJECT.glob("src/**/*.py"), *PROJECT.glob("tools/*")]
    pattern = r"docs/(?:how-to|adr|reference|architecture)[\w./-]*\.md"
    named = {n for path in sources for n in re.findall(pattern, path.read_text("utf-8"))}
    assert named
    assert [name for name in sorted(named) if not (PROJECT / name).exists()] == []


def test_the_reference_is_up_to_date() -> None:
    with translation.override("en"):
        pages = reference.pages(PROJECT)
    assert stale_pages(PROJECT / "docs" / "reference", pages) == []


def test_a_stale_missing_or_strange_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "stale.md").write_text("old")
    (tmp_path / "strange.md").write_text("?")
    assert stale_pages(tmp_path, {"stale.md": "new", "missing.md": "new"}) == [
        "docs/reference/missing.md is missing",
        "docs/reference/stale.md is stale",
        "docs/reference/strange.md is nobody's page",
    ]


def test_the_reference_is_the_same_whatever_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    with translation.override("en"):
        once = reference.pages(PROJECT)
        assert reference.pages(PROJECT) == once
    assert not any(str(PROJECT) in text for text in once.values())
