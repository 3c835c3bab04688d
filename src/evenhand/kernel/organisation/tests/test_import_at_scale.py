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
@pytest.mark.django_db
def test_a_hundred_thousand_units(bring: Bring, django_assert_num_queries: Any) -> None:
    content = _the_lowest_first()
    start = time.perf_counter()
    assert told(bring(units=content)) == []
    assert time.perf_counter() - start < 60
    top, last = Unit.objects.get(code="U0"), Unit.objects.get(code=f"U{UNITS - 1}")
    start = time.perf_counter()
    with django_assert_num_queries(3):
        above = queries.ancestors(last)
        assert queries.superior(last) == above[0]
        assert queries.subtree(above[1]).count() == 73
    assert time.perf_counter() - start < 0.2
    assert queries.subtree(top).count() == UNITS
