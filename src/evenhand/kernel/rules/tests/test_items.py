from evenhand.kernel.rules.items import items


def read(*lines: str) -> list[tuple[int, int, str]]:
    return [(item.paragraph, item.number, item.text) for item in items(lines)]


def test_items_belong_to_the_paragraph_that_opens_them() -> None:
    found = read("有下列情形：", "（一）甲；", "（二）乙。", "减轻情形：", "（一）丙。")
    assert found == [(1, 1, "甲；"), (1, 2, "乙。"), (2, 1, "丙。")]


def test_half_width_brackets_and_indents_are_items_too() -> None:
    assert read("下列：", "(一) 甲", "( 二 )乙", "- （三）丙") == [
        (1, 1, "甲"),
        (1, 2, "乙"),
        (1, 3, "丙"),
    ]


def test_what_is_numbered_below_an_item_stays_with_it() -> None:
    assert read("下列：", "（一）甲：", "1.子", "（1）丑", "①寅", "（二）乙") == [
        (1, 1, "甲：\n1.子\n（1）丑\n①寅"),
        (1, 2, "乙"),
    ]


def test_a_list_that_goes_on_keeps_the_lines_between() -> None:
    assert read("下列：", "（一）甲", "续甲", "（二）乙", "完") == [
        (1, 1, "甲\n续甲"),
        (1, 2, "乙"),
    ]


def test_items_may_run_on_in_one_line() -> None:
    found = read("下列行为：（一）甲；（二）乙，见第（一）项；（三）丙。")
    assert found == [(1, 1, "甲；"), (1, 2, "乙，见第（一）项；"), (1, 3, "丙。")]


def test_a_remark_in_brackets_is_no_item() -> None:
    assert read("甲，（二）号灯除外。", "乙（一）。", "（十百）丙", "丁：（十百）戊") == []


def test_arabic_numbers_count_where_no_chinese_ones_stand_above() -> None:
    assert read("下列：", "（1）甲", "（2）乙") == [(1, 1, "甲"), (1, 2, "乙")]


def test_an_article_without_a_list_has_no_items() -> None:
    assert read("甲。", "1. 乙", "丙。") == []
