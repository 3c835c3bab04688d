"""Two people import the same folder in the same minute."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from evenhand.kernel.access.actor import IMPORTER
from evenhand.kernel.rules import actions
from evenhand.kernel.rules.importer import files_in, import_files
from evenhand.kernel.rules.models import Version

from . import samples

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at_once(work: Callable[[], object]) -> list[Exception]:
    """Run ``work`` in two threads, each with a connection of its own; what they raised."""
    raised: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


@pytest.mark.usefixtures("committed")
def test_both_succeed_and_each_version_is_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_in([samples.folder(tmp_path, a=samples.PLAIN, b=samples.CODE)])
    together = Barrier(2, timeout=30)
    alone = actions.store
    # Both have found nothing stored before either begins to write.
    monkeypatch.setattr(
        "evenhand.kernel.rules.importer.store",
        lambda **given: (together.wait(), alone(**given))[1],
    )
    raised = at_once(lambda: list(import_files(files=files, by=IMPORTER, at=AT)))
    assert raised == []
    assert Version.objects.count() == 2
    assert not Version.objects.filter(superseded=True).exists()
