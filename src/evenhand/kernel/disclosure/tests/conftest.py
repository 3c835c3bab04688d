"""A source of publications as a mechanism would register one, over a matter of the cast."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from evenhand.kernel.access.actor import acting
from evenhand.kernel.access.involvement import Involving, involve_many
from evenhand.kernel.access.models import Relation, Sight
from evenhand.kernel.disclosure import actions, registry
from evenhand.kernel.disclosure.models import Publication
from evenhand.kernel.disclosure.registry import Original, Source
from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.tests.cast import Cast

AT = datetime(2026, 3, 2, 1, 14, tzinfo=UTC)
TEXT = {"facts": "The drain is broken. 排水管破裂。", "result": "It is mended."}


@dataclass
class Desk:
    """A matter that ``wen`` handles in the water bureau, whose head reviews."""

    cast: Cast
    matter: uuid.UUID

    def propose(self, by: Person | None = None, **changes: Any) -> Publication:
        given = {"title": "The drain at Willow Lane", "parts": TEXT} | changes
        return actions.propose(
            source="tried.answer",
            matter=self.matter,
            by=(by or self.cast.wen).id,
            at=AT,
            **given,
        )

    def approve(self, row: Publication, by: Person | None = None) -> Publication:
        return actions.approve(publication=row.id, by=(by or self.cast.water_head).id, at=AT)

    def published(self) -> Publication:
        row = self.approve(self.propose())
        assert actions.publish_due(at=AT) == 1
        return row


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Desk:
    matter = uuid.uuid4()

    def read(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Original]:
        return {
            one: Original(
                matter=one,
                reference="NZ-2026-0000-0000",
                unit=cast.water.id,
                language="en",
                title="The drain",
                parts=TEXT,
            )
            for one in ids
        }

    source = Source(
        key="tried.answer",
        mechanism="tried",
        label="Answer",
        parts={"facts": "Facts", "result": "Result"},
        proposes=(Relation.HANDLER,),
        reviews=(Relation.HANDLING, Relation.SUPERIOR),
        matters=lambda: Sight.objects.filter(matter_id=matter),
        read=read,
    )
    monkeypatch.setattr(registry, "_sources", {source.key: source})
    with acting(cast.wen.id, AT):
        involve_many(
            matter=matter,
            involvings=[
                Involving(relation=Relation.HANDLER, person=cast.wen.id),
                Involving(relation=Relation.HANDLING, unit=cast.water.id, power="lead"),
            ],
            at=AT,
        )
    return Desk(cast, matter)
