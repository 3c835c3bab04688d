"""``make check``: the habits. Every step runs, names itself and its time; one failure fails all."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tools"))

import setup  # noqa: E402  # it knows where uv is

PYTHON = sys.executable
EVENHAND = [PYTHON, "-m", "evenhand"]
#: A server must be there for some steps; the tests' own does, so that nobody's data are touched.
DEMO = {"EVENHAND_VAR": str(PROJECT / "var/test"), "EVENHAND_MODE": "demo"}
PRODUCTION = DEMO | {
    "EVENHAND_MODE": "production",
    "EVENHAND_HOSTS": "evenhand.example",
    "EVENHAND_SECRET_KEY": "only-for-this-check-" + "0123456789abcdefghij" * 3,
}


def steps() -> list[tuple[str, Sequence[str], dict[str, str]]]:
    """Each step's name, command and additional environment."""
    return [
        ("style", [PYTHON, "-m", "ruff", "check", "--quiet", "."], {}),
        ("format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."], {}),
        ("types", [PYTHON, "-m", "mypy"], DEMO),
        ("layers", [f"{PROJECT}/.venv/bin/lint-imports"], {}),
        ("templates", [PYTHON, "tools/compile_templates.py"], DEMO),
        ("translations", [*EVENHAND, "messages", "check"], DEMO),
        ("reference pages", [*EVENHAND, "docs", "check"], DEMO),
        ("migrations", [*EVENHAND, "makemigrations", "--check", "--dry-run"], DEMO),
        ("lock", [setup.find_uv(), "lock", "--check", "--quiet"], {}),
        ("settings", [*EVENHAND, "check"], DEMO),
        (
            "settings in production",
            [*EVENHAND, "check", "--deploy", "--fail-level", "WARNING"],
            PRODUCTION,
        ),
    ]


def main() -> None:
    failed = [name for name, command, more in steps() if not passes(name, command, more)]
    if failed:
        sys.exit(f"make check: {len(failed)} failed: {', '.join(failed)}")
    print("make check: all well")


def passes(name: str, command: Sequence[str], more: dict[str, str]) -> bool:
    """Run one step; what it says is shown when it fails."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env=os.environ | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - began
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name:<24} {seconds:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
