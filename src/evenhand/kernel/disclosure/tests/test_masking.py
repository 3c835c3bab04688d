"""What the first pass takes out, and what it leaves."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.kernel.disclosure.masking import mask, spans

TAKEN_OUT = [
    ("Call me at 138 0013 8000 please.", "Call me at [number] please."),
    ("Call 0571-87654321 or +86 13800138000.", "Call [number] or [number]."),
    ("My card is 11010519491231002X.", "My card is [number]."),
    ("Write to lin.m@example.org.", "Write to [contact]."),
    ("I live at 12 Willow Lane, Flat 5.", "I live at [address] Willow Lane, [address]."),
    ("No. 7a by the drain", "[address] by the drain"),
]
TAKEN_OUT_CHINESE = [
    ("本人住柳巷12号3单元501室。", "本人住柳巷[住址][住址]。"),
    ("柳巷十二号院", "柳巷[住址]"),
    ("3栋2单元501", "[住址]"),
    ("电话13800138000，车牌浙A12345。", "电话[号码]，车牌[号码]。"),
    ("微信号：lin_2026", "[联系方式]"),
]
LEFT = [
    "The drain was seen on 2026-03-09 and on 9 March 2026.",
    "Willow Lane was paved in 1998 for 1,200,000 yuan.",
    "Drainage Regulation, art. 12",
    "3月9号现场查看，见第12号令和南信复字〔2026〕1号。",
    "征求了相邻三幢楼的意见，室内只有十三度，看了3栋楼。",
    "费用共计1200万元，涉及5户居民。",
]


@pytest.mark.parametrize(("text", "public"), TAKEN_OUT)
def test_what_tells_of_a_person_is_taken_out(text: str, public: str) -> None:
    assert mask(text, language="en") == public


@pytest.mark.parametrize(("text", "public"), TAKEN_OUT_CHINESE)
def test_chinese_numbers_and_houses_are_taken_out(text: str, public: str) -> None:
    traits = {"[住址]": "[address]", "[号码]": "[number]", "[联系方式]": "[contact]"}
    for chinese, english in traits.items():
        public = public.replace(chinese, english)
    assert mask(text, language="en") == public


@pytest.mark.parametrize("text", LEFT)
def test_days_figures_and_documents_are_left(text: str) -> None:
    assert mask(text, language="en") == text


def test_a_name_is_taken_out_whole_and_in_part() -> None:
    text = "Ms Meilin Zhao came; MEILIN said so, and Zhao signed. Zhaoxian Road is wet."
    public = "Ms [name] came; [name] said so, and [name] signed. Zhaoxian Road is wet."
    assert mask(text, language="en", people=["Meilin Zhao"]) == public


def test_a_chinese_name_is_taken_out_with_its_forms_of_address() -> None:
    text = "林小满女士来访，林女士称……老林家门前积水。林业局到场。"
    public = "[name]女士来访，[name]称……老林家门前积水。林业局到场。"
    assert mask(text, language="en", people=["林小满"]) == public


def test_contacts_are_taken_out_however_they_are_written() -> None:
    public = mask(
        "At 柳巷尾蓝门 or 0571 555-01 19 or LIN@example.org",
        language="en",
        contacts=["柳巷尾蓝门", "0571-5550119", "lin@example.org"],
    )
    assert public == "At [contact] or [contact] or [contact]"


@given(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_keeps_all_that_is_not_taken_out(text: str, people: list[str]) -> None:
    found = spans(text, people=people, contacts=people)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["1" * 20_000, "1 " * 10_000, "十" * 20_000, "a@" * 10_000])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    assert mask(text, language="en", people=["十十"], contacts=["12345"]) is not None
