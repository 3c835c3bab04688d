"""The real file goes in whole, once (../shared/data; skipped where it is missing)."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from evenhand.base.clock import now
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.cases.models import Case
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.obligations.sweep import sweep
from evenhand.kernel.organisation.tests.cast import Cast

FILE = Path(__file__).parents[6] / "shared/data/petitions/we-the-people-900.csv"
MAP = "title=title,body=body,created=created,deadline=deadline,status=status"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the shared data is not here")


def test_it_goes_in_whole_and_a_second_time_without_doubling(cast: Cast, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    for _time in range(2):
        call_command("petitions", "import", FILE, "--map", MAP, "--report", report)
    counts = json.loads(report.read_text())
    with acting(CLOCK, now()):
        assert Case.objects.count() == 900
        assert Case.objects.filter(closed_at=None).count() == 46
    assert (counts["imported"], counts["already_there"], counts["skipped"]) == (0, 900, 0)


def test_its_old_dates_start_no_false_breaches(cast: Cast) -> None:
    call_command("petitions", "import", FILE, "--map", MAP)
    found: list[Obligation] = []
    sweep(at=now(), queue=found.extend)
    with acting(CLOCK, now()):
        assert Obligation.objects.open().count() == 46
    assert found == []
