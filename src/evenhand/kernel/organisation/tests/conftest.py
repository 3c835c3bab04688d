"""What the tests of the organisation share; what people are told is asserted in English."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from evenhand.kernel.organisation.importing import files
from evenhand.kernel.organisation.importing.plan import Plan
from evenhand.kernel.organisation.tests.bring import Bring

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Import sheets given as text; ``write=False`` is the preview."""

    def bring(*, write: bool = True, **sheets: str) -> Plan:
        paths = {}
        for name, content in sheets.items():
            paths[name] = tmp_path / f"{name}.csv"
            paths[name].write_text(content, "utf-8")
        return files.bring(paths, write=write, by=None, at=AT, progress=lambda line: None)

    return bring
