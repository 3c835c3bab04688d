"""The demo, as its visitor starts and stops it: what it started ends with it, nothing else."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evenhand.config import embedded

pytestmark = pytest.mark.slow
EVENHAND = [sys.executable, "-m", "evenhand"]
_PATIENCE = 60


class Demo:
    """A demo in a process of its own, over the database in ``var``."""

    def __init__(self, var: Path, *options: str) -> None:
        self.var = var
        self.port = free_port()
        self.process = subprocess.Popen(
            [*EVENHAND, "demo", "--no-fill", "--port", str(self.port), *options],
            env=environment(var),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def up(self) -> "Demo":
        """Wait until it says that it runs."""
        assert self.process.stdout
        for line in self.process.stdout:
            if "Ctrl-C stops it" in line:
                return self
        raise AssertionError("the demo ended before it ran")

    def says(self) -> str:
        """Wait for its end; what it said since."""
        return self.process.communicate(timeout=_PATIENCE)[0]

    def status(self) -> int:
        """The HTTP status of the first page."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/") as page:
                return int(page.status)
        except urllib.error.HTTPError as error:
            return error.code


def environment(var: Path) -> dict[str, str]:
    urls = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_READER_URL"}
    return {k: v for k, v in os.environ.items() if k not in urls} | {"EVENHAND_VAR": str(var)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started_for(var: Path) -> dict[int, str]:
    """Processes that run for ``var``, by number: the demo, its children, the database."""
    mark = f"EVENHAND_VAR={var}\0".encode()
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().decode()
        except OSError:
            continue
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.05)


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """A folder whose database is migrated, so that each demo starts as on the second day."""
    with tempfile.TemporaryDirectory(prefix="evenhand-test-") as folder:
        made = Path(folder) / "var"
        command = [*EVENHAND, "demo", "--no-fill", "--prepare"]
        subprocess.run(command, env=environment(made), check=True)
        assert embedded.running(made / "postgres") is None
        yield made


@pytest.fixture(autouse=True)
def nothing_left(var: Path) -> Iterator[None]:
    yield
    embedded.stop(var / "postgres")
    left = started_for(var)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_that_it_started(var: Path, number: signal.Signals) -> None:
    demo = Demo(var).up()
    assert demo.status() < 500
    assert len(started_for(var)) >= 4
    demo.process.send_signal(number)
    assert "Stopped." in demo.says()
    assert demo.process.returncode == 0
    assert started_for(var) == {}


def test_impatience_leaves_no_orphan(var: Path) -> None:
    demo = Demo(var).up()
    for _ in range(5):
        demo.process.send_signal(signal.SIGINT)
        time.sleep(0.02)
    assert "Stopped." in demo.says()
    assert started_for(var) == {}


@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.3, 1.8, 2.5])
def test_it_can_be_stopped_while_it_starts(var: Path, seconds: float) -> None:
    demo = Demo(var)
    time.sleep(seconds)
    demo.process.send_signal(signal.SIGTERM)
    demo.says()
    wait_for(lambda: started_for(var) == {})


def test_a_database_that_ran_before_runs_after(var: Path) -> None:
    embedded.start(var / "postgres")
    demo = Demo(var).up()
    demo.process.send_signal(signal.SIGINT)
    demo.says()
    assert embedded.running(var / "postgres")


def test_a_child_that_dies_ends_it_and_is_named(var: Path) -> None:
    demo = Demo(var).up()
    (worker,) = [pid for pid, command in started_for(var).items() if "\0worker\0" in command]
    os.kill(worker, signal.SIGKILL)
    assert "the worker ended by itself (exit code -9)" in demo.says()
    assert demo.process.returncode == 1
    assert started_for(var) == {}


def test_killed_outright_it_leaves_the_database_only(var: Path) -> None:
    demo = Demo(var).up()
    demo.process.kill()
    demo.process.wait()
    wait_for(lambda: all("postgres" in command for command in started_for(var).values()))
    again = Demo(var).up()
    again.process.send_signal(signal.SIGINT)
    again.says()
    assert embedded.running(var / "postgres")


def test_a_second_one_is_refused_and_does_no_harm(var: Path) -> None:
    demo = Demo(var).up()
    second = Demo(var)
    assert "a demo already runs from" in second.says()
    assert second.process.returncode == 1
    assert demo.status() < 500
    demo.process.send_signal(signal.SIGINT)
    demo.says()
