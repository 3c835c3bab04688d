"""A matter with a petitioner, a handler and somebody concerned; a store of the test's own."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from evenhand.base.ids import uuid7
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Involvement, Relation
from evenhand.kernel.organisation.tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


@dataclass(frozen=True)
class Matter:
    id: uuid.UUID
    petitioner: uuid.UUID
    handler: uuid.UUID
    concerned: uuid.UUID
    stranger: uuid.UUID


def make_matter(cast: Cast) -> Matter:
    matter = Matter(uuid7(AT), uuid7(AT), cast.wen.id, cast.water_head.id, cast.qiao.id)
    involved = {
        Relation.PETITIONER: matter.petitioner,
        Relation.HANDLER: matter.handler,
        Relation.CONCERNED: matter.concerned,
    }
    with acting(CLOCK, AT):
        for relation, person in involved.items():
            Involvement.objects.create(
                matter_id=matter.id, person_id=person, relation=relation, since=AT
            )
    return matter


@pytest.fixture
def matter(cast: Cast) -> Matter:
    return make_matter(cast)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def lying_in(folder: Path) -> list[Path]:
    """Every file of the store, wherever it lies."""
    return [path for path in folder.rglob("*") if path.is_file()]
