"""Telling people that a matter has moved: that, where to look, and nothing of what it holds."""

import uuid
from datetime import datetime

from django.conf import settings

from evenhand.kernel.notices.actions import notify
from evenhand.kernel.organisation.models import Person

from .models import Case, Party
from .registry import Taking

MOVED, NOW_YOURS, LOOK = "cases_moved", "cases_now_yours", "cases_look"


def tell_of(taking: Taking) -> None:
    """The petitioner, where the step is one to tell; whoever answers for the matter from now
    on; and those whom the step's effect names, but never anybody whom the matter concerns."""
    case, at = taking.case, taking.at
    if taking.step.told:
        for party in Party.objects.filter(case=case).exclude(email=""):
            _tell(case, at, party.actor_id, party.email, party.language, MOVED)
    if case.accountable_id != taking.accountable_before:
        tell_bearer(case, at)
    for person in taking.also_tell:
        if person.id not in taking.concerned:
            _tell_person(case, at, person, LOOK)


def tell_bearer(case: Case, at: datetime) -> None:
    """Whoever answers for the matter now that they do."""
    _tell_person(case, at, case.accountable, NOW_YOURS)


def _tell_person(case: Case, at: datetime, person: Person, template: str) -> None:
    account = getattr(person, "account", None)
    language = account.language if account and account.language else settings.LANGUAGE_CODE
    _tell(case, at, person.id, person.email, language, template)


def _tell(
    case: Case, at: datetime, recipient: uuid.UUID, email: str, language: str, template: str
) -> None:
    notify(
        matter=case.id,
        recipient=recipient,
        email=email,
        language=language,
        template=template,
        context={"reference": case.reference},
        at=at,
    )
