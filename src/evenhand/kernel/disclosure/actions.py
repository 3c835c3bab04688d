"""Proposing, reviewing, publishing and withdrawing. Nobody publishes alone."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from evenhand.base.ids import uuid7
from evenhand.base.text import clean
from evenhand.kernel.access import involvement
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Relation
from evenhand.kernel.ledger.actions import Act, enter, enter_many

from . import codes, refusals, registry, wording
from .models import Publication
from .refusals import DisclosureRefused

#: How many are published in one transaction.
BATCH = 200
#: What handing in anew replaces.
_PROPOSED = (
    "unit",
    "language",
    "title",
    "body",
    "words",
    "proposed_by",
    "proposed_at",
    "returned_by",
    "returned_at",
    "return_reason",
)


@transaction.atomic
def propose(
    *,
    source: str,
    matter: uuid.UUID,
    title: str,
    parts: Mapping[str, str],
    by: uuid.UUID,
    at: datetime,
) -> Publication:
    """Hand in a text for review; one that was returned is handed in anew.

    ``parts`` by the keys of the source. Raises :class:`DisclosureRefused`, and
    :class:`~.registry.UnknownSource`.
    """
    origin = registry.source(source)
    with acting(by, at):
        original = _original(origin, matter, at)
        returned = _standing(origin, matter)
        if returned and returned.returned_at is None:
            raise DisclosureRefused(refusals.IN_REVIEW)
        publication = returned or Publication(
            id=uuid7(at), key=origin.key, mechanism=origin.mechanism, matter_id=matter
        )
        _write(publication, origin, title, parts)
        publication.unit_id, publication.language = original.unit, original.language
        publication.proposed_by_id, publication.proposed_at = by, at
        publication.returned_by, publication.returned_at = None, None
        publication.return_reason = ""
        # The application may change no other column than these.
        publication.save(update_fields=_PROPOSED if returned else None)
        _enter(codes.PROPOSED.key, publication, by=by, at=at)
    return publication


def _original(origin: registry.Source, matter: uuid.UUID, at: datetime) -> registry.Original:
    _refuse_outsiders(origin.proposes, matter, at)
    if not origin.matters().filter(pk=matter).exists():
        raise DisclosureRefused(refusals.NOTHING_TO_PUBLISH)
    return origin.read([matter])[matter]


def _refuse_outsiders(allowed: tuple[Relation, ...], matter: uuid.UUID, at: datetime) -> None:
    if not involvement.relations_of(matter, at) & set(allowed):
        raise DisclosureRefused(refusals.NOT_YOURS)


def _standing(origin: registry.Source, matter: uuid.UUID) -> Publication | None:
    rows = Publication.objects.standing().select_for_update()
    return rows.filter(key=origin.key, matter_id=matter).first()


def _write(
    publication: Publication, origin: registry.Source, title: str, parts: Mapping[str, str]
) -> None:
    texts = {part: clean(parts.get(part, "")) for part in origin.parts}
    publication.title = clean(title).replace("\n", " ")
    publication.body = [{"part": part, "text": text} for part, text in texts.items() if text]
    if not publication.title or not publication.body:
        raise DisclosureRefused(refusals.EMPTY)
    publication.words = wording.vector(publication.title, *texts.values())


@transaction.atomic
def approve(*, publication: uuid.UUID, by: uuid.UUID, at: datetime) -> Publication:
    """Another person found nothing in it that names anybody; the next beat publishes it.

    Raises :class:`DisclosureRefused`, ``Publication.DoesNotExist``.
    """
    with acting(by, at):
        row = _to_review(publication, by, at)
        row.reviewed_by_id, row.reviewed_at = by, at
        row.save(update_fields=["reviewed_by", "reviewed_at"])
        _enter(codes.REVIEWED.key, row, by=by, at=at)
    return row


@transaction.atomic
def return_(*, publication: uuid.UUID, reason: str, by: uuid.UUID, at: datetime) -> Publication:
    """Back to who proposed it, with the reason. Raises as :func:`approve`."""
    with acting(by, at):
        row = _to_review(publication, by, at)
        row.returned_by_id, row.returned_at = by, at
        row.return_reason = _given(reason)
        row.save(update_fields=["returned_by", "returned_at", "return_reason"])
        _enter(codes.RETURNED.key, row, by=by, at=at)
    return row


def _to_review(publication: uuid.UUID, by: uuid.UUID, at: datetime) -> Publication:
    row = Publication.objects.select_for_update().get(id=publication)
    _refuse_outsiders(registry.source(row.key).reviews, row.matter_id, at)
    if row.proposed_by_id == by:
        raise DisclosureRefused(refusals.YOUR_OWN)
    if row.reviewed_at or row.returned_at:
        raise DisclosureRefused(refusals.DECIDED)
    return row


@transaction.atomic
def publish_due(*, at: datetime) -> int:
    """Publish what was reviewed, without anybody's favour. Returns how many."""
    with acting(CLOCK, at):
        due = Publication.objects.to_publish().filter(reviewed_at__lte=at)
        locked = due.select_for_update(skip_locked=True).order_by("reviewed_at")
        rows = list(locked.values_list("id", flat=True)[:BATCH])
        Publication.objects.filter(id__in=rows).update(published_at=at)
        enter_many(
            # Of no matter: anybody may read that this was published, and not out of which.
            Act(code=codes.PUBLISHED.key, at=at, arguments={"publication": str(row)})
            for row in rows
        )
    return len(rows)


@transaction.atomic
def withdraw(*, publication: uuid.UUID, reason: str, by: uuid.UUID, at: datetime) -> Publication:
    """Take it from the public, who see the day and the reason. Raises as :func:`approve`."""
    with acting(by, at):
        row = Publication.objects.select_for_update().get(id=publication)
        _refuse_outsiders(registry.source(row.key).reviews, row.matter_id, at)
        if row.published_at is None or row.withdrawn_at is not None:
            raise DisclosureRefused(refusals.NOT_PUBLIC)
        row.withdrawn_by_id, row.withdrawn_at = by, at
        row.withdrawal_reason, row.words = _given(reason), None
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason", "words"])
        arguments = {"publication": str(row.id), "reason": row.withdrawal_reason}
        enter(code=codes.WITHDRAWN.key, at=at, arguments=arguments)
    return row


def _given(reason: str) -> str:
    if not (text := clean(reason)):
        raise DisclosureRefused(refusals.NO_REASON)
    return text


def _enter(code: str, publication: Publication, *, by: uuid.UUID, at: datetime) -> None:
    arguments = {"publication": str(publication.id), "by": str(by)}
    enter(code=code, at=at, matter=publication.matter_id, arguments=arguments)
