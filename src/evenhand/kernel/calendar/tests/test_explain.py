"""Whole sentences, in both languages."""

from datetime import datetime

import pytest
from django.utils.translation import override

from ..count import due
from ..explain import explain
from ..pauses import Stretch
from ..terms import Term, Unit
from .cast import CHINA, LONDON, SCOTLAND, SHANGHAI, beijing, utc


def told(language: str, term: str, start: datetime, *pauses: Stretch, rolls: bool = False) -> str:
    with override(language):
        return explain(due(Term.parse(term), start, CHINA, SHANGHAI, pauses, rolls=rolls))


PAUSE = beijing(2026, 3, 6), beijing(2026, 3, 13)
CASES: dict[str, tuple[str, datetime, tuple[Stretch, ...], bool, str, str]] = {
    "weekends": (
        "15 wd",
        beijing(2026, 3, 3),
        (),
        False,
        "15 working days from 3 March 2026, not counting weekends, is 24 March 2026.",
        "从2026年3月3日的次日起算15个工作日，周末不计在内，到2026年3月24日为止。",
    ),
    "nothing on the way": (
        "2 wd",
        beijing(2026, 3, 3),
        (),
        False,
        "2 working days from 3 March 2026 is 5 March 2026.",
        "从2026年3月3日的次日起算2个工作日，到2026年3月5日为止。",
    ),
    "Qingming": (
        "15 wd",
        beijing(2026, 3, 30),
        (),
        False,
        "15 working days from 30 March 2026, not counting weekends and Qingming Festival "
        "(4–6 April), is 21 April 2026.",
        "从2026年3月30日的次日起算15个工作日，周末和清明节（4月4日至6日）不计在内，"
        "到2026年4月21日为止。",
    ),
    "two holidays and a make-up day": (
        "15 wd",
        beijing(2026, 9, 21),
        (),
        False,
        "15 working days from 21 September 2026, not counting weekends, Mid-Autumn Festival "
        "(25–27 September) and National Day (1–7 October) but counting the make-up working day "
        "10 October, is 19 October 2026.",
        "从2026年9月21日的次日起算15个工作日，周末、中秋节（9月25日至27日）和"
        "国庆节（10月1日至7日）不计在内，调休上班的10月10日计算在内，到2026年10月19日为止。",
    ),
    "two months and two make-up days": (
        "15 wd",
        beijing(2025, 1, 20),
        (),
        False,
        "15 working days from 20 January 2025, not counting weekends and Spring Festival "
        "(28 January – 4 February) but counting the make-up working days 26 January and "
        "8 February, is 14 February 2025.",
        "从2025年1月20日的次日起算15个工作日，周末和春节（1月28日至2月4日）不计在内，"
        "调休上班的1月26日和2月8日计算在内，到2025年2月14日为止。",
    ),
    "a make-up day alone": (
        "1 wd",
        beijing(2026, 5, 8),
        (),
        False,
        "1 working day from 8 May 2026, counting the make-up working day 9 May, is 9 May 2026.",
        "从2026年5月8日的次日起算1个工作日，调休上班的5月9日计算在内，到2026年5月9日为止。",
    ),
    "more than can be named": (
        "400 wd",
        beijing(2024, 3, 4),
        (),
        False,
        "400 working days from 4 March 2024, not counting weekends and 11 public holidays but "
        "counting 11 make-up working days, is 13 October 2025.",
        "从2024年3月4日的次日起算400个工作日，周末和11个法定节假日不计在内，"
        "11个调休上班日计算在内，到2025年10月13日为止。",
    ),
    "holidays in a row": (
        "8 wd",
        beijing(2025, 9, 26),
        (),
        False,
        "8 working days from 26 September 2025, not counting weekends and National Day with "
        "Mid-Autumn Festival (1–8 October) but counting the make-up working days 28 September "
        "and 11 October, is 14 October 2025.",
        "从2025年9月26日的次日起算8个工作日，周末和国庆节、中秋节（10月1日至8日）不计在内，"
        "调休上班的9月28日和10月11日计算在内，到2025年10月14日为止。",
    ),
    "calendar days": (
        "60 cd",
        beijing(2026, 3, 3),
        (),
        False,
        "60 calendar days from 3 March 2026 is 2 May 2026.",
        "从2026年3月3日的次日起算60个自然日，到2026年5月2日为止。",
    ),
    "rolled past a holiday": (
        "60 cd",
        beijing(2026, 3, 3),
        (),
        True,
        "60 calendar days from 3 March 2026 is 2 May 2026. 2 May 2026 is not a working day; "
        "the next one, after Labour Day (2–5 May), is 6 May 2026.",
        "从2026年3月3日的次日起算60个自然日，到2026年5月2日为止。2026年5月2日不是工作日，"
        "顺延至劳动节（5月2日至5日）之后的第一个工作日，即2026年5月6日。",
    ),
    "rolled past a weekend": (
        "1 mo",
        beijing(2026, 2, 7),
        (),
        True,
        "1 month from 7 February 2026 is 7 March 2026. 7 March 2026 is not a working day; "
        "the next one is 9 March 2026.",
        "从2026年2月7日的次日起算1个月，到2026年3月7日为止。2026年3月7日不是工作日，"
        "顺延至下一个工作日，即2026年3月9日。",
    ),
    "hours": (
        "2 h",
        beijing(2026, 3, 3, 9),
        (),
        False,
        "2 hours from 3 March 2026 at 09:00 is 3 March 2026 at 11:00.",
        "从2026年3月3日 09:00起算2小时，到2026年3月3日 11:00为止。",
    ),
    "hours with a pause": (
        "2 h",
        beijing(2026, 3, 3, 9),
        ((beijing(2026, 3, 3, 10), beijing(2026, 3, 3, 12)),),
        False,
        "2 hours from 3 March 2026 at 09:00, not counting the pause from 3 March 2026 at 10:00 "
        "to 3 March 2026 at 12:00, is 3 March 2026 at 13:00.",
        "从2026年3月3日 09:00起算2小时，2026年3月3日 10:00至2026年3月3日 12:00的暂停时间"
        "不计在内，到2026年3月3日 13:00为止。",
    ),
    "working days with a pause": (
        "10 wd",
        beijing(2026, 3, 3),
        (PAUSE,),
        False,
        "10 working days from 3 March 2026, not counting weekends and the pause from "
        "6 March 2026 to 13 March 2026 (5 working days), is 24 March 2026.",
        "从2026年3月3日的次日起算10个工作日，周末和2026年3月6日至2026年3月13日的暂停时间"
        "（5个工作日）不计在内，到2026年3月24日为止。",
    ),
    "calendar days with a pause": (
        "10 cd",
        beijing(2026, 3, 3),
        (PAUSE,),
        False,
        "10 calendar days from 3 March 2026, not counting the pause from 6 March 2026 to "
        "13 March 2026 (7 calendar days), is 20 March 2026.",
        "从2026年3月3日的次日起算10个自然日，2026年3月6日至2026年3月13日的暂停时间"
        "（7个自然日）不计在内，到2026年3月20日为止。",
    ),
    "a pause within one day": (
        "10 cd",
        beijing(2026, 3, 3),
        ((beijing(2026, 3, 6, 9), beijing(2026, 3, 6, 17)),),
        False,
        "10 calendar days from 3 March 2026 is 13 March 2026.",
        "从2026年3月3日的次日起算10个自然日，到2026年3月13日为止。",
    ),
    "standing still": (
        "10 wd",
        beijing(2026, 3, 3),
        ((beijing(2026, 3, 6), None),),
        False,
        "10 working days from 3 March 2026: the clock has stood still since 6 March 2026, and "
        "the date will be set when it runs again.",
        "期限从2026年3月3日的次日起算，共10个工作日；自2026年3月6日起暂停计时，"
        "恢复计时后再确定截止日期。",
    ),
    "hours standing still": (
        "2 h",
        beijing(2026, 3, 3, 9),
        ((beijing(2026, 3, 3, 10), None),),
        False,
        "2 hours from 3 March 2026 at 09:00: the clock has stood still since 3 March 2026 at "
        "10:00, and the date will be set when it runs again.",
        "期限从2026年3月3日 09:00起算，共2小时；自2026年3月3日 10:00起暂停计时，"
        "恢复计时后再确定截止日期。",
    ),
    "provisional": (
        "15 wd",
        beijing(2040, 2, 6),
        (),
        False,
        "15 working days from 6 February 2040, not counting weekends and Spring Festival "
        "(11–16 February), is 2 March 2040. The date is provisional: the holidays of 2040 are "
        "not declared yet.",
        "从2040年2月6日的次日起算15个工作日，周末和春节（2月11日至16日）不计在内，"
        "到2040年3月2日为止。该日期为暂定日期：2040年的节假日安排尚未公布。",
    ),
    "before the notices that are known": (
        "1 mo",
        beijing(1999, 11, 15),
        (),
        True,
        "1 month from 15 November 1999 is 15 December 1999. The date is uncertain: the calendar "
        "does not hold the holidays of 1999.",
        "从1999年11月15日的次日起算1个月，到1999年12月15日为止。"
        "该日期不能确定：日历中没有1999年的节假日安排。",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_in_english(case: str) -> None:
    term, start, pauses, rolls, english, __ = CASES[case]
    assert told("en", term, start, *pauses, rolls=rolls) == english


@pytest.mark.parametrize("case", CASES)
def test_in_chinese(case: str) -> None:
    term, start, pauses, rolls, __, chinese = CASES[case]
    assert told("zh-hans", term, start, *pauses, rolls=rolls) == chinese


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("pauses", [(), (PAUSE,), ((PAUSE[0], None),)])
def test_every_unit_is_explained(unit: Unit, pauses: tuple[Stretch, ...]) -> None:
    term = str(Term(200, unit))
    assert told("en", term, beijing(2026, 3, 3), *pauses).startswith("200 ")
    assert "%" not in told("zh-hans", term, beijing(2026, 3, 3), *pauses)


def test_elsewhere() -> None:
    answer = due(Term.parse("20 wd"), utc(2026, 4, 1, 9), SCOTLAND, LONDON)
    with override("en"):
        assert explain(answer) == (
            "20 working days from 1 April 2026, not counting weekends and Good Friday (3 April), "
            "is 30 April 2026."
        )
