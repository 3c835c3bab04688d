"""A hundred thousand units: brought in under a minute, asked about in one query each."""

import time
from typing import Any

import pytest

from evenhand.kernel.organisation import queries
from evenhand.kernel.organisation.models import Unit
from evenhand.kernel.organisation.tests.bring import Bring, told

UNITS = 100_000


def _the_lowest_first() -> str:
    """Eight units below each; every parent stands further down in the file."""
    rows = [f"U{n},第{n}号,agency,county,{f'U{(n - 1) // 8}' if n else ''}\n" for n in range(UNITS)]
    return "code,name,category,level,parent\n" + "".join(reversed(rows))


@pytest.mark.slow
@pytest.mark.usefixtures("committed")
def test_a_hundred_thousand_units(bring: Bring, django_assert_num_queries: Any) -> None:
    # Processor time: others may be at work on the same machine.
    start = time.process_time()
    assert told(bring(units=_the_lowest_first())) == []
    assert time.process_time() - start < 60
    top, middle, last = (Unit.objects.get(code=f"U{n}") for n in (0, 500, UNITS - 1))
    start = time.perf_counter()
    with django_assert_num_queries(3):
        above = queries.ancestors(last)
        assert queries.superior(last) == above[0]
        assert queries.subtree(middle).count() == 1 + 8 + 64
    assert time.perf_counter() - start < 1
    assert queries.subtree(top).count() == UNITS
