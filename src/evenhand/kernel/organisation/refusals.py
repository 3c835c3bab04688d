"""What the actions refuse, and in which words the person is told."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from evenhand.kernel.calendar.words import day_in_words, list_in_words

from . import problems
from .models import Body, Membership, Named, Person, Post, Tenure, Unit


@contextmanager
def on(**refusals: Callable[[], problems.OrganisationProblem]) -> Iterator[None]:
    """Turn the violation of a constraint, by its name, into the problem that it stands for."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        refusal = refusals.get(getattr(diagnosis, "constraint_name", None) or "")
        if refusal is None:
            raise
        raise refusal() from None


def if_closed(unit: Unit, until: date | None = None) -> None:
    """Refuse a unit that is closed, or will be before ``until``, whatever ``unit`` remembers."""
    closed_on = Unit.objects.get(id=unit.id).closed_on
    if closed_on and (until is None or until > closed_on):
        message = _("%(unit)s is closed from %(day)s.")
        raise problems.UnitClosed(message % {"unit": unit, "day": day_in_words(closed_on)})


def if_in_use(unit: Unit, on: date) -> None:
    """Refuse to close a unit with open parts or people in office beyond the day."""
    below = unit.children.filter(Q(closed_on=None) | Q(closed_on__gt=on))
    if below:
        message = _("%(unit)s has units below it; close or move them first: %(names)s.")
        raise problems.StillInUse(message % {"unit": unit, "names": _names(below)})
    if people := _in_office(unit, on):
        message = _("In %(unit)s there are still posts or seats held on %(day)s, by %(names)s.")
        about = {"unit": unit, "day": day_in_words(on), "names": _names(people)}
        raise problems.StillInUse(message % about)


def span(since: date, until: date | None) -> DateRange:
    """The time from ``since``; refuses one that ends before it has begun."""
    if until and until <= since:
        message = _("It cannot end on %(until)s when it begins on %(since)s.")
        about = {"until": day_in_words(until), "since": day_in_words(since)}
        raise problems.WrongDate(message % about)
    return DateRange(since, until)


def shortened(during: DateRange, until: date) -> DateRange:
    """The same time with an earlier end; refuses a day that lies outside it."""
    if until <= during.lower or (during.upper and until > during.upper):
        message = _("The day must lie in the time %(time)s.")
        raise problems.WrongDate(message % {"time": span_in_words(during)})
    return DateRange(during.lower, until)


def span_in_words(during: DateRange) -> str:
    """``from 1 January 2020 until 1 January 2026``: the first day without."""
    if during.upper is None:
        return _("from %(since)s") % {"since": day_in_words(during.lower)}
    return _("from %(since)s until %(until)s") % {
        "since": day_in_words(during.lower),
        "until": day_in_words(during.upper),
    }


def code_taken(code: str) -> problems.CodeTaken:
    other = Unit.objects.get(code=code)
    message = _("%(unit)s has the code %(code)s already.")
    return problems.CodeTaken(message % {"unit": other, "code": code})


def would_be_cycle(unit: Unit, under: Unit) -> problems.WouldBeCycle:
    message = _("%(unit)s cannot stand under %(under)s, which is a part of it.")
    return problems.WouldBeCycle(message % {"unit": unit, "under": under})


def closed_before_founded() -> problems.WrongDate:
    return problems.WrongDate(_("A unit cannot be closed before it was founded."))


def post_taken(post: Post, during: DateRange) -> problems.PostTaken:
    """Asked after the violation, when whoever was first has committed."""
    held = Tenure.objects.filter(post=post, during__overlap=during).select_related("person")
    tenure = held.order_by("during")[0]
    message = _("%(person)s holds the post %(post)s %(time)s.")
    about = {"person": tenure.person, "post": post, "time": span_in_words(tenure.during)}
    return problems.PostTaken(message % about)


def seat_taken(body: Body, person: Person, during: DateRange) -> problems.SeatTaken:
    """Asked after the violation, when whoever was first has committed."""
    held = Membership.objects.filter(body=body, person=person, during__overlap=during)
    seat = held.order_by("during")[0]
    message = _("%(person)s has a seat in %(body)s %(time)s already.")
    about = {"person": person, "body": body, "time": span_in_words(seat.during)}
    return problems.SeatTaken(message % about)


def already_declared() -> problems.AlreadyDeclared:
    return problems.AlreadyDeclared(_("This was declared before."))


def _in_office(unit: Unit, on: date) -> list[Person]:
    beyond = DateRange(on, None)
    terms = Tenure.objects.filter(post__unit=unit, during__overlap=beyond)
    seats = Membership.objects.filter(body__unit=unit, during__overlap=beyond)
    in_office = Q(id__in=terms.values("person")) | Q(id__in=seats.values("person"))
    return list(Person.objects.filter(in_office).order_by("staff_number"))


def _names(rows: Iterable[Named]) -> str:
    return list_in_words([str(row) for row in rows])
