import os, sys, time
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
import pytest
from evenhand.mechanisms.petitions.tests.invariants.machine import County

def test_trial(cast):
    County.cast = cast
    County.counted.clear()
    n = int(os.environ.get("RUNS", "10"))
    phases = [Phase.generate] + ([Phase.shrink] if os.environ.get("SHRINK") else [])
    t = time.time()
    try:
        run_state_machine_as_test(County, settings=settings(max_examples=n, stateful_step_count=50, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck)))
    finally:
        dt = time.time() - t
        print(dict(County.counted), f"{dt:.1f}s", f"{dt/max(1,County.counted['steps'])*1000:.1f} ms/step", file=sys.stderr)
