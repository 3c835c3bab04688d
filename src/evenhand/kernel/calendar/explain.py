"""Shows the working of a date, in sentences that can be checked against a wall calendar."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import reduce

from django.utils.translation import gettext, ngettext, npgettext, pgettext

from .calendars import Day, WorkCalendar
from .count import Deadline, Paused
from .names import translated
from .pauses import Pause
from .terms import Unit
from .words import (
    day_in_words,
    days_in_words,
    length_in_words,
    list_in_words,
    moment_in_words,
    term_in_words,
)

#: Beyond this many, or over more than a year, holidays and make-up days are only counted.
_NAMED = 6
_DAY, _YEAR = timedelta(days=1), timedelta(days=365)


def explain(answer: Deadline | Paused) -> str:
    """How the date was counted, in whole sentences of the active language."""
    if isinstance(answer, Paused):
        return _standing_still(answer)
    told = _counting(answer)
    for sentence in (*_moving(answer), *_provisional(answer)):
        told = pgettext("sentences", "%(one)s %(next)s") % {"one": told, "next": sentence}
    return told


def _counting(deadline: Deadline) -> str:
    left_out, worked = list_in_words(_left_out(deadline)), _made_up(deadline)
    words = {
        "term": term_in_words(deadline.term),
        "begun": _begun(deadline),
        "left_out": left_out,
        "worked": worked,
        "end": _counted_to(deadline),
    }
    match bool(left_out), bool(worked):
        case False, False:
            return gettext("%(term)s %(begun)s is %(end)s.") % words
        case True, False:
            return gettext("%(term)s %(begun)s, not counting %(left_out)s, is %(end)s.") % words
        case False, True:
            return gettext("%(term)s %(begun)s, counting %(worked)s, is %(end)s.") % words
    return (
        gettext(
            "%(term)s %(begun)s, not counting %(left_out)s but counting %(worked)s, is %(end)s."
        )
        % words
    )


def _begun(answer: Deadline | Paused) -> str:
    """Two messages, since Chinese says that the first day is not counted, but hours are."""
    words = {"start": _when(answer.start, answer)}
    if answer.term.unit is Unit.HOURS:
        return pgettext("hours", "from %(start)s") % words
    return pgettext("days", "from %(start)s") % words


def _when(moment: datetime, answer: Deadline | Paused) -> str:
    if answer.term.unit is Unit.HOURS:
        return moment_in_words(moment, answer.tz)
    return day_in_words(moment.astimezone(answer.tz).date())


def _counted_to(deadline: Deadline) -> str:
    return (
        day_in_words(deadline.moved_from) if deadline.moved_from else _when(deadline.at, deadline)
    )


def _left_out(deadline: Deadline) -> list[str]:
    pauses = [words for pause in deadline.pauses if (words := _pause(pause, deadline))]
    if deadline.term.unit is not Unit.WORKING_DAYS:
        return pauses
    weekends = [gettext("weekends")] if _passes_weekends(deadline) else []
    return weekends + _holidays(deadline) + pauses


def _passes_weekends(deadline: Deadline) -> bool:
    first, last, calendar = deadline.start_day, deadline.day, deadline.calendar
    named = sum(not day.working for day in calendar.named(first + _DAY, last))
    return (last - first).days > calendar.working_days_between(first, last) + named


def _holidays(deadline: Deadline) -> list[str]:
    runs = list(_runs(deadline.skipped, deadline.calendar))
    if len(runs) > _NAMED or _span_years(deadline.skipped):
        words = ngettext("%(n)d public holiday", "%(n)d public holidays", len(runs))
        return [words % {"n": len(runs)}]
    return [_holiday(run) for run in runs]


def _span_years(days: tuple[Day, ...]) -> bool:
    """Whether a day told without its year could be mistaken for another."""
    return bool(days) and days[-1].date - days[0].date > _YEAR


def _holiday(run: list[Day]) -> str:
    names = dict.fromkeys(name for day in run for name in translated(day.name))
    days = days_in_words(run[0].date, run[-1].date)
    return gettext("%(holiday)s (%(days)s)") % {"holiday": reduce(_in_a_row, names), "days": days}


def _in_a_row(one: str, following: str) -> str:
    # Translators: two holidays in one row of days off, as in National Day with Mid-Autumn Festival
    words = pgettext("holidays in a row", "%(one)s with %(next)s")
    return words % {"one": one, "next": following}


def _runs(days: tuple[Day, ...], calendar: WorkCalendar) -> Iterator[list[Day]]:
    """Holidays with no working day between them, over any weekend that they enclose."""
    run: list[Day] = []
    for day in (day for day in days if not day.working):
        if run and calendar.working_days_between(run[-1].date, day.date):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _made_up(deadline: Deadline) -> str:
    days = [day.date for day in deadline.skipped if day.working]
    if not days:
        return ""
    if len(days) > _NAMED or _span_years(deadline.skipped):
        words = ngettext("%(n)d make-up working day", "%(n)d make-up working days", len(days))
        return words % {"n": len(days)}
    words = npgettext(
        "named", "the make-up working day %(days)s", "the make-up working days %(days)s", len(days)
    )
    return words % {"days": list_in_words([days_in_words(day, day) for day in days])}


def _pause(pause: Pause, deadline: Deadline) -> str:
    """Nothing for a pause within one day, which moves no term in days."""
    since, until = (moment.astimezone(deadline.tz).date() for moment in pause)
    words = {"since": _when(pause.since, deadline), "until": _when(pause.until, deadline)}
    if deadline.term.unit is Unit.HOURS:
        return gettext("the pause from %(since)s to %(until)s") % words
    if since == until:
        return ""
    unit, days = Unit.CALENDAR_DAYS, (until - since).days
    if deadline.term.unit is Unit.WORKING_DAYS:
        unit, days = Unit.WORKING_DAYS, deadline.calendar.working_days_between(since, until)
    words["length"] = length_in_words(days, unit)
    return gettext("the pause from %(since)s to %(until)s (%(length)s)") % words


def _moving(deadline: Deadline) -> Iterator[str]:
    if deadline.moved_from is None:
        return
    words = {
        "day": day_in_words(deadline.moved_from),
        "end": day_in_words(deadline.day),
        "holidays": list_in_words(_holidays(deadline)),
    }
    if words["holidays"]:
        yield (
            gettext("%(day)s is not a working day; the next one, after %(holidays)s, is %(end)s.")
            % words
        )
    else:
        yield gettext("%(day)s is not a working day; the next one is %(end)s.") % words


def _provisional(deadline: Deadline) -> Iterator[str]:
    coming = [str(y) for y in deadline.undeclared if y >= deadline.calendar.known_since]
    unknown = [str(y) for y in deadline.undeclared if y < deadline.calendar.known_since]
    if coming:
        yield gettext(
            "The date is provisional: the holidays of %(years)s are not declared yet."
        ) % {"years": list_in_words(coming)}
    if unknown:
        yield gettext(
            "The date is uncertain: the calendar does not hold the holidays of %(years)s."
        ) % {"years": list_in_words(unknown)}


def _standing_still(paused: Paused) -> str:
    return gettext(
        "%(term)s %(begun)s: the clock has stood still since %(since)s, "
        "and the date will be set when it runs again."
    ) % {
        "term": term_in_words(paused.term),
        "begun": _begun(paused),
        "since": _when(paused.since, paused),
    }
