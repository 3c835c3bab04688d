"""What a rolled-back transaction or a dead process left aside is cleared away by its row."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from evenhand.base.clock import now
from evenhand.kernel.evidence import actions, store
from evenhand.kernel.evidence.actions import Swept, sweep
from evenhand.kernel.evidence.tasks import sweep as task

from .conftest import Matter, lying_in
from .samples import PDF, upload
from .test_adding import add

LATER = actions.GRACE + timedelta(minutes=1)


@pytest.mark.django_db
def test_a_file_without_a_row_is_removed(folder: Path) -> None:
    store.write(upload(), "orphan", 10_000)
    assert sweep(at=now() + LATER) == Swept(published=0, removed=1)
    assert lying_in(folder) == []


def test_a_file_whose_row_stands_is_put_in_its_place(matter: Matter) -> None:
    [file] = add(matter, upload())
    assert sweep(at=now() + LATER) == Swept(published=1, removed=0)
    assert store.kept(file.stored_as).read_bytes() == PDF


@pytest.mark.django_db
def test_a_file_whose_transaction_may_still_run_is_left_alone(folder: Path) -> None:
    store.write(upload(), "running", 10_000)
    assert sweep(at=now()) == Swept(published=0, removed=0)
    assert len(lying_in(folder)) == 1


@pytest.mark.django_db
def test_the_worker_sweeps_and_a_store_without_files_is_clean(folder: Path) -> None:
    store.write(upload(), "orphan", 10_000)
    os.utime(store.incoming("orphan"), (0, 0))
    task(timestamp=0)
    assert lying_in(folder) == []
    store.incoming().rmdir()
    assert sweep(at=now()) == Swept(published=0, removed=0)


def test_publishing_twice_changes_nothing(matter: Matter) -> None:
    [file] = add(matter, upload())
    store.publish([file.stored_as])
    store.publish([file.stored_as, "nowhere"])
    assert store.kept(file.stored_as).read_bytes() == PDF
