import pytest

from evenhand.kernel.rules.markdown import Document, Passage, Unreadable, parse

from . import samples


def read(text: str) -> Document:
    return parse(text.encode())


def articles(document: Document) -> list[Passage]:
    return [p for p in document.passages if p.article and not p.item]


def test_title_and_articles() -> None:
    document = read(samples.PLAIN)
    assert document.title == "南枝县路灯管理办法"
    assert [p.label for p in articles(document)] == [f"第{n}条" for n in "一二三四五"]
    assert document.articles == 5


def test_an_article_keeps_its_paragraphs_and_items_exactly() -> None:
    second = articles(read(samples.PLAIN))[1]
    assert second.text.split("\n") == [
        "本办法所称路灯，是指下列设施：",
        "（一）灯杆；",
        "（二）灯头；",
        "（三）控制箱。",
        "前款设施由路灯所维护。",
    ]


def test_items_are_told_apart_by_paragraph() -> None:
    items = [p for p in read(samples.PLAIN).passages if p.article == 4 and p.item]
    assert [(p.paragraph, p.item, p.text) for p in items] == [
        (1, 1, "主干道，两日内；"),
        (1, 2, "其他道路，五日内。"),
        (2, 1, "停电；"),
        (2, 2, "暴雨。"),
    ]


def test_chapters_and_sections_are_the_path() -> None:
    paths = [p.path for p in articles(read(samples.PLAIN))]
    assert paths[2] == ("第二章 维护", "第一节 巡查")
    assert paths[3] == ("第二章 维护", "第二节 修复")
    assert paths[4] == ("第三章 附则",)


def test_a_section_ranks_below_its_chapter_whatever_the_hashes() -> None:
    swapped = samples.PLAIN.replace("## 第", "@@ 第").replace("### 第", "## 第")
    paths = [p.path for p in articles(read(swapped.replace("@@ 第", "### 第")))]
    assert paths[3] == ("第二章 维护", "第二节 修复")


def test_books_parts_and_articles_put_in_later() -> None:
    found = articles(read(samples.CODE))
    assert [(p.article, p.suffix, p.text) for p in found] == [
        (1, 0, "甲。"),
        (120, 0, "乙。"),
        (120, 1, "丙。"),
        (120, 2, "丁。"),
        (121, 0, "戊。"),
        (122, 0, "己。"),
    ]
    assert found[2].path == ("第一编 总则", "第二分编 灯", "第一章 灯杆")
    assert found[4].path == ("第二编 分则", "第一章 人")
    assert found[5].path == ("附则",)


def test_preamble_and_annexes_are_kept_apart_from_the_articles() -> None:
    document = read(samples.ANNEXED)
    assert document.passages[0] == Passage((), "为保护水井，制定本条例。")
    annexes = [p for p in document.passages if p.path]
    assert annexes[0] == Passage(("附件一：井栏样式",), "圆的，或者方的。")
    assert [(p.part, p.article) for p in articles(document)] == [
        *((0, n) for n in (1, 2)),
        *((1, n) for n in (1, 2, 3)),
    ]


def test_a_reference_at_the_head_of_a_paragraph_opens_no_article() -> None:
    text = (
        "# 题\n第一条 甲。\n第二条 乙。\n\n第一条 规定的除外。\n\n第一条规定的除外。\n第三条 丙。"
    )
    found = articles(read(text))
    assert [p.text for p in found] == [
        "甲。",
        "乙。\n第一条 规定的除外。\n第一条规定的除外。",
        "丙。",
    ]


@pytest.mark.parametrize(
    "dress",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("条 ", "条　"),
        lambda text: text.replace("\n", "  \n　　"),
        lambda text: text.replace("\n", "\n\u200b"),
        lambda text: text.replace("<!-- INFO END -->\n", ""),
        lambda text: text.replace("<!-- INFO END -->", "<!--info end-->"),
        lambda text: text.replace("条 ", "条"),
    ],
    ids=["crlf", "bom", "wide", "indented", "invisible", "no-mark", "other-mark", "no-space"],
)
def test_dress_changes_nothing(dress) -> None:  # type: ignore[no-untyped-def]
    plain, dressed = read(samples.PLAIN), read(dress(samples.PLAIN))
    assert [(p.article, p.item, p.text) for p in dressed.passages] == [
        (p.article, p.item, p.text) for p in plain.passages
    ]
    assert (dressed.title, dressed.dates) == (plain.title, plain.dates)


def test_headings_that_the_source_failed_to_mark() -> None:
    chapters = "第一章 总则\n{}第二章 附 则\n{}"
    text = "# 题\n目 录\n" + chapters.format("", "") + chapters.format("第一条 甲\n", "第二条 乙")
    assert [p.path for p in articles(read(text))] == [("第一章 总则",), ("第二章 附 则",)]


def test_articles_may_be_marked_as_headings() -> None:
    found = articles(read("# 题\n## 第一章 总则\n### 第一条 甲\n### 第二条\n乙"))
    assert [(p.path, p.text) for p in found] == [(("第一章 总则",), "甲"), (("第一章 总则",), "乙")]


def test_a_number_printed_twice_is_kept_twice() -> None:
    found = articles(read("# 题\n第一条 甲\n第二条 乙\n第二条 丙\n第三条 丁"))
    assert [(p.article, p.occurrence) for p in found] == [(1, 1), (2, 1), (2, 2), (3, 1)]


def test_a_heading_with_nothing_below_it_is_kept() -> None:
    last = read("# 题\n第一条 甲\n## 第二章 （删去）").passages[-1]
    assert last == Passage(("第二章 （删去）",), "")


def test_a_sentence_that_was_taken_for_a_heading_is_text() -> None:
    found = articles(read("# 题\n第一条 甲\n## 第二章 规定的，依照本条。\n第二条 乙"))
    assert found[0].text == "甲\n第二章 规定的，依照本条。"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        ("\ufeff \n\u3000\n".encode(), "empty"),
        ("# 题\n第一条 甲".encode("gb18030"), "UTF-8"),
        ("# 题\n第一条 甲\0".encode(), "NUL"),
        ("第一条 甲".encode(), "no title"),
        ("## 第一章 总则\n第一条 甲".encode(), "no title"),
        ("# 第一章 总则\n第一条 甲".encode(), "no title"),
        (f"# {'题' * 501}\n第一条 甲".encode(), "longer"),
        ("# 决定\n一、将第三条修改为：\n“第三条 乙”".encode(), "no articles"),
        ("# 决定\n第一百六十二条后增加一条：“甲”".encode(), "no articles"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        parse(raw)
