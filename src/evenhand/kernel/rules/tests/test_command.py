"""``evenhand rules``: what it prints, writes and returns."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from pytest_django.fixtures import Settings

from evenhand.kernel.rules.management.commands.rules import SKIPPED
from evenhand.kernel.rules.models import Version

from . import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Settings) -> None:
    settings.EVENHAND_INSTRUMENT_KEYS = [
        {
            "key": "LM21",
            "title": "南枝县路灯管理办法",
            "name_en": "Lamp Rules",
            "name_zh": "路灯办法",
        }
    ]


def run(*arguments: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    with translation.override("en"):
        call_command("rules", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def fails(*arguments: object) -> CommandError:
    with pytest.raises(CommandError) as problem:
        run(*arguments)
    return problem.value


def test_it_says_what_it_imported(tmp_path: Path) -> None:
    folder = samples.folder(tmp_path, a=samples.PLAIN, b=samples.CODE)
    assert run("import", folder) == ("Imported 2 files with 11 articles.\n", "")
    out, _ = run("import", folder)
    assert out == "Imported 0 files with 0 articles. 2 files were there already.\n"


def test_a_skipped_file_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    folder = samples.folder(tmp_path, a=samples.PLAIN, b="")
    err = StringIO()
    with pytest.raises(CommandError, match="1 file was skipped") as problem:
        call_command("rules", "import", str(folder), stdout=StringIO(), stderr=err)
    assert problem.value.returncode == SKIPPED
    assert err.getvalue() == f"{folder / 'b.md'}: empty\n"
    assert Version.objects.count() == 1


def test_the_report_lists_every_file(tmp_path: Path) -> None:
    folder = samples.folder(tmp_path, a=samples.PLAIN, b="# 决定\n甲")
    report = tmp_path / "report.json"
    assert fails("import", folder, "--report", report).returncode == SKIPPED
    good, bad = json.loads(report.read_text("utf-8"))
    title = "南枝县路灯管理办法"
    assert good == {"file": str(folder / "a.md"), "title": title, "articles": 5, "error": None}
    assert (bad["title"], bad["articles"]) == ("决定", 0)
    assert bad["error"].startswith("no articles")


def test_a_report_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    folder = samples.folder(tmp_path, a=samples.PLAIN)
    problem = fails("import", folder, "--report", tmp_path / "missing" / "report.json")
    assert "Choose another place" in str(problem)
    assert not Version.objects.exists()


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_path_with_nothing_in_it_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    assert fails("import", tmp_path / name).returncode == SKIPPED


def test_progress_is_written_for_long_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evenhand.kernel.rules.management.commands.rules.EVERY", 2)
    _, err = run("import", samples.folder(tmp_path, a=samples.PLAIN, b=samples.CODE))
    assert err == "2/2\n"


def test_a_terminal_sees_one_line_that_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    _, err = run("import", samples.folder(tmp_path, a=samples.PLAIN, b=samples.CODE))
    assert err == "1/2\r2/2\n"


def test_it_shows_an_item_with_where_it_stands(tmp_path: Path) -> None:
    run("import", samples.folder(tmp_path, a=samples.PLAIN))
    out, _ = run("show", "LM21", "第二条第（二）项")
    assert out == (
        "LM21 art. 2(2) · 《南枝县路灯管理办法》第二条第（二）项\n"
        "第一章 总则\n"
        "In force from July 1, 2021.\n"
        "\n"
        "（二） 灯头；\n"
    )


def test_it_shows_all_that_a_place_may_mean(tmp_path: Path) -> None:
    run("import", samples.folder(tmp_path, a=samples.PLAIN))
    out, _ = run("show", "路灯", "4(1)")
    assert "art. 4 para. 1(1)" in out
    assert "art. 4 para. 2(1)" in out


def test_it_shows_the_text_of_another_day(tmp_path: Path) -> None:
    later = samples.PLAIN.replace("2021年", "2025年").replace("每周", "每日")
    run("import", samples.folder(tmp_path, a=samples.PLAIN, b=later))
    assert "每周" in run("show", "LM21", "3", "--at", "2025-06-30")[0]
    assert "每日" in run("show", "LM21", "3", "--at", "2025-07-01")[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["南枝县", "1"], "南枝县路灯管理办法"),
        (["无此办法", "1"], "import its text first"),
        (["LM21", "six"], "is no article"),
        (["LM21", "9"], "has 5 articles, and no 第九条"),
        (["LM21", "1", "--at", "2001-01-01"], "begin on: July 1, 2021"),
    ],
)
def test_what_cannot_be_shown_says_why(tmp_path: Path, arguments: list[str], message: str) -> None:
    run("import", samples.folder(tmp_path, a=samples.PLAIN, b=samples.CODE))
    problem = fails("show", *arguments)
    assert message in str(problem)
    assert problem.returncode == 1
