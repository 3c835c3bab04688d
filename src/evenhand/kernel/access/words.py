"""A receipt's secret as words to be written down, and as digits for the telephone.

80 random bits and a checksum of 8 make 88: 8 words from a list of 2048 (11 bits each), or 27
decimal digits. The lists are those of BIP 39, which were chosen to be hard to confuse. The
checksum finds 255 of 256 slips, and tells nothing of which receipts exist.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from django.utils.translation import gettext as _
from mnemonic import Mnemonic

SECRET_BYTES = 10
WORDS = 8
DIGITS = 27
_BITS = 11
#: By language code; any other language gets the English words.
_LISTS = {"en": "english", "zh-hans": "chinese_simplified"}
_HAN = re.compile(r"([\u4e00-\u9fff])")
_BETWEEN = re.compile(r"[\W_]+")
#: A longer word is not looked up among those that it might have meant.
_LONGEST = 16


class Unreadable(ValueError):
    """What was typed is no receipt's secret; the message says where the slip is."""


def words_of(secret: bytes, language: str) -> str:
    """The 10 bytes of ``secret`` as 8 words of the language, a space between them."""
    number = int.from_bytes(_with_checksum(secret))
    words = _list(_LISTS.get(language, "english"))
    places = (number >> _BITS * n & (1 << _BITS) - 1 for n in reversed(range(WORDS)))
    return " ".join(words[place] for place in places)


def digits_of(secret: bytes) -> str:
    """The same as 27 digits in groups of three."""
    digits = f"{int.from_bytes(_with_checksum(secret)):0{DIGITS}d}"
    return " ".join(digits[n : n + 3] for n in range(0, DIGITS, 3))


def parse(typed: str) -> bytes:
    """The 10 bytes of a secret typed as words of either language or as digits.

    Any case; white space, commas or nothing (between Chinese words) in between.
    Raises :class:`Unreadable`, whose message is for whoever typed.
    """
    parts = _parts(typed)
    if not parts:
        raise Unreadable(_("Enter the words of your receipt, or its digits."))
    digits = "".join(parts)
    number = _from_digits(digits) if digits.isdecimal() else _from_words(parts)
    secret = number.to_bytes(SECRET_BYTES + 1)[:SECRET_BYTES]
    if int.from_bytes(_with_checksum(secret)) != number:
        raise Unreadable(
            _("This is no receipt: something in it is wrong, or two parts have changed places.")
        )
    return secret


def _parts(typed: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", typed).casefold()
    return [part for part in _BETWEEN.split(_HAN.sub(r" \1 ", plain)) if part]


def _from_digits(digits: str) -> int:
    if len(digits) != DIGITS:
        message = _("A receipt has %(wanted)d digits; you entered %(count)d.")
        raise Unreadable(message % {"wanted": DIGITS, "count": len(digits)})
    return min(int(digits), (1 << WORDS * _BITS) - 1)


def _from_words(words: Sequence[str]) -> int:
    places = _places()
    for position, word in enumerate(words, start=1):
        if word not in places:
            raise Unreadable(_unknown(word, position))
    if len(words) != WORDS:
        message = _("A receipt has %(wanted)d words; you entered %(count)d.")
        raise Unreadable(message % {"wanted": WORDS, "count": len(words)})
    number = 0
    for word in words:
        number = number << _BITS | places[word]
    return number


def _unknown(word: str, position: int) -> str:
    near = _near(word)
    message = (
        _("Word %(position)d, “%(word)s”, stands on no receipt. Is it one of these: %(near)s?")
        if near
        else _("Word %(position)d, “%(word)s”, stands on no receipt.")
    )
    return message % {"position": position, "word": word[:20], "near": ", ".join(near)}


def _near(word: str) -> list[str]:
    """Up to three words of the English list that are at most two slips away, nearest first."""
    if not word.isascii() or len(word) > _LONGEST:
        return []
    ranked = sorted((_slips(word, known), known) for known in _list("english"))
    return [known for slips, known in ranked[:3] if slips <= 2]


def _slips(one: str, other: str) -> int:
    """How many letters have to be put in, left out or replaced (Levenshtein)."""
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, start=1):
        diagonal, row[0] = row[0], n
        for m, wanted in enumerate(other, start=1):
            replaced = diagonal + (letter != wanted)
            diagonal, row[m] = row[m], min(replaced, row[m] + 1, row[m - 1] + 1)
    return row[-1]


def _with_checksum(secret: bytes) -> bytes:
    return secret + hashlib.sha256(b"evenhand receipt words" + secret).digest()[:1]


@cache
def _list(name: str) -> list[str]:
    words: list[str] = Mnemonic(name).wordlist
    return words


@cache
def _places() -> dict[str, int]:
    return {word: n for name in _LISTS.values() for n, word in enumerate(_list(name))}
