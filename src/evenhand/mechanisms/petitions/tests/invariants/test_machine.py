"""The invariants of the design (DESIGN 9: 1–5 and 7) under whatever people do, in any order."""

import sys

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from evenhand.kernel.organisation.tests.cast import Cast

from . import looking
from .machine import TRIED, County

_LONG = 50


def _play(cast: Cast, told: pytest.CaptureFixture[str], *, runs: int) -> None:
    """``runs`` counties, in each of which fifty times somebody does something."""
    looking.prepare()
    County.cast = cast
    County.counted.clear()
    how = settings(
        max_examples=runs,
        stateful_step_count=_LONG,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(County, settings=how)
    with told.disabled():
        sys.stdout.write(f"{dict(County.counted)}\n")


def test_the_invariants_hold_whatever_people_do(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    _play(cast, capsys, runs=10)


@pytest.mark.slow
def test_the_invariants_hold_for_twenty_thousand_steps(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    _play(cast, capsys, runs=410)
    assert County.counted["steps"] >= 20_000
    assert set(TRIED) - set(County.counted) <= {"escalate", "remind_withdrawal", "close"}
