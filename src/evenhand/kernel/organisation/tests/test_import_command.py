"""``evenhand organisation``: what it prints, its exit code, its report."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from evenhand.kernel.organisation.importing.sheets import SHEETS
from evenhand.kernel.organisation.models import Unit
from evenhand.kernel.organisation.tests.cast import Cast

from .openings import opened

pytestmark = pytest.mark.django_db
UNITS = "code,name,category,level,parent\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = "".join(f"U{n},第{n}号,agency,county,\n" for n in range(8))
    (tmp_path / "units.csv").write_text(UNITS + rows, "utf-8")
    return tmp_path


def run(*arguments: Any) -> tuple[str, str]:
    """What the command writes: (stdout, stderr)."""
    out, err = StringIO(), StringIO()
    call_command("organisation", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_folder_is_previewed_with_counts_and_first_rows(folder: Path) -> None:
    (folder / "budget.csv").write_text("a\n")
    out, err = run("import", folder)
    assert out.splitlines()[:2] == [
        "units.csv: 8 to add, 0 to change, 0 as they are, 0 not in the file (they stay)",
        "  + U0",
    ]
    assert "  + and 3 more" in out
    assert "Nothing was written; --apply writes it." in out
    assert "units.csv: reading" in err
    assert "budget.csv is not read" in err
    assert not Unit.objects.exists()


def test_with_apply_it_is_written_and_says_who_answers(cast: Cast, folder: Path) -> None:
    out, _ = run("import", folder / "units.csv", "--apply", "--by", "NZ001")
    assert out.endswith("Written.\n")
    assert Unit.objects.filter(code="U7").exists()
    opening = opened(arguments__has_key="files")
    assert opening["by"] == str(cast.governor.id)


def test_changes_are_shown_field_by_field(cast: Cast, folder: Path) -> None:
    (folder / "units.csv").write_text(UNITS + "water,县水务局,agency,county,\n", "utf-8")
    out, _ = run("import", folder)
    assert "  ~ water: name: 县水利局 → 县水务局; parent: county → –" in out
    assert "  ? county" in out


def test_any_broken_row_means_exit_code_1_and_nothing_written(folder: Path) -> None:
    with (folder / "units.csv").open("a") as file:
        file.write("X,x,agency,county,X9\nY,,agency,county,\n")
    out = StringIO()
    with pytest.raises(CommandError, match="2 problems; nothing was written") as refused:
        call_command("organisation", "import", str(folder), "--apply", stdout=out, stderr=out)
    assert refused.value.returncode == 1
    assert "units.csv row 10, column parent: no unit with code 'X9'\n" in out.getvalue()
    assert not Unit.objects.exists()


def test_the_report_has_every_row(folder: Path) -> None:
    report = folder / "report.json"
    run("import", folder, "--report", report)
    written = json.loads(report.read_text("utf-8"))
    assert (written["applied"], written["problems"]) == (False, [])
    (units,) = written["files"]
    assert len(units["added"]) == 8
    assert units["added"][0] == {
        "row": 2, "code": "U0", "name": "第0号", "name_en": "", "category": "agency",
        "level": 4, "parent": None, "founded_on": None, "closed_on": None,
    }  # fmt: skip


def test_the_report_has_every_problem(folder: Path) -> None:
    (folder / "units.csv").write_text(UNITS + "X,x,agency,county,X9\n", "utf-8")
    with pytest.raises(CommandError):
        run("import", folder, "--report", folder / "report.json")
    (problem,) = json.loads((folder / "report.json").read_text("utf-8"))["problems"]
    assert (problem["file"], problem["row"], problem["column"]) == ("units.csv", 2, "parent")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere/units.csv"], "there is no file nowhere/units.csv"),
        (["budget.csv"], "budget.csv is none of units.csv, people.csv"),
        (["units.csv", "--report", "nowhere/report.json"], "nowhere/report.json: No such file"),
        (["."], "there is none of units.csv, people.csv"),
        (["units.csv", "more/units.csv"], "are the same sheet; name one of them"),
        (["units.csv", "--by", "NZ999"], "no person with staff number 'NZ999'"),
    ],
)
def test_wrong_files_are_named_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    (folder / "more").mkdir()
    (folder / "units.csv").rename(folder / "more" / "units.csv")
    monkeypatch.chdir(folder)
    Path("budget.csv").write_text("a\n")
    if "units.csv" in arguments:
        Path("units.csv").write_text(UNITS)
    with pytest.raises(CommandError, match=told):
        run("import", *arguments)


def test_columns_lists_every_file_and_column() -> None:
    out, _ = run("columns")
    for sheet in SHEETS:
        assert f"## {sheet.file}" in out
        assert all(f"| `{column.name}` |" in out for column in sheet.columns)
