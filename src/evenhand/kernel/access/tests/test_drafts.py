"""A draft is its owner's alone, and does not last."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from evenhand.kernel.access import drafts
from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting
from evenhand.kernel.access.models import Draft

from .rows import AT

pytestmark = pytest.mark.django_db
VISITOR, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
TYPED = {"title": "路灯 out", "agreed": True, "parts": [1, None]}


@pytest.fixture(autouse=True)
def _saved() -> None:
    with acting(VISITOR, AT):
        drafts.save(owner=VISITOR, key="bring", content=TYPED, at=AT)


def test_what_was_typed_is_there_again() -> None:
    with acting(VISITOR, AT):
        assert drafts.load(owner=VISITOR, key="bring", at=AT) == TYPED
        assert drafts.load(owner=VISITOR, key="another", at=AT) is None


def test_saving_again_replaces_it_and_its_expiry() -> None:
    later = AT + timedelta(days=10)
    with acting(VISITOR, later):
        drafts.save(owner=VISITOR, key="bring", content={"title": "new"}, at=later)
        after = later + drafts.KEPT_FOR - timedelta(seconds=1)
        assert drafts.load(owner=VISITOR, key="bring", at=after) == {"title": "new"}
        assert Draft.objects.count() == 1


def test_nobody_else_sees_it() -> None:
    with acting(OTHER, AT):
        assert drafts.load(owner=VISITOR, key="bring", at=AT) is None
        assert drafts.wipe(owner=VISITOR) == 0


def test_nobody_saves_in_anothers_name() -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), acting(OTHER, AT):
        drafts.save(owner=VISITOR, key="bring", content={}, at=AT)


def test_what_all_visitors_share_owns_no_draft() -> None:
    with acting(PUBLIC, AT):
        with pytest.raises(drafts.NobodysDraft):
            drafts.save(owner=PUBLIC, key="bring", content={}, at=AT)
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.create(owner_id=PUBLIC, key="x", saved_at=AT, expires_at=AT)


@pytest.mark.parametrize(("key", "left"), [("bring", ["other"]), (None, [])])
def test_wiping_removes_one_or_all(key: str | None, left: list[str]) -> None:
    with acting(VISITOR, AT):
        drafts.save(owner=VISITOR, key="other", content={}, at=AT)
        assert drafts.wipe(owner=VISITOR, key=key) == 2 - len(left)
        assert list(Draft.objects.values_list("key", flat=True)) == left


def test_after_fourteen_days_it_is_gone_whether_swept_or_not() -> None:
    end = AT + timedelta(days=14)
    with acting(VISITOR, end):
        assert drafts.load(owner=VISITOR, key="bring", at=end - timedelta(seconds=1))
        assert drafts.load(owner=VISITOR, key="bring", at=end) is None


def test_the_sweep_removes_what_expired_and_nothing_else() -> None:
    with acting(OTHER, AT + timedelta(days=1)):
        drafts.save(owner=OTHER, key="bring", content={}, at=AT + timedelta(days=1))
    with acting(CLOCK, AT):
        assert drafts.purge(at=AT + timedelta(days=14)) == 1
        assert list(Draft.objects.values_list("owner_id", flat=True)) == [OTHER]


def test_a_draft_too_large_is_refused_and_the_old_one_kept() -> None:
    with acting(VISITOR, AT):
        with pytest.raises(drafts.DraftTooLarge):
            drafts.save(owner=VISITOR, key="bring", content={"b": "字" * 70_000}, at=AT)
        assert drafts.load(owner=VISITOR, key="bring", at=AT) == TYPED
