"""The audit names a file whose bytes are gone or were changed."""

from pathlib import Path

import pytest

from evenhand.base import audit as audits
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.evidence import audit, store
from evenhand.kernel.evidence.models import File

from .conftest import AT, Matter
from .samples import upload
from .test_adding import add


@pytest.fixture
def path(matter: Matter) -> Path:
    """Where the bytes of a file lie whose row stands."""
    [file] = add(matter, upload())
    store.publish([file.stored_as])
    return store.kept(file.stored_as)


def found() -> list[str]:
    """What the audit says; in the suite, which has no role past row security, as the clock."""
    with acting(CLOCK, AT):
        assert File.objects.count() == 1
        return [broken.why for broken in audit.altered()]


def test_an_untouched_file_is_sound(path: Path) -> None:
    assert path.exists()
    assert found() == []


def test_a_changed_byte_is_found(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"!")
    assert found() == [f"its bytes were changed: {path.name}"]


def test_a_lost_file_is_found(path: Path) -> None:
    path.unlink()
    assert found() == [f"its bytes are gone: {path.name}"]


def test_the_audit_asks_it() -> None:
    assert audit.UNALTERED in audits.every()
