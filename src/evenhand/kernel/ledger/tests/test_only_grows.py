"""The application's role can add to the ledger and read it, and nothing else."""

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.ledger import actions, codes
from evenhand.kernel.ledger.models import Entry

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registered() -> None:
    codes.register(codes.Code("test.noted", "Something was noted."))


def test_an_entry_commits_to_what_its_opening_shows() -> None:
    with acting(CLOCK, AT):
        entry_id = actions.enter(code="test.noted", at=AT, arguments={"n": 1})
    assert Entry.objects.get(id=entry_id).commitment


def test_an_unknown_code_raises() -> None:
    with pytest.raises(codes.UnknownCode):
        actions.enter(code="test.never", at=AT, arguments={})


def test_an_entry_cannot_be_changed_or_removed() -> None:
    actions.enter(code="test.noted", at=AT, arguments={})
    with pytest.raises(ProgrammingError, match="permission denied"):
        Entry.objects.update(code="test.changed")


def test_nobody_chooses_when_an_entry_was_recorded() -> None:
    long_ago = AT.replace(year=1999)
    Entry.objects.create(code="test.noted", at=AT, commitment=b"", recorded_at=long_ago)
    assert Entry.objects.get().recorded_at.year > 1999
