"""The invariants of the design (DESIGN 9: 1–5 and 7) under whatever people do, in any order."""

import sys

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from evenhand.kernel.organisation.tests.cast import Cast

from . import looking
from .machine import TRIED, County

_LONG = 50


def _play(cast: Cast, *, runs: int) -> None:
    """``runs`` counties of fifty steps each."""
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
    print(dict(County.counted), file=sys.stderr)


def test_the_invariants_hold_whatever_people_do(cast: Cast) -> None:
    _play(cast, runs=10)


@pytest.mark.slow
def test_the_invariants_hold_for_twenty_thousand_steps(cast: Cast) -> None:
    _play(cast, runs=410)
    assert County.counted["steps"] >= 20_000
    assert set(TRIED) - set(County.counted) <= {"escalate", "remind_withdrawal", "close"}
