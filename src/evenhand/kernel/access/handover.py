"""Nobody leaves a post with open work behind: it is handed over before the term ends.

What open work is, upper floors say: each registers a kind when its app is ready. Work that the
one who relieves may not see, being concerned by it, moves too, and nothing shows that it does:
it goes to the successor, or up the line past everybody who is concerned.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.kernel.ledger.actions import enter
from evenhand.kernel.organisation import actions as organisation
from evenhand.kernel.organisation.models import Person, Post, Tenure
from evenhand.kernel.organisation.queries import answering_for, day_of

from . import codes
from .actor import CLOCK, acting
from .models import Involvement, Relation


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """Something open that somebody must see to its end.

    ``kind`` is the key under which it was registered, ``reference`` what a person calls it by,
    ``matter`` the matter whose concerned people may not have it, if it belongs to one.
    """

    kind: str
    id: uuid.UUID
    reference: str
    bearer: uuid.UUID
    unit: uuid.UUID
    matter: uuid.UUID | None = None


#: What is open with these people at a moment, as far as the actor of the transaction may see.
Find: TypeAlias = Callable[[Collection[uuid.UUID], datetime], Iterable[OpenItem]]
#: Gives items to a person who is in office and not concerned; ``by`` and ``at`` as everywhere.
#: Called as the clock: the one who hands over need not be able to see what moves.
Move: TypeAlias = Callable[[Sequence[OpenItem], Person, uuid.UUID, datetime], None]


class HandoverProblem(Exception):
    """A term of office that cannot be ended yet; nothing was changed."""


class NobodyTakesOver(HandoverProblem):
    """There is open work and nobody was named for it; ``items`` are those that may be shown."""

    def __init__(self, message: str, items: Sequence[OpenItem] = ()) -> None:
        super().__init__(message)
        self.items = items


class CannotTakeOver(HandoverProblem):
    """The successor is the one who leaves, or does not hold a post now and on the day."""


class NotInOffice(HandoverProblem):
    """The person does not hold the post, or the day lies in the past."""


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A term of office that ends soon, and what is still open in it."""

    tenure: Tenure
    until: date
    open_items: Sequence[OpenItem]


_kinds: dict[str, tuple[Find, Move]] = {}


def register(key: str, find: Find, move: Move) -> None:
    """Add a kind of open work; a key already taken by another raises ``ValueError``."""
    if _kinds.setdefault(key, (find, move)) != (find, move):
        raise ValueError(f"open work of the kind {key!r} is registered twice")


def open_work(people: Collection[uuid.UUID], at: datetime) -> list[OpenItem]:
    """What is open with these people, as far as the actor of the transaction may see it."""
    return [item for find, _move in _kinds.values() for item in find(people, at)]


def ending_soon(days: int, at: datetime) -> list[Ending]:
    """Terms of office that end after today and within ``days`` days, the next to end first.

    For a notice to the head of the unit; call it as the one who will read the notice.
    """
    today = day_of(at)
    ending = Tenure.objects.filter(
        during__endswith__gt=today, during__endswith__lte=today + timedelta(days=days)
    )
    tenures = list(
        ending.select_related("post__unit", "person").order_by("during__endswith", "post__code")
    )
    held = defaultdict(list)
    for item in open_work({tenure.person_id for tenure in tenures}, at):
        held[item.bearer, item.unit].append(item)
    return [
        Ending(
            tenure=tenure,
            until=tenure.during.upper,
            open_items=held[tenure.person_id, tenure.post.unit_id],
        )
        for tenure in tenures
    ]


def left_behind(at: datetime) -> list[OpenItem]:
    """What is open with people who held a post and hold none now: there should be nothing.

    For the audit: terms may also end by an import, or on a day that was set long before.
    """
    today = day_of(at)
    in_office = Tenure.objects.filter(during__contains=today).values("person")
    gone = Tenure.objects.filter(during__endswith__lte=today).exclude(person__in=in_office)
    return open_work(set(gone.values_list("person", flat=True)), at)


def catch_up(at: datetime) -> int:
    """Give what was left behind to whoever answers for the unit; returns how much it was.

    Terms end by themselves too: on a day set long before, after which work came in, or by an
    import. The sweep asks every minute; what nobody in office may take over stays for the audit.
    """
    with acting(CLOCK, at):
        items = left_behind(at)
        for item in items:
            with suppress(NobodyTakesOver), transaction.atomic():
                _hand_over([item], None, CLOCK, at)
    return len(items)


@transaction.atomic
def relieve_safely(
    *,
    post: Post,
    person: Person,
    until: date,
    successor: Person | None,
    by: uuid.UUID,
    at: datetime,
) -> None:
    """End a term of office (``until`` is the first day without), its open work handed over first.

    The work of the post's unit moves; with somebody's last post, all that he has. It moves now,
    so whoever takes it holds a post already: there is no minute in which nobody answers for it.

    Raises :class:`NotInOffice`, :class:`NobodyTakesOver`, :class:`CannotTakeOver`, or
    ``organisation.problems.WrongDate``.
    """
    tenure = _held(post, person, until, at)
    last = not _in_office(person, until, besides=tenure)
    if successor:
        _check_successor(successor, tenure, until, at)
    with acting(by, at):
        seen = _leaving(open_work([person.id], at), post, last)
    if seen and successor is None:
        message = _("%(person)s has open work: name somebody who takes it over.")
        raise NobodyTakesOver(message % {"person": person}, seen)
    with acting(CLOCK, at):
        _hand_over(_leaving(open_work([person.id], at), post, last), successor, by, at)
        if _leaving(open_work([person.id], at), post, last):
            raise NobodyTakesOver(_("Not all open work could be handed over."))
    with acting(by, at):
        organisation.relieve(tenure=tenure, until=until, by=by, at=at)
        _enter(tenure, successor, until, by, at)


def _held(post: Post, person: Person, until: date, at: datetime) -> Tenure:
    """Locked: of two who relieve at once, the second finds what the first one did."""
    held = Tenure.objects.select_for_update(of=["self"]).select_related("post__unit", "person")
    tenure = held.filter(post=post, person=person, during__contains=day_of(at)).first()
    if tenure is None or until < day_of(at):
        message = _("%(person)s does not hold the post %(post)s, or the day is past.")
        raise NotInOffice(message % {"person": person, "post": post})
    return tenure


def _in_office(person: Person, day: date, besides: Tenure) -> bool:
    """Whether the person holds another post on that day."""
    held = Tenure.objects.filter(person=person, during__contains=day)
    return held.exclude(id=besides.id).exists()


def _check_successor(successor: Person, tenure: Tenure, until: date, at: datetime) -> None:
    days = (day_of(at), until)
    stays = all(_in_office(successor, day, besides=tenure) for day in days)
    if successor.id == tenure.person_id or not stays:
        message = _("%(person)s must hold a post now and on the day, to take the work over.")
        raise CannotTakeOver(message % {"person": successor})


def _leaving(items: Iterable[OpenItem], post: Post, last: bool) -> list[OpenItem]:
    return [item for item in items if last or item.unit == post.unit_id]


def _hand_over(
    items: Sequence[OpenItem], successor: Person | None, by: uuid.UUID, at: datetime
) -> None:
    """Each item to the first in line who is not concerned by its matter."""
    barred = _concerned(items)
    shares: dict[tuple[str, uuid.UUID, frozenset[uuid.UUID]], list[OpenItem]] = defaultdict(list)
    for item in items:
        shares[item.kind, item.unit, barred[item.matter] | {item.bearer}].append(item)
    for (kind, unit, without), share in shares.items():
        taker = _taker(successor, unit, without, at)
        _kinds[kind][1](share, taker, by, at)


def _taker(
    successor: Person | None, unit: uuid.UUID, without: frozenset[uuid.UUID], at: datetime
) -> Person:
    if successor and successor.id not in without:
        return successor
    taker = answering_for(unit, at, without=without)
    if taker is None:
        raise NobodyTakesOver(_("There is open work that nobody in office may take over."))
    return taker


def _concerned(items: Iterable[OpenItem]) -> dict[uuid.UUID | None, frozenset[uuid.UUID]]:
    rows = Involvement.objects.filter(
        matter_id__in={item.matter for item in items if item.matter},
        relation=Relation.CONCERNED,
        until=None,
    )
    people: dict[uuid.UUID | None, set[uuid.UUID]] = defaultdict(set)
    for matter, person in rows.values_list("matter_id", "person_id"):
        if person:  # always: only persons are concerned, the table says
            people[matter].add(person)
    return defaultdict(frozenset, {m: frozenset(found) for m, found in people.items()})


def _enter(
    tenure: Tenure, successor: Person | None, until: date, by: uuid.UUID, at: datetime
) -> None:
    """Says neither how much moved nor what: its reader may not be told of all of it."""
    arguments = {
        "by": str(by),
        "person": tenure.person.name,
        "person_id": str(tenure.person_id),
        "post": tenure.post.name,
        "post_id": str(tenure.post_id),
        "successor_id": str(successor.id) if successor else None,
        "until": until.isoformat(),
    }
    enter(code=codes.HANDED_OVER.key, at=at, arguments=arguments)
