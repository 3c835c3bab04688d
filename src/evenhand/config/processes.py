"""Child processes that end with us: the demo's web server and worker.

Each child gets a session of its own, so that Ctrl-C in the terminal reaches only us and we stop
them in order; if we are killed outright, the kernel tells them.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1
_PATIENCE_SECONDS = 15.0


class Stopped(BaseException):
    """Somebody asked us to stop. Not an Exception: nothing on the way may swallow it."""


class ChildEnded(Exception):
    """A child ended by itself; the text names it."""


@dataclass(frozen=True)
class _Child:
    name: str
    process: subprocess.Popen[bytes]


class Family:
    """The children that we started, and no other process."""

    def __init__(self) -> None:
        self._children: list[_Child] = []

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start ``command`` under our care."""
        with _signals_held():
            process = subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_end_with(os.getpid()),
            )
            self._children.append(_Child(name, process))

    def check(self) -> None:
        """Raise :class:`ChildEnded` when one has ended by itself."""
        for child in self._children:
            if (code := child.process.poll()) is not None:
                raise ChildEnded(f"the {child.name} ended by itself (exit code {code})")

    def stop(self) -> None:
        """Ask all to end, wait, and end what does not. Whole sessions: no grandchild stays."""
        for child in self._children:
            _signal_session(child, signal.SIGTERM)
        give_up = time.monotonic() + _PATIENCE_SECONDS
        for child in self._children:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, give_up - time.monotonic()))
            _signal_session(child, signal.SIGKILL)
            child.process.wait()
        self._children.clear()


def _signal_session(child: _Child, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.process.pid, number)


@contextmanager
def family() -> Iterator[Family]:
    """A family that is stopped at the end of the block, however it ends."""
    children = Family()
    try:
        yield children
    finally:
        children.stop()


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Within the block, the first Ctrl-C or SIGTERM raises :class:`Stopped`.

    Further ones are ignored: the stopping that the first began goes on undisturbed.
    """
    before = {number: signal.signal(number, _raise_once) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise_once(number: int, frame: FrameType | None) -> None:
    for known in _SIGNALS:
        signal.signal(known, _ignore)
    raise Stopped


def _ignore(number: int, frame: FrameType | None) -> None:
    """Unlike SIG_IGN this is not inherited by what we start."""


@contextmanager
def _signals_held() -> Iterator[None]:
    """No signal arrives between a child's birth and its registration."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with(parent: int) -> Callable[[], None]:
    """What a child does before it becomes its program: ask to be told of our death."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        if library is not None:
            library.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return prepare
