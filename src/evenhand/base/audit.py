"""The registry of what ``evenhand audit`` checks on live data.

Each check answers with the rows that break an invariant (docs/architecture.md), by name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise


@dataclass(frozen=True)
class Broken:
    """One row that breaks an invariant: ``row`` names it so that it can be found."""

    row: str
    why: str


Check = Callable[[], Iterator[Broken]]


@dataclass(frozen=True)
class Invariant:
    """``number`` is the invariant's in the architecture; ``says`` is the invariant itself."""

    number: str
    says: str | Promise
    check: Check


_invariants: list[Invariant] = []


def register(*invariants: Invariant) -> None:
    _invariants.extend(i for i in invariants if i not in _invariants)


def every() -> tuple[Invariant, ...]:
    return tuple(sorted(_invariants, key=lambda i: i.number))


def query(sql: str) -> Check:
    """The check that ``sql`` makes: it selects the name of each broken row, and why it is."""

    def check() -> Iterator[Broken]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            yield from (Broken(str(row), why) for row, why in cursor.fetchall())

    return check
