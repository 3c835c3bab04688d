"""``make setup``: what is missing is said, what is done is not done again."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """tools/setup.py, at home in an empty project."""
    monkeypatch.syspath_prepend(PROJECT / "tools")
    monkeypatch.delitem(sys.modules, "setup", raising=False)
    import setup as module  # noqa: PLC0415  # it is no package's

    venv = tmp_path / ".venv"
    for name, value in {"PROJECT": tmp_path, "VENV": venv, "STAMPS": venv / "stamps"}.items():
        monkeypatch.setattr(module, name, value)
    return module


def program(path: Path, says: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def bootstrap(path: str) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(PROJECT / "tools/bootstrap.sh")]
    return subprocess.run(command, env={"PATH": path}, capture_output=True, text=True, check=False)


def test_a_python_too_old_is_named(tmp_path: Path) -> None:
    old = program(tmp_path / "python3", "3.9.2")
    old.write_text(
        old.read_text() + '[ "$2" = "import platform; print(platform.python_version())" ]\n'
    )
    for tool in ("dirname",):
        os.symlink(shutil.which(tool) or "", tmp_path / tool)
    done = bootstrap(str(tmp_path))
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed (found: 3.9.2); install it" in done.stderr


def test_no_python_is_named(tmp_path: Path) -> None:
    os.symlink(shutil.which("dirname") or "", tmp_path / "dirname")
    done = bootstrap(str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "(found: none)" in done.stderr


def test_a_missing_venv_module_is_named(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "find_spec", lambda name: None if name == "ensurepip" else name)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(setup.SetupProblem, match="apt-get install python3-venv"):
        setup.find_uv()


def test_a_folder_that_cannot_be_written_is_named(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(setup.SetupProblem, match="cannot be written"), setup.alone():
        pass


@pytest.mark.parametrize(
    ("version", "taken"), [("uv 0.13.9 (x)", True), ("uv 0.4.1", False), ("uv 1.0.0", False)]
)
def test_uv_from_path_is_used_when_it_fits(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, taken: bool
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    mine = program(tmp_path / "bin" / "uv", version)
    brought = program(tmp_path / ".venv/uv/bin/uv", "uv 0.13.0")
    assert setup.find_uv() == str(mine if taken else brought)


def test_a_step_is_taken_once_per_state(setup: ModuleType, tmp_path: Path) -> None:
    taken: list[str] = []
    made = tmp_path / "made"

    def make() -> None:
        made.touch()
        taken.append("")

    for wanted in ("one", "one", "two", "two"):
        setup.step("a step", wanted, made, make)
    assert len(taken) == 2
    made.unlink()
    setup.step("a step", "two", made, make)
    assert len(taken) == 3


def test_a_step_that_fails_is_taken_again(setup: ModuleType, tmp_path: Path) -> None:
    def fail() -> None:
        raise setup.SetupProblem("no")

    for _ in range(2):
        with pytest.raises(setup.SetupProblem):
            setup.step("a step", "one", tmp_path, fail)


def test_a_moved_environment_is_made_anew(setup: ModuleType, tmp_path: Path) -> None:
    (setup.STAMPS).mkdir(parents=True)
    (setup.STAMPS / "place").write_text(str(tmp_path))
    setup.leave_if_moved()
    assert setup.VENV.exists()
    (setup.STAMPS / "place").write_text("/elsewhere")
    setup.leave_if_moved()
    assert not setup.VENV.exists()


def test_what_failed_is_shown_and_named(
    setup: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(setup.SetupProblem, match="PyPI could not be reached, or this failed: sh"):
        setup.run(["sh", "-c", "echo the reason; exit 1"], "PyPI could not be reached, or")
    assert "the reason" in capsys.readouterr().err
