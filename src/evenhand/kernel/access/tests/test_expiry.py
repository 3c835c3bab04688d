"""What a visitor typed is deleted when its time is over."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from evenhand.kernel.access import drafts
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.expiry import delete_expired
from evenhand.kernel.access.models import Draft

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "left"), [(13, 1), (15, 0)])
def test_a_draft_is_gone_after_fourteen_days(days: int, left: int) -> None:
    owner = uuid.uuid4()
    with acting(owner, AT):
        drafts.save(owner=owner, key="petitions.bring", content={"body": "x"}, at=AT)
    delete_expired(at=AT + timedelta(days=days))
    with acting(CLOCK, AT):
        assert Draft.objects.count() == left
