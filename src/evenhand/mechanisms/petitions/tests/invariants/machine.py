"""A county at work: people, right and wrong, do whatever may be done with petitions, days pass,
terms of office end and begin. Whatever they try either moves a case by a row of its table or
leaves everything as it was."""

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
)

from evenhand.kernel.access import handover, receipts
from evenhand.kernel.cases.actions import CaseNotFound, take
from evenhand.kernel.cases.correspondence import write
from evenhand.kernel.cases.flows import Step
from evenhand.kernel.cases.refusals import StepRefused
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.obligations.sweep import carry_out, sweep
from evenhand.kernel.organisation import actions as organisation
from evenhand.kernel.organisation import problems
from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.queries import day_of
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions.actions import Brought, NobodyReceives, bring
from evenhand.mechanisms.petitions.documents import save_draft
from evenhand.mechanisms.petitions.flow import FLOW
from evenhand.mechanisms.petitions.states import Channel, Kind, Result, State
from evenhand.mechanisms.petitions.tests.conftest import ANSWER, SUBMISSION

from . import looking
from .facts import STAFF, Facts, rubbish, staff
from .looking import Ledger, Standing
from .rules import Offices, entitled

BEGINS = datetime(2026, 3, 2, 1, 14, tzinfo=UTC)
#: Few, so that each goes far.
MOST_AT_ONCE = 3
_REFUSALS = (StepRefused, CaseNotFound)
_OFFICE_REFUSALS = (handover.HandoverProblem, problems.OrganisationProblem)

AHEAD = {
    *("register", "accept", "study", "propose", "propose_reply", "approve", "approve_reply"),
    *("serve", "serve_reply", "serve_notice"),
}
TRIED = tuple(step.name for step in FLOW.steps)
steps = st.sampled_from(TRIED)


@dataclass(frozen=True)
class Matter:
    """What the petitioner holds: the receipt, and as whom it lets them act."""

    id: uuid.UUID
    reference: str
    digits: str
    petitioner: uuid.UUID


class County(RuleBasedStateMachine):
    """Run inside a transaction that is rolled back; ``cast`` is set before."""

    cast: ClassVar[Cast]
    #: Over all runs: steps of the machine, steps that were taken, attempts that were refused.
    counted: ClassVar[Counter[str]] = Counter()

    matters = Bundle("matters")

    def __init__(self) -> None:
        super().__init__()
        self.at = BEGINS
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.offices = Offices(self.cast)
        self.facts = Facts(self.cast, self.offices)
        self.ledger = Ledger()
        self.concerned: dict[uuid.UUID, set[uuid.UUID]] = {}
        self.held: list[Matter] = []
        self.cases: dict[uuid.UUID, Standing] = {}
        self.hashes: tuple[Any, ...] = ()
        self._look()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._undo.__exit__(None, None, None)

    # Bringing.

    @initialize(
        target=matters,
        kind=st.sampled_from(Kind.values),
        far=st.integers(0, 6),
        data=st.data(),
    )
    def first(self, kind: str, far: int, data: st.DataObject) -> Any:
        """A matter on its way already; what happens to it then need not begin at the door."""
        matter = self._bring(channel=Channel.WEB, kind=kind, anonymous=False, ago=0)
        for _ in range(far):
            self._go_ahead(matter, data)
        return matter

    @precondition(lambda self: len(self.held) < MOST_AT_ONCE)
    @rule(
        target=matters,
        channel=st.sampled_from([Channel.WEB, Channel.VISIT, Channel.CALL, Channel.LETTER]),
        anonymous=st.booleans(),
        kind=st.sampled_from(Kind.values),
        clerk=staff,
        ago=st.sampled_from([0, 0, 2, 20]),
    )
    def bring(self, channel: str, anonymous: bool, kind: str, clerk: str, ago: int) -> Any:
        recorded = {} if channel == Channel.WEB else {"clerk": self._person(clerk).id}
        return self._bring(channel=channel, kind=kind, anonymous=anonymous, ago=ago, **recorded)

    def _bring(self, *, channel: str, kind: str, anonymous: bool, ago: int, **recorded: Any) -> Any:
        submission = replace(
            SUBMISSION,
            channel=channel,
            kind=kind,
            anonymous=anonymous,
            email="" if anonymous else SUBMISSION.email,
            received_at=self._later() - timedelta(days=ago),
        )
        try:
            with transaction.atomic():
                brought = bring(submission=submission, at=self.at, **recorded)
        except NobodyReceives:
            self._unchanged()
            return multiple()
        return self._hold(brought)

    def _hold(self, brought: Brought) -> Matter:
        reference, digits = brought.case.reference, brought.receipt.digits
        opened = receipts.open_matter(reference=reference, typed_secret=digits, at=self.at)
        matter = Matter(brought.case.id, reference, digits, opened.holder_id)
        self.held.append(matter)
        self.concerned[matter.id] = set()
        self._look()
        return matter

    # Moving.

    @rule(matter=matters, step=steps, by=staff, data=st.data())
    def try_anything(self, matter: Matter, step: str, by: str, data: st.DataObject) -> None:
        person = self._person(by).id
        facts = self._facts(step, matter, person, data)
        for key in [key for key in facts if data.draw(st.booleans())]:
            facts[key] = data.draw(rubbish)
        self._attempt(matter, step, person, facts)

    @rule(matter=matters, data=st.data())
    def go_on(self, matter: Matter, data: st.DataObject) -> None:
        """Somebody takes a step that starts where the case stands."""
        self._go_on(matter, FLOW.steps_from(self.cases[matter.id].state), data)

    @rule(matter=matters, times=st.integers(1, 3), data=st.data())
    def go_ahead(self, matter: Matter, times: int, data: st.DataObject) -> None:
        for _ in range(times):
            self._go_ahead(matter, data)

    def _go_ahead(self, matter: Matter, data: st.DataObject) -> None:
        """As they should: a step that leads on, with what it needs."""
        case = self.cases[matter.id]
        if case.state in (State.HANDLING, State.STUDYING):
            self._draft(matter, case, case.handler_id)
        leads_on = AHEAD - {"accept" if case.kind == Kind.SUGGESTION else "study"}
        possible = [step for step in FLOW.steps_from(case.state) if step.name in leads_on]
        self._go_on(matter, possible, data)

    def _go_on(self, matter: Matter, possible: Sequence[Step], data: st.DataObject) -> None:
        """Somebody whose part it is takes a step that starts where the case stands."""
        who = {
            step.name: [p for p in self._everybody(matter) if self._entitled(step.name, p, matter)]
            for step in possible
        }
        if able := [step for step in who if who[step]]:
            step = data.draw(st.sampled_from(able))
            by = data.draw(st.sampled_from(who[step]))
            self._attempt(matter, step, by, self._facts(step, matter, by, data))

    @rule(matter=matters, step=steps, other=matters)
    def petitioner_tries(self, matter: Matter, step: str, other: Matter) -> None:
        self._attempt(matter, step, other.petitioner, {})

    @rule(matter=matters, by=staff, missing=st.sampled_from(["", "facts", "remedies"]))
    def draft(self, matter: Matter, by: str, missing: str) -> None:
        self._draft(matter, self.cases[matter.id], self._person(by).id, missing)

    def _draft(
        self, matter: Matter, case: Standing, author: uuid.UUID | None, missing: str = ""
    ) -> None:
        assert author is not None
        result = Result.SUPPORTED if case.kind == Kind.CLAIM else Result.ADOPTED
        parts = {**ANSWER, "result": result} | ({missing: " "} if missing else {})
        drafted = self._allowed(
            lambda at: save_draft(case=matter.id, parts=parts, by=author, at=at)
        )
        assert not drafted or case.handler_id == author

    @rule(matter=matters, by=staff, own=st.booleans())
    def write(self, matter: Matter, by: str, own: bool) -> None:
        author = matter.petitioner if own else self._person(by).id
        written = self._allowed(
            lambda at: write(case=matter.id, body="More about it.", by=author, at=at)
        )
        assert written or not own
        assert not written or author not in self.concerned[matter.id]

    @rule(matter=matters, days=st.sampled_from([1, 8, 8]), answer=st.sampled_from([False, None]))
    def withdraw(self, matter: Matter, days: int, answer: bool | None) -> None:
        """Asked for, and confirmed by a registrar when it may be, or too soon."""
        self._attempt(matter, "ask_withdrawal", matter.petitioner, {})
        self.days_pass(days)
        office = self.cases[matter.id].receiving_unit_id
        for clerk in self.offices.with_power("petitions.register", office, day_of(self.at)):
            self._attempt(matter, "confirm_withdrawal", clerk, {"was_asked_to": answer})

    # Time, and people.

    @rule(days=st.sampled_from([0, 1, 3, 6, 8, 16, 31, 61]))
    def days_pass(self, days: int) -> None:
        self.at += timedelta(days=days)
        found: list[Obligation] = []
        sweep(at=self._later(), queue=found.extend)
        for obligation in found:
            carry_out(obligation, self.at)
        self._look()

    @rule(
        post=st.sampled_from([*STAFF, "riverside_head"]),
        other=staff,
        by=staff,
        days=st.sampled_from([0, 1]),
    )
    def office(self, post: str, other: str, by: str, days: int) -> None:
        """A term of office begins, or ends and ``other`` takes over."""
        if post not in self.cast.posts:
            return
        today = day_of(self.at)
        held = [h for h in self.offices.held if h.post == self.cast.posts[post].id and h.on(today)]
        act: dict[str, Any] = {"post": self.cast.posts[post], "by": self._person(by).id}
        if held:
            act["person"] = Person.objects.get(id=held[0].person)
            act["successor"] = self._person(other)
            act["until"] = today + timedelta(days=days)
            self._allowed(lambda at: handover.relieve_safely(**act, at=at), _OFFICE_REFUSALS)
        else:
            act |= {"person": self._person(other), "since": today}
            self._allowed(lambda at: organisation.appoint(**act, at=at), _OFFICE_REFUSALS)
        self.offices.read()

    # What must hold.

    def _holds(self) -> None:
        self.counted["steps"] += 1
        for case in self.cases.values():
            looking.check(case)
            assert self.ledger.states[case.id] == case.state
            assert set(case.concerned) == self.concerned[case.id]
        turn = self.counted["steps"]
        assert turn % 10 or self.ledger.nothing_went(self.at)
        if self.held:
            matter = self.held[turn % len(self.held)]
            if turn % 5 == 0:
                self._opens(matter)
            for person in sorted(self.concerned[matter.id])[turn % 3 :: 3]:
                assert not looking.sees(person, matter.id, self.at)

    def _opens(self, matter: Matter) -> None:
        opened = receipts.open_matter(
            reference=matter.reference, typed_secret=matter.digits, at=self.at
        )
        assert (opened.matter_id, opened.holder_id) == (matter.id, matter.petitioner)
        assert "cases_case" in looking.sees(matter.petitioner, matter.id, self.at)

    # How it is done.

    def _later(self) -> datetime:
        self.at += timedelta(minutes=7)
        return self.at

    def _person(self, name: str) -> Person:
        person: Person = getattr(self.cast, name)
        return person

    def _facts(
        self, step: str, matter: Matter, by: uuid.UUID, data: st.DataObject
    ) -> dict[str, Any]:
        return self.facts.of(step, self.cases[matter.id], by, day_of(self.at), data)

    def _everybody(self, matter: Matter) -> list[uuid.UUID]:
        return [matter.petitioner, *(self._person(name).id for name in STAFF)]

    def _entitled(self, step: str, person: uuid.UUID, matter: Matter) -> bool:
        if person in self.concerned[matter.id]:
            return False
        case = self.cases[matter.id]
        return entitled(step, person, case, matter.petitioner, self.offices, day_of(self.at))

    def _look(self) -> None:
        """After every act, those that were refused as well."""
        self.cases, self.hashes = looking.look(self.at, day_of(self.at), self.ledger)
        self._holds()

    def _unchanged(self) -> None:
        before = self.cases, self.hashes
        self._look()
        assert (self.cases, self.hashes) == before

    def _allowed(
        self,
        act: Callable[[datetime], object],
        refusals: tuple[type[Exception], ...] = _REFUSALS,
    ) -> bool:
        """Whether an act was done; one that was refused has left everything as it was."""
        try:
            with transaction.atomic():
                act(self._later())
        except refusals:
            self.counted["refused"] += 1
            self._unchanged()
            return False
        self._look()
        return True

    def _attempt(self, matter: Matter, step: str, by: uuid.UUID, facts: dict[str, Any]) -> None:
        before, entitled = self.cases[matter.id], self._entitled(step, by, matter)

        def attempt(at: datetime) -> None:
            take(case=matter.id, step=step, by=by, at=at, facts=facts)
            self.concerned[matter.id] |= self._stakes(step, by, facts)

        if self._allowed(attempt):
            self.counted[step] += 1
            row = FLOW.step(step)
            assert entitled
            assert before.state in row.source
            assert self.cases[matter.id].state == (row.to or before.state)

    def _stakes(self, step: str, by: uuid.UUID, facts: Any) -> set[uuid.UUID]:
        """Whom the matter concerns by this step, once it is taken."""
        if step == "recuse":
            return {by}
        if step != "register":
            return set()
        about, today = facts.get("about_unit"), day_of(self.at)
        return self.offices.concerned(
            about.id if about else None,
            [person.id for person in facts.get("about_people") or ()],
            facts.get("act_on") or today,
            today,
        )
