"""Published texts, against a second reading that knows nothing of the parser.

The second reading is as dumb as can be: lines, one regular expression, no numerals.
"""

import re
from pathlib import Path

import pytest

from evenhand.kernel.rules.markdown import Passage, parse

TEXTS = Path(__file__).parents[5].parent / "shared" / "data" / "rules"
FILES = sorted(TEXTS.rglob("*.md"))

pytestmark = pytest.mark.skipif(not FILES, reason=f"no texts in {TEXTS}")
each = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def body(file: Path) -> list[str]:
    after = file.read_text("utf-8").split("<!-- INFO END -->")[1]
    return [line.strip() for line in after.splitlines() if line.strip()]


def openings(file: Path) -> list[str]:
    return [line for line in body(file) if re.match(r"第[^ 　]{1,9}条[ 　]", line)]


def articles(file: Path) -> list[Passage]:
    document = parse(file.read_bytes())
    return [p for p in document.passages if p.article and not p.item]


@each
def test_no_article_is_lost_or_invented(file: Path) -> None:
    assert [f"{p.label} {p.text}".split("\n")[0] for p in articles(file)] == openings(file)


@each
def test_the_numbers_run_without_a_gap(file: Path) -> None:
    assert [p.article for p in articles(file)] == list(range(1, len(openings(file)) + 1))


@each
def test_first_and_last_sentences_are_the_same(file: Path) -> None:
    found = articles(file)
    first, last = openings(file)[0], body(file)[-1]
    assert f"{found[0].label} {found[0].text}".split("。")[0] == first.split("。")[0]
    assert found[-1].text.split("。")[-2] == re.sub("^第.+?条 ", "", last).split("。")[-2]


@each
def test_every_character_is_there_in_order(file: Path) -> None:
    passages = [p for p in parse(file.read_bytes()).passages if not p.item]
    found = "".join(p.label + p.text for p in passages)
    expected = "".join(line for line in body(file) if not line.startswith("#"))
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", expected)


@each
def test_no_item_is_lost_or_invented(file: Path) -> None:
    items = [p for p in parse(file.read_bytes()).passages if p.item]
    counted = [line for line in body(file) if re.match(r"[（(][一二三四五六七八九十]+[)）]", line)]
    assert [p.label for p in items] == [re.split("(?<=[)）])", line)[0] for line in counted]


@each
def test_every_chapter_and_section_stands_above_something(file: Path) -> None:
    above = {heading for p in parse(file.read_bytes()).passages for heading in p.path}
    headings = {line.lstrip("# ") for line in body(file) if line.startswith("#")}
    assert above == headings
