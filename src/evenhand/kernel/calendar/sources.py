"""Where the working days of a year come from: two libraries, each read once per year.

``chinesecalendar`` holds the notices of the State Council with their make-up working days,
for the years that have been declared; ``holidays`` computes the statutory holidays of some
250 countries for any year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version

import chinese_calendar
import holidays
from chinese_calendar import constants as notices

from .names import shown

CHINA = "CN"
CHINA_DECLARED = frozenset(day.year for day in notices.holidays)
_LANGUAGES = ("en_GB", "en_US")


class UnknownCalendar(ValueError):
    """A key that names no country, or no part of it, whose holidays are known."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar. ``name`` is the holiday's; on a make-up working day
    (``weekend`` and ``working``) it is that of the holiday it makes up for."""

    date: date
    working: bool
    weekend: bool
    name: str = ""


def check(key: str) -> None:
    """Raises :class:`UnknownCalendar`, saying what would be known, unless ``key`` is known."""
    country, __, part = key.partition("-")
    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        raise UnknownCalendar(
            f"{key!r} is not a calendar: write the ISO 3166 code of a country, as in 'CN', "
            "or of a part of one, as in 'GB-SCT'"
        )
    if key != country and part not in known[country]:
        parts = ", ".join(known[country]) or "none"
        raise UnknownCalendar(f"{key!r} is not a calendar: the parts of {country} are {parts}")


def stands_on(key: str) -> tuple[str, ...]:
    """The sources of ``key``'s days, with their versions."""
    sources = ("chinesecalendar", "holidays") if key == CHINA else ("holidays",)
    return tuple(f"{source} {version(source)}" for source in sources)


@lru_cache(maxsize=512)
def base_year(key: str, year: int) -> tuple[Day, ...]:
    """Every day of ``year``, before any declaration of our own."""
    if key == CHINA and year in CHINA_DECLARED:
        return tuple(_chinese_day(day) for day in _days(year))
    return tuple(_computed_days(key, year))


@lru_cache(maxsize=512)
def bare_year(key: str, year: int) -> tuple[Day, ...]:
    """Every day of ``year`` with its weekends alone."""
    return tuple(Day(d.date, not d.weekend, d.weekend) for d in base_year(key, year))


@lru_cache(maxsize=512)
def is_declared(key: str, year: int) -> bool:
    """Whether the holidays of ``year`` are settled, as far as the libraries know."""
    if key == CHINA:
        return year in CHINA_DECLARED
    table = _table(key, year)
    estimated = getattr(table, "estimated_label", None)
    if not table.start_year <= year <= table.end_year:
        return False
    mark = table.tr(estimated).replace("%s", "").strip() if estimated else None
    return mark is None or not any(mark in name for name in table.values())


def known_since(key: str) -> int:
    """The first year whose holidays the libraries hold at all."""
    return min(CHINA_DECLARED) if key == CHINA else _table(key, 2000).start_year


def _chinese_day(day: date) -> Day:
    name = notices.holidays.get(day) or notices.workdays.get(day) or ""
    return Day(day, chinese_calendar.is_workday(day), day.weekday() >= 5, shown(CHINA, name))


def _computed_days(key: str, year: int) -> Iterator[Day]:
    table, country = _table(key, year), key.partition("-")[0]
    for day in _days(year):
        name = shown(country, table.get(day) or "")
        yield Day(day, table.is_working_day(day), table.is_weekend(day), name)


def _table(key: str, year: int) -> holidays.HolidayBase:
    country, __, part = key.partition("-")
    spoken = holidays.country_holidays(country).supported_languages
    language = next((code for code in _LANGUAGES if code in spoken), None)
    return holidays.country_holidays(
        country, subdiv=part or None, years=year, expand=False, language=language
    )


def _days(year: int) -> Iterator[date]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return map(date.fromordinal, range(first, last + 1))
