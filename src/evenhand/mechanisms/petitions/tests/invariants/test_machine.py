"""The invariants of the design (DESIGN 9: 1–5 and 7) under whatever people do, in any order."""

import sys

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from evenhand.kernel.organisation.tests.cast import Cast

from . import looking
from .machine import TRIED, County

#: A run is a county in which this often somebody does something.
_LONG = 50
#: Runs that are drawn together, and grow out of each other; then it begins anew elsewhere.
_TOGETHER = 50


def _play(cast: Cast, *, steps: int, runs: int) -> None:
    """Until so many steps were taken or refused, and after each everything held."""
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
    while County.counted["steps"] < steps:
        run_state_machine_as_test(County, settings=how)


def test_the_invariants_hold_whatever_people_do(cast: Cast) -> None:
    _play(cast, steps=500, runs=10)


@pytest.mark.slow
def test_the_invariants_hold_for_twenty_thousand_steps(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    _play(cast, steps=20_000, runs=_TOGETHER)
    with capsys.disabled():
        sys.stdout.write(f"\n{dict(County.counted)}\n")
    # What chance reaches differs from run to run; printed above is what this one reached.
    assert {"register", "accept"} <= set(County.counted) & set(TRIED)
