"""What happened in a matter, from its openings in the ledger."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evenhand.kernel.access.actor import is_system
from evenhand.kernel.cases.models import Party
from evenhand.kernel.cases.registry import code_of
from evenhand.kernel.ledger import codes
from evenhand.kernel.ledger.models import Entry, Opening
from evenhand.kernel.notices import codes as notice_codes
from evenhand.kernel.organisation.models import Person, Unit
from evenhand.web.components import TimelineEntry, TimelineState
from evenhand.web.dates import Written, write

from .opened import Opened

_LEFT_OUT = {code.key for code in notice_codes.EVERY}
_PEOPLE = ("by", "accountable", "handler", "successor")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One entry of the ledger, opened."""

    code: str
    at: datetime
    arguments: Mapping[str, Any]

    @property
    def from_petitioner(self) -> bool:
        """Of what was written: whether the petitioner wrote it."""
        return bool(self.arguments.get("from_petitioner"))

    @property
    def by(self) -> uuid.UUID | None:
        by = self.arguments.get("by")
        return uuid.UUID(by) if by else None


def happenings(matter: uuid.UUID) -> list[Happening]:
    """In the order in which they were entered; two queries."""
    opened = {o.entry_id: o.arguments for o in Opening.objects.filter(matter_id=matter)}
    entries = Entry.objects.filter(id__in=opened).order_by("at", "id")
    return [Happening(code=e.code, at=e.at, arguments=opened[e.id]) for e in entries]


def last_step(opened: Opened) -> Happening | None:
    """The step that was taken last."""
    steps = {code_of(opened.flow, step.name) for step in opened.flow.steps}
    taken = [h for h in happenings(opened.case.id) if h.code in steps]
    return taken[-1] if taken else None


def timeline(opened: Opened) -> list[TimelineEntry]:
    """Latest first: what is on top is how it stands. Five queries, however long it is.

    That notices were written of what stands here anyway is left out.
    """
    found = [h for h in happenings(opened.case.id) if h.code not in _LEFT_OUT]
    names = names_in(opened.case.id, found)
    before = [None, *(h.arguments.get("unit") for h in found)]
    entries = [
        _entry(opened, happening, names, moved=happening.arguments.get("unit") != unit)
        for happening, unit in zip(found, before, strict=False)
    ]
    return entries[::-1]


def sentence(opened: Opened, happening: Happening, names: "Names") -> str:
    """What happened, as a thing that is done."""
    step = happening.code.removeprefix(f"{opened.flow.key}.")
    if step in opened.desk.done:
        return str(opened.desk.done[step])
    told = str(codes.get(happening.code).sentence)
    return told.format_map(_Known(names, happening.arguments))


@dataclass(frozen=True)
class Names:
    """Of everybody and every unit that the entries speak of."""

    people: Mapping[str, str]
    units: Mapping[str, str]

    def of(self, actor: uuid.UUID | str | None) -> str:
        """Empty for nobody; the petitioner is never named here."""
        if actor is None:
            return ""
        if str(actor) in self.people:
            return self.people[str(actor)]
        return _("the clock") if is_system(uuid.UUID(str(actor))) else ""


class _Known(dict[str, str]):
    """Fills a ledger sentence's ``{names}``; one that nothing is known of stays a dash."""

    def __init__(self, names: Names, arguments: Mapping[str, Any]) -> None:
        known = {key: str(value) for key, value in arguments.items() if not isinstance(value, dict)}
        super().__init__(known | {key: names.of(arguments.get(key)) for key in _PEOPLE})

    def __missing__(self, key: str) -> str:
        return "–"


def names_in(matter: uuid.UUID, found: Iterable[Happening]) -> Names:
    """Three queries: staff, the petitioners of the matter, units."""
    ids, units = set(), set()
    for happening in found:
        ids |= {happening.arguments[key] for key in _PEOPLE if happening.arguments.get(key)}
        units |= {happening.arguments["unit"]} if happening.arguments.get("unit") else set()
    people = {str(p.id): str(p) for p in Person.objects.filter(id__in=ids)}
    for actor in Party.objects.filter(case=matter).values_list("actor_id", flat=True):
        people[str(actor)] = _("the petitioner")
    return Names(people, {str(u.id): str(u) for u in Unit.objects.filter(id__in=units)})


def _entry(opened: Opened, happening: Happening, names: Names, *, moved: bool) -> TimelineEntry:
    by = _who(happening, names)
    when = write(happening.at, Written.MOMENT)
    return TimelineEntry(
        state=TimelineState.DONE,
        title=sentence(opened, happening, names),
        when=pgettext("when and who", "%(when)s · %(who)s") % {"when": when, "who": by}
        if by
        else when,
        note=reduce(_followed_by, _details(happening.arguments, names, moved=moved), ""),
    )


def _followed_by(one: str, following: str) -> str:
    """Two sentences as the language sets them: Chinese leaves no space."""
    if not one:
        return following
    return pgettext("sentences", "%(one)s %(next)s") % {"one": one, "next": following}


def _who(happening: Happening, names: Names) -> str:
    return _("the petitioner") if happening.from_petitioner else names.of(happening.by)


def _details(arguments: Mapping[str, Any], names: Names, *, moved: bool) -> Iterator[str]:
    """Only what the staff of the case may know; the ground of a stake is not among it."""
    told = (
        (_("Unit: %s."), moved and names.units.get(str(arguments.get("unit")))),
        (_("Handled by %s."), names.of(arguments.get("handler"))),
        (_("Document %s."), arguments.get("document")),
        (_("Reason: %s"), arguments.get("reason")),
        (_("Delivered on %s."), _day(arguments.get("served_on"))),
        (_("Taken over by %s."), names.of(arguments.get("successor"))),
        (_("Next due on %s."), _due(arguments.get("due"))),
    )
    for words, value in told:
        if value:
            yield words % value


def _day(value: str | None) -> str:
    return write(parse_date(value), Written.SHORT) if value else ""


def _due(value: str | None) -> str:
    return write(parse_datetime(value), Written.SHORT) if value else ""
