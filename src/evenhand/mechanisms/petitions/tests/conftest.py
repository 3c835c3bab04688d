"""A petition of the standing cast at each stage of its way, moved by the real steps."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.receipts import IssuedReceipt
from evenhand.kernel.cases.actions import take
from evenhand.kernel.cases.models import Case, Party
from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions.actions import Submission, bring
from evenhand.mechanisms.petitions.documents import save_draft
from evenhand.mechanisms.petitions.states import Channel, Kind, Manner

AT = datetime(2026, 3, 2, 1, 14, tzinfo=UTC)
SUBMISSION = Submission(
    title="Street flooding at Willow Lane",
    body="Every time it rains, Willow Lane stands under water. Please mend the drain.",
    kind=Kind.CLAIM,
    language="en",
    channel=Channel.WEB,
    received_at=AT,
    name="M. Lin",
    email="lin@example.org",
)
ANSWER = {
    "claim": "Mend the drain at Willow Lane.",
    "facts": "The drain is broken, as seen on 9 March.",
    "result": "supported",
    "reasons": "The drain will be mended by June.",
    "legal_basis": "Drainage Regulation, art. 12",
    "remedies": "You may ask the county for a review within 30 days.",
}


@dataclass
class Walk:
    """A petition on its way; each call is one real step, a day after the one before."""

    cast: Cast
    case: Case
    receipt: IssuedReceipt
    petitioner: uuid.UUID
    at: datetime

    def step(self, name: str, by: Any, **facts: Any) -> "Walk":
        self.at += timedelta(days=1)
        actor = by if isinstance(by, uuid.UUID) else by.id
        self.case = take(case=self.case.id, step=name, by=actor, at=self.at, facts=facts)
        return self

    def registered(self, **facts: Any) -> "Walk":
        facts = {"kind": Kind.CLAIM, "unit": self.cast.water} | facts
        return self.step("register", self.cast.registrar, **facts)

    def handling(self) -> "Walk":
        self.registered()
        return self.step("accept", self.cast.water_clerk, handler=self.cast.wen)

    def drafted(self, by: Person | None = None, **parts: str) -> "Walk":
        author = by or self.cast.wen
        save_draft(case=self.case.id, parts=ANSWER | parts, by=author.id, at=self.at)
        return self

    def approving(self) -> "Walk":
        return self.handling().drafted().step("propose", self.cast.wen)

    def answered(self) -> "Walk":
        return self.approving().step("approve", self.cast.water_head)

    def served(self) -> "Walk":
        day = (self.at + timedelta(days=4)).date()
        self.answered()
        return self.step("serve", self.cast.wen, manner=Manner.POST, served_on=day)


def begun(cast: Cast, at: datetime = AT, **changes: Any) -> Walk:
    """A petition just brought."""
    brought = bring(submission=replace(SUBMISSION, received_at=at, **changes), at=at)
    return Walk(cast, brought.case, brought.receipt, _holder(brought.case, at), at)


@pytest.fixture
def begin(cast: Cast) -> Callable[..., Walk]:
    return partial(begun, cast)


def _holder(case: Case, at: datetime) -> uuid.UUID:
    with acting(CLOCK, at):
        found: uuid.UUID = Party.objects.get(case=case).actor_id
    return found


@pytest.fixture
def walk(begin: Callable[..., Walk]) -> Walk:
    return begin()
