"""The one place that reads the clock.

Actions take ``at``; only views, commands and jobs call :func:`now`. A played year replaces
the clock for one process with :func:`played`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_played: ContextVar[datetime | None] = ContextVar("played", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _played.get() or datetime.now(UTC)


@contextmanager
def played(at: datetime) -> Iterator[None]:
    """Within the block, :func:`now` answers ``at``. For tests and the played year."""
    token = _played.set(at)
    try:
        yield
    finally:
        _played.reset(token)
