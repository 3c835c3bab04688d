"""What we started ends with us, grandchildren too, and nothing else does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.config.processes import ChildEnded, Stopped, family, stopping_on_signals

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
#: Starts a grandchild, notes both numbers, and ignores being asked to end.
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""
#: A family of one, in a process that a test can kill.
PARENT = """
import os, sys, time
from evenhand.config.processes import family
with family() as children:
    children.start("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], os.environ)
    open(sys.argv[1], "w").write(str(children._children[0].process.pid))
    time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False


def wait_for(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def noted(path: Path) -> list[int]:
    wait_for(lambda: path.exists() and bool(path.read_text()))
    return [int(number) for number in path.read_text().split()]


def test_all_end_with_the_block_and_strangers_do_not() -> None:
    stranger = subprocess.Popen(SLEEP)
    with family() as children:
        children.start("sleeper", SLEEP, os.environ)
        pids = [child.process.pid for child in children._children]
        assert alive(pids[0])
    assert not alive(pids[0])
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_stubborn_child_and_its_own_child_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evenhand.config.processes._PATIENCE_SECONDS", 0.3)
    note = tmp_path / "pids"
    with family() as children:
        children.start("stubborn", [sys.executable, "-c", STUBBORN, str(note)], os.environ)
        pids = noted(note)
    wait_for(lambda: not any(alive(pid) for pid in pids))


def test_a_child_that_ended_by_itself_is_named() -> None:
    with family() as children:
        children.start("short one", [sys.executable, "-c", "raise SystemExit(3)"], os.environ)
        children._children[0].process.wait()
        with pytest.raises(ChildEnded, match=r"the short one ended by itself \(exit code 3\)"):
            children.check()


def test_children_end_when_we_are_killed_outright(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(note)])
    (child,) = noted(note)
    parent.kill()
    parent.wait()
    wait_for(lambda: not alive(child))


def test_the_first_signal_stops_and_later_ones_do_not_disturb() -> None:
    cleaned = False
    with stopping_on_signals():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        except Stopped:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGTERM)
            cleaned = True
    assert cleaned


def test_children_do_not_inherit_that_signals_are_ignored() -> None:
    said = "import signal; print(signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)"
    with stopping_on_signals():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        except Stopped:
            found = subprocess.run([sys.executable, "-c", said], capture_output=True, check=True)
    assert found.stdout == b"True\n"
