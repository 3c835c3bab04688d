"""What holidays are called, so that one name is translated once.

The libraries call the same day by several names; a holiday that is not listed here, or that
a body declared itself, keeps the name it came with.
"""

from django.utils.translation import gettext, gettext_noop

#: Names as the sources write them, to the name that is shown.
_CHINESE = {
    "New Year's Day": gettext_noop("New Year's Day"),
    "Spring Festival": gettext_noop("Spring Festival"),
    "Chinese New Year's Eve": "Spring Festival",
    "Chinese New Year (Spring Festival)": "Spring Festival",
    "Tomb-sweeping Day": gettext_noop("Qingming Festival"),
    "Tomb-Sweeping Day": "Qingming Festival",
    "Labour Day": gettext_noop("Labour Day"),
    "Labor Day": "Labour Day",
    "Dragon Boat Festival": gettext_noop("Dragon Boat Festival"),
    "Mid-autumn Festival": gettext_noop("Mid-Autumn Festival"),
    "National Day": gettext_noop("National Day"),
    "Anti-Fascist 70th Day": gettext_noop("Victory Day, 70th anniversary"),
}

#: The yearly holidays of the countries whose profiles ship: the British Isles and the
#: United States.
ELSEWHERE = (
    gettext_noop("New Year Holiday"),
    gettext_noop("Martin Luther King Jr. Day"),
    gettext_noop("Washington's Birthday"),
    gettext_noop("Saint Brigid's Day"),
    gettext_noop("Saint Patrick's Day"),
    gettext_noop("Good Friday"),
    gettext_noop("Easter Monday"),
    gettext_noop("May Day"),
    gettext_noop("May Bank Holiday"),
    gettext_noop("Spring Bank Holiday"),
    gettext_noop("Memorial Day"),
    gettext_noop("June Bank Holiday"),
    gettext_noop("Juneteenth National Independence Day"),
    gettext_noop("Independence Day"),
    gettext_noop("Battle of the Boyne"),
    gettext_noop("Summer Bank Holiday"),
    gettext_noop("August Bank Holiday"),
    gettext_noop("Late Summer Bank Holiday"),
    gettext_noop("Labor Day"),
    gettext_noop("Columbus Day"),
    gettext_noop("October Bank Holiday"),
    gettext_noop("Veterans Day"),
    gettext_noop("Thanksgiving Day"),
    gettext_noop("Saint Andrew's Day"),
    gettext_noop("Christmas Day"),
    gettext_noop("Boxing Day"),
    gettext_noop("Saint Stephen's Day"),
)

_SEVERAL = "; "
_SUBSTITUTE = " (observed)"


def shown(country: str, name: str) -> str:
    """The name that is kept for a source's ``name``; English, still to be translated."""
    parts = dict.fromkeys(part.removesuffix(_SUBSTITUTE) for part in name.split(_SEVERAL))
    if country == "CN":
        parts = dict.fromkeys(_CHINESE.get(part, part) for part in parts)
    return _SEVERAL.join(parts)


def translated(name: str) -> list[str]:
    """The holidays that ``name`` holds, in the active language as far as they are known."""
    return [gettext(part) for part in name.split(_SEVERAL)]
