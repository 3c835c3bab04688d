"""Any instrument that can be written is read back as it was written."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from evenhand.kernel.rules.markdown import Passage, parse
from evenhand.kernel.rules.numerals import to_chinese

SENTENCE = st.lists(
    st.sampled_from(
        ["甲", "乙", "应当", "依照第三条", "，", "第（一）项", "二○二六年", "(见附件)", " "]
    ),
    min_size=1,
    max_size=8,
).map(lambda words: "凡" + "".join(words).rstrip() + "。")


@dataclass(frozen=True)
class Article:
    later: int
    paragraphs: list[str]
    items: list[str]

    def lines(self, label: str) -> list[str]:
        listed = [f"（{to_chinese(n)}）{text}" for n, text in enumerate(self.items, start=1)]
        return [f"{label} {self.paragraphs[0]}", *listed, *self.paragraphs[1:]]


Expected = tuple[tuple[str, ...], int, int, str, list[str]]
ARTICLES = st.builds(
    Article,
    later=st.integers(0, 2),
    paragraphs=st.lists(SENTENCE, min_size=1, max_size=3),
    items=st.lists(SENTENCE, max_size=12),
)
SECTIONS = st.lists(ARTICLES, max_size=4)
CHAPTERS = st.lists(st.lists(SECTIONS, min_size=1, max_size=3), min_size=1, max_size=4)


def written(chapters: list[list[list[Article]]]) -> tuple[list[str], list[Expected]]:
    """The lines of an instrument, and what reading them must find."""
    lines, expected = ["# 试验条例", "<!-- INFO END -->"], list[Expected]()
    number = 0
    for chapter_number, chapter in enumerate(chapters, start=1):
        path = [f"第{to_chinese(chapter_number)}章 试验"]
        lines.append(f"## {path[0]}")
        for section_number, section in enumerate(chapter, start=1):
            path[1:] = [f"第{to_chinese(section_number)}节 试验"]
            lines.append(f"### {path[1]}")
            for article in section:
                number += 1
                for suffix in range(article.later + 1):
                    label = f"第{to_chinese(number)}条" + (
                        f"之{to_chinese(suffix)}" if suffix else ""
                    )
                    block = article.lines(label)
                    lines += block
                    text = "\n".join(block).removeprefix(f"{label} ")
                    expected.append((tuple(path), number, suffix, text, article.items))
    return lines, expected


@given(
    chapters=CHAPTERS.filter(lambda chapters: any(any(c) for c in chapters)),
    end=st.sampled_from(["\n", "\n\n", "\r\n", "\n　　"]),
)
def test_a_generated_instrument_reads_back(chapters: list[list[list[Article]]], end: str) -> None:
    lines, expected = written(chapters)
    document = parse(end.join(lines).encode())
    passages = [p for p in document.passages if p.article]
    found = [
        (p.path, p.article, p.suffix, p.text, _items(passages, p.article, p.suffix))
        for p in passages
        if not p.item
    ]
    assert found == expected
    assert document.articles == len(expected)


def _items(passages: list[Passage], article: int | None, suffix: int) -> list[str]:
    return [p.text for p in passages if (p.article, p.suffix) == (article, suffix) and p.item]
