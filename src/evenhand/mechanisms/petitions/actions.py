"""Bringing a petition: by its petitioner, or recorded by a clerk. The rest are the flow's steps
(:func:`evenhand.kernel.cases.actions.take`)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from evenhand.base import profile
from evenhand.base.ids import reference, uuid7
from evenhand.kernel.access import receipts
from evenhand.kernel.access.actor import acting
from evenhand.kernel.cases import registry
from evenhand.kernel.cases.actions import NewCase, open_case
from evenhand.kernel.cases.models import Case, Party
from evenhand.kernel.evidence.actions import add_files
from evenhand.kernel.evidence.limits import Upload
from evenhand.kernel.organisation import queries as organisation
from evenhand.kernel.organisation.models import Unit

from .models import Petition
from .queries import REGISTERS, NobodyReceives, reception
from .states import Channel

BROUGHT = "petitions.brought"
__all__ = ["BROUGHT", "Brought", "NobodyReceives", "Submission", "bring"]


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a person brought, cleaned. ``received_at`` may lie before it was recorded."""

    title: str
    body: str
    kind: str
    language: str
    channel: str
    received_at: datetime
    anonymous: bool = False
    name: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""
    group_size: int | None = None
    representatives: Sequence[str] = ()
    uploads: Sequence[Upload] = ()


@dataclass(frozen=True)
class Brought:
    """The case, and the receipt that is shown once."""

    case: Case
    receipt: receipts.IssuedReceipt


@transaction.atomic
def bring(
    *,
    submission: Submission,
    at: datetime,
    clerk: uuid.UUID | None = None,
    office: Unit | None = None,
    seed: bytes | None = None,
) -> Brought:
    """Take a petition in and issue its receipt, in one transaction.

    ``clerk`` is the first official reached, who answers for the matter from now on; without
    one, the registrar on duty does. ``office`` is the clerk's unit. ``seed`` makes a retried
    request yield the same receipt.

    Raises :class:`NobodyReceives` when no office is set up to receive petitions.
    """
    holder = uuid7(at)
    by = clerk or holder
    desk = reception(at, office=office, clerk=clerk)
    newest = registry.newest(_profile().flows["petitions"])
    with acting(by, at):
        case = open_case(
            NewCase(
                flow=newest.flow,
                reference=reference(_profile().reference_prefix, _local_year(at)),
                title=submission.title,
                language=submission.language,
                party=_party(submission, holder),
                receiving_unit=desk.unit.id,
                receiving_power=REGISTERS,
                audit_unit=_root(desk.unit).id,
                accountable=desk.accountable.id,
                in_person=desk.stands_in,
                received_at=submission.received_at,
                code=BROUGHT,
                arguments={"channel": submission.channel, "kind": submission.kind},
            ),
            by=by,
            at=at,
        )
        _petition(case, submission).save(force_insert=True)
        if submission.uploads:
            add_files(
                matter=case.id, uploads=submission.uploads, by=by, at=at, from_petitioner=True
            )
        receipt = receipts.issue(
            matter=case.id,
            holder=holder,
            reference=case.reference,
            at=at,
            seed=seed,
            sent_to=submission.email or submission.address,
        )
    return Brought(case, receipt)


def _root(unit: Unit) -> Unit:
    above = organisation.ancestors(unit)
    return above[-1] if above else unit


def _profile() -> profile.Profile:
    return profile.cached(settings.EVENHAND_PROFILE_FOLDER)


def _local_year(at: datetime) -> int:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).year


def _party(submission: Submission, holder: uuid.UUID) -> Party:
    return Party(
        actor_id=holder,
        anonymous=submission.anonymous,
        name="" if submission.anonymous else submission.name,
        email=submission.email,
        telephone=submission.telephone,
        address=submission.address,
        language=submission.language,
    )


def _petition(case: Case, submission: Submission) -> Petition:
    return Petition(
        case=case,
        kind=submission.kind,
        channel=Channel(submission.channel),
        body=submission.body,
        group_size=submission.group_size,
        representatives=list(submission.representatives),
    )
