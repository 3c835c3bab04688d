"""Telling people that a matter has moved: that, where to look, and nothing of what it holds."""

import uuid

from django.conf import settings

from evenhand.kernel.notices.actions import notify
from evenhand.kernel.organisation.models import Person

from .models import Party
from .registry import Taking

MOVED, NOW_YOURS, LOOK = "cases_moved", "cases_now_yours", "cases_look"


def tell_of(taking: Taking) -> None:
    """The petitioner, where the step is one to tell; whoever answers for the matter from now
    on; and those whom the step's effect names, but never anybody whom the matter concerns."""
    case = taking.case
    if taking.step.told:
        for party in Party.objects.filter(case=case).exclude(email=""):
            _tell(taking, party.actor_id, party.email, party.language, MOVED)
    if case.accountable_id != taking.accountable_before:
        _tell_person(taking, case.accountable, NOW_YOURS)
    for person in taking.also_tell:
        if person.id not in taking.concerned:
            _tell_person(taking, person, LOOK)


def _tell_person(taking: Taking, person: Person, template: str) -> None:
    account = getattr(person, "account", None)
    language = account.language if account and account.language else settings.LANGUAGE_CODE
    _tell(taking, person.id, person.email, language, template)


def _tell(taking: Taking, recipient: uuid.UUID, email: str, language: str, template: str) -> None:
    notify(
        matter=taking.case.id,
        recipient=recipient,
        email=email,
        language=language,
        template=template,
        context={"reference": taking.case.reference},
        at=taking.at,
    )
