"""Two people, or two workers, at the same moment, each on a connection of their own.

The acts meet inside their transactions, past every check: with the guard in place the second one
waits for the first instead of coming there; without it both go on.
"""

import threading
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from evenhand.kernel.access import idempotency
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Receipt
from evenhand.kernel.cases import refusals, telling
from evenhand.kernel.cases.actions import take
from evenhand.kernel.cases.models import Case
from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.obligations import sweep as sweeping
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.organisation.models import Post, Tenure
from evenhand.kernel.organisation.tests.cast import SINCE, Cast, make_cast
from evenhand.kernel.organisation.tests.test_at_once import at_once
from evenhand.mechanisms.petitions import documents
from evenhand.mechanisms.petitions.models import Document
from evenhand.mechanisms.petitions.once import bring_once
from evenhand.mechanisms.petitions.queries import REGISTERS
from evenhand.mechanisms.petitions.states import Kind

from .conftest import AT, SUBMISSION, Walk, begun

pytestmark = pytest.mark.usefixtures("committed")
#: How long the first to come waits for a second one, which the guard should have stopped.
PATIENCE = 0.4


@pytest.fixture
def cast() -> Cast:
    """Committed, for every connection to see."""
    return make_cast()


@pytest.fixture
def meet_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], threading.Barrier]:
    """Let two calls of a function meet when each has come to its end."""

    def patch(where: Any, name: str) -> threading.Barrier:
        met, original = threading.Barrier(2), getattr(where, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            result = original(*args, **kwargs)
            with suppress(threading.BrokenBarrierError):
                met.wait(timeout=PATIENCE)
            return result

        monkeypatch.setattr(where, name, wrapped)
        return met

    return patch


def kinds(outcomes: list[object]) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


def entries(code: str) -> int:
    return Entry.objects.filter(code=f"petitions.cn.{code}").count()


def test_of_two_clerks_who_accept_at_once_the_second_is_refused(
    cast: Cast, meet_after: Callable[..., Any]
) -> None:
    walk = begun(cast).registered()
    meet_after(refusals, "check")
    outcomes = at_once(
        lambda: take(
            case=walk.case.id,
            step="accept",
            by=cast.water_clerk.id,
            at=walk.at,
            facts={"handler": cast.wen},
        ),
        lambda: take(
            case=walk.case.id,
            step="accept",
            by=cast.water_head.id,
            at=walk.at,
            facts={"handler": cast.qiao},
        ),
    )
    assert kinds(outcomes) == ["Case", "StepRefused"]
    assert entries("accept") == 1


def test_of_two_different_steps_from_one_stage_one_is_taken(
    cast: Cast, meet_after: Callable[..., Any]
) -> None:
    walk = begun(cast).registered()
    meet_after(refusals, "check")
    accept: dict[str, Any] = {"step": "accept", "facts": {"handler": cast.wen}}
    send_on: dict[str, Any] = {
        "step": "redirect",
        "facts": {"reason": "Not ours.", "route": "The court."},
    }
    same: dict[str, Any] = {"case": walk.case.id, "by": cast.water_clerk.id, "at": walk.at}
    outcomes = at_once(lambda: take(**accept, **same), lambda: take(**send_on, **same))
    assert kinds(outcomes) == ["Case", "StepRefused"]
    assert entries("accept") + entries("redirect") == 1


def test_an_answer_approved_twice_at_once_is_issued_once(
    cast: Cast, meet_after: Callable[..., Any]
) -> None:
    walk = begun(cast).approving()
    meet_after(refusals, "check")
    approve: dict[str, Any] = {"step": "approve", "by": cast.water_head.id, "at": walk.at}
    approve["case"] = walk.case.id
    outcomes = at_once(lambda: take(**approve), lambda: take(**approve))
    assert kinds(outcomes) == ["Case", "StepRefused"]
    with acting(CLOCK, walk.at):
        numbers = Document.objects.filter(kind="opinion").values_list("number", flat=True)
        assert list(numbers) == ["南信复字〔2026〕1号"]


def accepting(walk: Walk) -> Callable[[], Case]:
    return lambda: take(
        case=walk.case.id,
        step="accept",
        by=walk.cast.water_clerk.id,
        at=walk.at,
        facts={"handler": walk.cast.wen},
    )


def acceptances() -> list[int]:
    with acting(CLOCK, AT):
        given = Document.objects.filter(kind="acceptance").values_list("number", flat=True)
        return sorted(int(str(number).rpartition("〕")[2].removesuffix("号")) for number in given)


@pytest.mark.parametrize("before", [0, 1])
def test_a_series_gives_no_number_twice(
    cast: Cast, meet_after: Callable[..., Any], before: int
) -> None:
    for _ in range(before):
        begun(cast).handling()
    one, other = begun(cast).registered(), begun(cast).registered()
    meet_after(documents, "_next_number")
    assert kinds(at_once(accepting(one), accepting(other))) == ["Case", "Case"]
    assert acceptances() == list(range(1, before + 3))


def test_a_series_skips_no_number_when_somebody_fails(
    cast: Cast, meet_after: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(cast).handling()
    one, other = begun(cast).registered(), begun(cast).registered()
    meet_after(documents, "_next_number")
    issued = iter([RuntimeError("the power went"), None])
    carry_on = telling.tell_of

    def fail_once(taking: Any) -> None:
        if error := next(issued):
            raise error
        carry_on(taking)

    monkeypatch.setattr(telling, "tell_of", fail_once)
    assert kinds(at_once(accepting(one), accepting(other))) == ["Case", "RuntimeError"]
    assert acceptances() == [1, 2]


def overdue(cast: Cast, count: int) -> datetime:
    for _ in range(count):
        begun(cast)
    return AT + timedelta(days=60)


def test_two_sweeps_share_the_rows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    later = overdue(cast, 4)
    monkeypatch.setattr(sweeping, "BATCH", 2)
    met, found = threading.Barrier(2, timeout=5), list[uuid.UUID]()

    def queue(obligations: Sequence[Obligation]) -> None:
        found.extend(obligation.id for obligation in obligations)
        if obligations:  # each with its rows in hand: both claim at the same time
            met.wait()

    outcomes = at_once(
        lambda: sweeping.sweep(at=later, queue=queue),
        lambda: sweeping.sweep(at=later, queue=queue),
    )
    assert sorted(outcomes) == [2, 2]  # type: ignore[type-var]
    assert len(found) == len(set(found)) == 4
    assert Entry.objects.filter(code="obligations.breached").count() == 4


def test_a_consequence_follows_once_though_two_jobs_run(
    cast: Cast, meet_after: Callable[..., Any]
) -> None:
    later, found = overdue(cast, 1), list[Obligation]()
    sweeping.sweep(at=later, queue=found.extend)
    meet_after(refusals, "check")
    outcomes = at_once(*[lambda: sweeping.carry_out(found[0], later)] * 2)
    assert outcomes == [None, None]
    assert entries("escalate") == 1


def test_what_is_handed_in_twice_at_once_is_one_matter(
    cast: Cast, meet_after: Callable[..., Any]
) -> None:
    meet_after(idempotency, "served")
    request: dict[str, Any] = {"key": "0123456789abcdef", "request_digest": b"x" * 32, "at": AT}
    outcomes = at_once(*[lambda: bring_once(submission=SUBMISSION, **request)] * 2)
    assert outcomes[0] == outcomes[1]
    with acting(CLOCK, AT):
        assert (Case.objects.count(), Receipt.objects.count()) == (1, 1)


def test_whoever_waits_while_the_matter_comes_to_concern_him_does_not_move_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = {"unit": cast.petition_office, "name": "登记员", "powers": [REGISTERS]}
    post = Post.objects.create(code="second_registrar", **office)
    Tenure.objects.create(post=post, person=cast.newcomer, during=DateRange(SINCE, None))
    case, inside, check = begun(cast).case.id, threading.Event(), refusals.check

    def check_and_stay(*args: Any) -> None:
        check(*args)
        inside.set()
        time.sleep(PATIENCE)

    def redirect() -> Case:
        inside.wait()
        facts = {"reason": "Not ours.", "route": "The court, 1 Main Street."}
        return take(case=case, step="redirect", by=cast.newcomer.id, at=AT, facts=facts)

    about = {"kind": Kind.CLAIM, "unit": cast.water, "about_people": [cast.newcomer]}
    monkeypatch.setattr(refusals, "check", check_and_stay)
    outcomes = at_once(
        lambda: take(case=case, step="register", by=cast.registrar.id, at=AT, facts=about), redirect
    )
    assert kinds(outcomes) == ["Case", "CaseNotFound"]
    assert entries("redirect") == 0
