"""Chinese numerals as laws write them, to integers and back, from 1 to 9999."""

import re

LARGEST = 9999

_DIGITS = {"〇": 0, "○": 0, "零": 0, "两": 2} | {c: i for i, c in enumerate("零一二三四五六七八九")}
_UNITS = {"千": 1000, "百": 100, "十": 10}
_D = "[一二三四五六七八九两]"
_COUNTED = re.compile(rf"(?:{_D}千)?(?:零?{_D}百)?(?:零?{_D}?十)?(?:零?{_D})?")
_SPELT = re.compile(r"[〇○零一二三四五六七八九]{2,}")
_TERM = re.compile(rf"({_D}?)([千百十]?)")

#: What a numeral may be made of, for patterns that look for one.
CHARACTERS = "〇○零一二三四五六七八九十百千两0-9０-９"


def to_int(text: str) -> int:
    """``"三十一"``, ``"一百二十"``, ``"一二〇"``, ``"31"`` or ``"３１"`` as an integer.

    Raises ``ValueError`` for what is no numeral or not within 1 to 9999.
    """
    value = _read(text)
    if not 1 <= value <= LARGEST:
        raise ValueError(f"{text!r} is not a numeral from 1 to {LARGEST}")
    return value


def to_chinese(value: int) -> str:
    """An integer from 1 to 9999 as laws write it: 10 is ``十``, 101 ``一百零一``."""
    if not 1 <= value <= LARGEST:
        raise ValueError(f"{value} is not within 1 to {LARGEST}")
    parts: list[str] = []
    skipped = False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // size % 10
        if digit:
            parts.append(("零" if skipped and parts else "") + "零一二三四五六七八九"[digit] + unit)
        skipped = not digit
    written = "".join(parts)
    return written[1:] if 10 <= value < 20 else written


def _read(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if _SPELT.fullmatch(text):
        return int("".join(str(_DIGITS[character]) for character in text))
    if not text or not _COUNTED.fullmatch(text):
        return 0
    return sum(
        (_DIGITS[digit] if digit else 1) * _UNITS.get(unit, 1)
        for digit, unit in _TERM.findall(text.replace("零", ""))
        if digit or unit
    )
