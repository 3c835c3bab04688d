"""The how-to "add a mechanism", followed to the letter in a copy of the sources."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).resolve().parents[2]
GUIDE = PROJECT / "docs/how-to/add-a-mechanism.md"
PROFILE = "profiles/cn-county"


def blocks(language: str) -> list[str]:
    """The guide's code in one language, in its order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What a reader of the guide begins with."""
    aside = shutil.ignore_patterns("__pycache__", "build")
    for folder in ("src", "profiles"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=aside)
    for file in ("conftest.py", "pyproject.toml", "uv.lock"):
        shutil.copy(PROJECT / file, tmp_path)
    return tmp_path


def follow(copy: Path) -> None:
    """Steps 1 to 4 and 6 of the guide."""
    flow, actions, apps, test = blocks("python")
    figures, bases, instruments = blocks("toml")
    folder = copy / "src/evenhand/mechanisms/found_things"
    (folder / "tests").mkdir(parents=True)
    files = {
        "__init__.py": "",
        "flow.py": flow,
        "actions.py": actions,
        "apps.py": apps,
        "tests/__init__.py": "",
        "tests/test_way_through.py": test,
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    line = blocks("text")[0]
    replace(
        copy / "src/evenhand/config/settings.py", '    "evenhand.mechanisms.petitions",\n', line
    )
    added = {"figures": figures, "bases": bases, "instruments": instruments}
    for name, text in added.items():
        with (copy / PROFILE / f"{name}.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n{text}")
    named = 'found_things = "found_things.cn"\n'
    replace(copy / PROFILE / "profile.toml", 'petitions = "petitions.cn"\n', named)


def replace(path: Path, after: str, line: str) -> None:
    text = path.read_text("utf-8")
    assert after in text
    path.write_text(text.replace(after, after + line), "utf-8")


def run(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    urls = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_READER_URL"}
    environment = {k: v for k, v in os.environ.items() if k not in urls}
    environment |= {"PYTHONPATH": str(copy / "src"), "EVENHAND_PROFILE": str(copy / PROFILE)}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_guide_leads_to_a_mechanism_that_runs(copy: Path) -> None:
    before = run(copy, "evenhand", "flows", "list").stdout.count("\n")
    follow(copy)
    checked = run(copy, "evenhand", "flows", "check")
    assert (checked.returncode, checked.stdout) == (0, f"{before + 1} flows are sound\n")
    tested = run(copy, "pytest", "src/evenhand/mechanisms/found_things")
    assert "2 passed" in tested.stdout, tested.stdout
