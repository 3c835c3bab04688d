"""``evenhand petitions import``: what it says, what it reports, how it ends."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from evenhand.base.clock import now
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.cases.models import Case
from evenhand.kernel.organisation.models import Post
from evenhand.kernel.organisation.tests.cast import Cast

GOOD = "title,body,state\nFlooding,Mend it.,OPEN\nBus stop,Move it.,finished\n"
MAP = "title=title,body=body,status=state"

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def test_it_says_what_it_did_and_how_far_it_is(tmp_path: Path) -> None:
    said, progress = _import(tmp_path, GOOD, "--closed", "finished")
    assert said == "Imported 2 matters.\n"
    assert progress == "2/2\n"
    said, _progress = _import(tmp_path, GOOD, "--closed", "finished")
    assert said == "Imported 0 matters. 2 were there already.\n"


def test_skipped_rows_are_told_and_end_with_3(tmp_path: Path) -> None:
    errors = io.StringIO()
    with pytest.raises(CommandError, match="1 row was skipped") as ended:
        _import(tmp_path, GOOD, errors=errors)
    assert ended.value.returncode == 3
    assert "row 3, column state: 'finished' is not known; say with --closed" in errors.getvalue()
    assert _titles() == ["Flooding"]


def test_the_report_holds_old_numbers_and_new_references(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    content = "no,title,body\nA-7,Flooding,Mend it.\nA-8,,Nothing.\n"
    columns = "id=no,title=title,body=body"
    with pytest.raises(CommandError):
        _import(tmp_path, content, "--report", str(report), columns=columns)
    told = json.loads(report.read_text("utf-8"))
    assert (told["rows"], told["imported"], told["skipped"]) == (2, 1, 1)
    assert told["problems"] == [{"row": 3, "column": "title", "message": "is empty"}]
    (matter,) = told["matters"]
    assert (matter["number"], matter["reference"][:3]) == ("A-7", "NZ-")


def test_a_dry_run_only_says_what_would_be_done(tmp_path: Path) -> None:
    said, _progress = _import(tmp_path, GOOD, "--closed", "finished", "--dry-run")
    assert said == "2 matters would be imported.\n"
    assert _titles() == []


def test_the_office_takes_them_over(cast: Cast, tmp_path: Path) -> None:
    Post.objects.filter(code="riverside_clerk").update(powers=["petitions.register"])
    _import(tmp_path, GOOD, "--closed", "finished", "--office", "riverside")
    with acting(CLOCK, now()):
        assert set(Case.objects.values_list("unit__code", flat=True)) == {"riverside"}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--office", "nowhere"], "no unit with the code 'nowhere'"),
        (["--office", "water"], "has no post that registers petitions"),
        (["--report", "/nowhere/report.json"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_done(
    tmp_path: Path, more: list[str], says: str
) -> None:
    with pytest.raises(CommandError, match=says) as ended:
        _import(tmp_path, GOOD, "--closed", "finished", *more)
    assert ended.value.returncode == 1
    assert _titles() == []


@pytest.mark.parametrize("columns", ["titel=title", "title", "title=a,title=b", ""])
def test_a_wrong_map_is_refused(tmp_path: Path, columns: str) -> None:
    with pytest.raises(CommandError, match="--map"):
        _import(tmp_path, GOOD, columns=columns)


def test_without_an_office_nothing_is_done(tmp_path: Path) -> None:
    Post.objects.filter(powers__contains=["petitions.register"]).update(powers=[])
    with pytest.raises(CommandError, match="No office can take petitions in"):
        _import(tmp_path, GOOD)


def _import(
    folder: Path, content: str, *more: str, columns: str = MAP, errors: io.StringIO | None = None
) -> tuple[str, str]:
    path = folder / "old.csv"
    path.write_text(content, "utf-8")
    said, told = io.StringIO(), errors or io.StringIO()
    call_command(
        "petitions", "import", str(path), "--map", columns, *more, stdout=said, stderr=told
    )
    return said.getvalue(), told.getvalue()


def _titles() -> list[str]:
    with acting(CLOCK, now()):
        return list(Case.objects.values_list("title", flat=True))
