"""One import, from the first look at the file to what it came to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from .matters import Earlier, Problem, Wrong
from .rows import Reader, Table
from .writing import Register, Taken, take_over

BATCH = 500

#: Told how many rows are done, of how many.
Progress = Callable[[int, int], None]


@dataclass
class Summary:
    """What an import came to. ``taken`` holds every good row, the new ones and those before."""

    rows: int = 0
    taken: list[Taken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0

    @property
    def new(self) -> int:
        return sum(taken.new for taken in self.taken)

    def skip(self, *problems: Problem) -> None:
        self.skipped += 1
        self.problems.extend(problems)


@dataclass(frozen=True, kw_only=True)
class Run:
    """An import that is ready to begin. Each batch is one transaction, so one that is broken
    off can simply be run again."""

    table: Table
    reader: Reader
    source: Register
    write: bool = True

    def __call__(self, *, at: datetime, progress: Progress) -> Summary:
        summary = Summary()
        rows = self.reader.read(self.table)
        while batch := list(islice(rows, BATCH)):
            self._take(batch, summary, at)
            summary.rows += len(batch)
            progress(summary.rows, self.table.rows)
        summary.problems.sort(key=lambda problem: problem.row)
        return summary

    def _take(self, batch: list[Earlier | Wrong], summary: Summary, at: datetime) -> None:
        for wrong in batch:
            if isinstance(wrong, Wrong):
                summary.skip(*wrong.problems)
        matters = list(_matters(batch))
        for taken in take_over(matters=matters, source=self.source, at=at, write=self.write):
            if taken.problem:
                summary.skip(taken.problem)
            else:
                summary.taken.append(taken)


def _matters(batch: list[Earlier | Wrong]) -> Iterator[Earlier]:
    return (row for row in batch if isinstance(row, Earlier))
