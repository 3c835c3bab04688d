"""The county's delivered answers, proposed, reviewed and published, but for the latest few."""

from collections.abc import Iterator
from datetime import datetime

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Involvement, Relation
from evenhand.kernel.disclosure import actions, figures, masking
from evenhand.kernel.disclosure.registry import Original
from evenhand.kernel.organisation.queries import answering_for_each
from evenhand.mechanisms.petitions import publishing

#: So many stay to be proposed, that the page for it is not empty.
LEFT_TO_PROPOSE = 4


def publish(*, at: datetime) -> int:
    """Have handlers propose and heads review; returns how many were published."""
    for original in _delivered(at)[LEFT_TO_PROPOSE:]:
        _publish(original, at=at)
    published = actions.publish_due(at=at)
    figures.compute(at=at)
    return published


def _delivered(at: datetime) -> list[Original]:
    with acting(CLOCK, at):
        ids = list(publishing.matters().values_list("id", flat=True))
        return list(publishing.originals(ids).values())


def _publish(original: Original, *, at: datetime) -> None:
    with acting(CLOCK, at):
        handler = Involvement.objects.filter(
            matter_id=original.matter, relation=Relation.HANDLER, until=None
        ).first()
        heads = answering_for_each([original.unit], at)
    head = heads.get(original.unit)
    if handler is None or handler.person_id is None or head is None:
        return
    title, *rest = _masked(original)
    publication = actions.propose(
        source=publishing.ANSWER,
        matter=original.matter,
        title=title,
        parts=dict(zip(original.parts, rest, strict=True)),
        by=handler.person_id,
        at=at,
    )
    actions.approve(publication=publication.id, by=head.id, at=at)


def _masked(original: Original) -> Iterator[str]:
    """Title and parts after the first pass, which the handlers of the demo take as it is."""
    for text in (original.title, *original.parts.values()):
        yield masking.mask(
            text,
            language=original.language,
            people=original.people,
            contacts=original.contacts,
        )
