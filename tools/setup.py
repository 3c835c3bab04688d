"""``make setup``: the virtual environment, the translations, the assets.

Needs nothing but Python's own library. Each step leaves a stamp with the digest of what it was
made from, and is left out while that is the same: with nothing to do this takes a tenth of a
second.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
STAMPS = VENV / "stamps"
#: uv's versions that read the lock as it is written; another one is brought along.
UV_FROM, UV_BELOW = (0, 13), (0, 14)
ASSETS = PROJECT / "src/evenhand/web/assets"
BUILT = PROJECT / "src/evenhand/web/static/build"
CATALOGUE = PROJECT / "src/evenhand/locale/zh_Hans/LC_MESSAGES/django.po"


class SetupProblem(Exception):
    """One line: what is wrong, and what to do."""


def main() -> None:
    try:
        with alone():
            set_up()
    except SetupProblem as problem:
        sys.exit(f"evenhand: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)


def set_up() -> None:
    """Bring everything up to date that is not."""
    leave_if_moved()
    step("Python packages", packages_digest(), VENV / "bin/python", install_packages)
    if CATALOGUE.exists():
        made = CATALOGUE.with_suffix(".mo")
        step("translations", digest([CATALOGUE]), made, compile_translations)
    locks = [PROJECT / "package.json", PROJECT / "package-lock.json"]
    node = PROJECT / "node_modules/.package-lock.json"
    step("Node packages", digest(locks), node, install_node_packages)
    step("styles and scripts", digest([*locks, *files_in(ASSETS)]), BUILT, build_assets)


@contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time. Raises :class:`SetupProblem` when the folder cannot be written."""
    if not os.access(PROJECT, os.W_OK):
        raise SetupProblem(
            f"{PROJECT} cannot be written; give yourself the folder, or clone into one of your own"
        )
    handle = os.open(PROJECT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def step(name: str, wanted: str, made: Path, make: Callable[[], None]) -> None:
    """Run ``make`` unless ``made`` exists and its stamp says ``wanted``."""
    stamp = STAMPS / name.replace(" ", "-")
    if made.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"· {name} …")
    began = time.monotonic()
    make()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    say(f"  done in {time.monotonic() - began:.0f} s")


def leave_if_moved() -> None:
    """Programs in a virtual environment know their place: one that was moved is made anew."""
    place = STAMPS / "place"
    if place.exists() and place.read_text() != str(PROJECT):
        shutil.rmtree(VENV)


def packages_digest() -> str:
    about = f"{PROJECT} {sys.version_info[:2]}"
    return about + digest([PROJECT / "uv.lock", PROJECT / "pyproject.toml"])


def install_packages() -> None:
    python = ["--python", sys.executable]
    run([find_uv(), "sync", "--locked", "--quiet", *python], "PyPI could not be reached, or")
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / "place").write_text(str(PROJECT))


def find_uv() -> str:
    """uv from PATH when it is of the right age, else one of our own inside ``.venv``."""
    brought = VENV / "uv/bin/uv"
    for candidate in (shutil.which("uv"), str(brought)):
        if candidate and UV_FROM <= uv_version(candidate) < UV_BELOW:
            return candidate
    if not (find_spec("venv") and find_spec("ensurepip")):
        raise SetupProblem(
            "Python's venv module is missing; install it: apt-get install python3-venv "
            f"(or python{sys.version_info[0]}.{sys.version_info[1]}-venv)"
        )
    if not (VENV / "bin/python").exists():
        run([sys.executable, "-m", "venv", str(VENV)], "the virtual environment could not be made;")
    run([sys.executable, "-m", "venv", str(VENV / "uv")], "uv's own place could not be made;")
    wanted = "uv>={}.{},<{}.{}".format(*UV_FROM, *UV_BELOW)
    pip = [str(VENV / "uv/bin/python"), "-m", "pip", "install", "--quiet", wanted]
    run([*pip, "--disable-pip-version-check"], "PyPI could not be reached, or")
    return str(brought)


def uv_version(program: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(n) for n in re.findall(r"\d+", said.stdout)[:2])


def compile_translations() -> None:
    run([str(VENV / "bin/python"), "-m", "evenhand", "messages", "compile"], "see above:")


def install_node_packages() -> None:
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([str(VENV / "bin/npm"), "ci", *options], "the npm registry could not be reached, or")


def build_assets() -> None:
    run([str(VENV / "bin/node"), str(ASSETS / "build.mjs")], "see above:")


def run(command: Sequence[str], hint: str) -> None:
    """Run ``command`` in the project; what it says is shown only when it fails."""
    # What is set up is the same for every profile and database, good or bad.
    unwanted = ("VIRTUAL_ENV", "PYTHONHOME", "EVENHAND_", "DATABASE_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
    environment["PATH"] = f"{VENV / 'bin'}:{os.environ.get('PATH', os.defpath)}"
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        raise SetupProblem(f"{hint} this failed: {' '.join(command)}")


def files_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def digest(files: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in files:
        found.update(f"{path.relative_to(PROJECT)}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
