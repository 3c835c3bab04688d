"""Files are taken in all or none, and lie in their place once the act has committed."""

import hashlib
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import ProgrammingError, transaction
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.evidence import actions, limits, store
from evenhand.kernel.evidence.limits import Reason, RefusedFile, Upload
from evenhand.kernel.evidence.models import File
from evenhand.kernel.ledger.models import Opening
from evenhand.kernel.organisation.tests.cast import make_cast

from .conftest import AT, Matter, lying_in, make_matter
from .samples import PDF, PNG, upload

LARGE = PDF + b"\n" * limits.MOST_BYTES
EDGE = PDF + b"\n" * (limits.MOST_BYTES - len(PDF))


def add(matter: Matter, *uploads: Upload) -> list[File]:
    """As the petitioner."""
    return actions.add_files(
        matter=matter.id, uploads=uploads, by=matter.petitioner, at=AT, from_petitioner=True
    )


def rows() -> int:
    with acting(CLOCK, AT):
        return File.objects.count()


def test_a_row_tells_what_was_written(matter: Matter) -> None:
    [file] = add(matter, upload(PNG, "井盖.jpeg"))
    assert (file.name, file.media_type, file.size) == ("井盖.jpeg.png", "image/png", len(PNG))
    assert file.sha256 == hashlib.sha256(PNG).digest()
    assert file.open_to_petitioner


def test_files_lie_in_their_place_on_commit(
    matter: Matter, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        files = add(matter, upload(), upload(PNG))
    assert {store.kept(f.stored_as) for f in files} == set(lying_in(folder))
    assert store.kept(files[0].stored_as).read_bytes() == PDF


def test_no_part_of_a_path_was_typed_and_nobody_else_may_read(matter: Matter, folder: Path) -> None:
    add(matter, upload(name="../../evil.pdf"))
    [path] = lying_in(folder)
    assert "evil" not in str(path)
    assert path.stat().st_mode & 0o077 == 0


def test_one_entry_commits_to_every_digest(matter: Matter) -> None:
    files = add(matter, upload(), upload(PNG))
    with acting(CLOCK, AT):
        arguments = Opening.objects.get(matter_id=matter.id).arguments
    assert arguments["count"] == 2
    assert [f["sha256"] for f in arguments["files"]] == [f.sha256.hex() for f in files]


def test_nothing_added_is_nothing_entered(matter: Matter) -> None:
    assert add(matter) == []
    with acting(CLOCK, AT):
        assert not Opening.objects.exists()


def test_the_largest_that_is_allowed_is_taken(matter: Matter) -> None:
    assert add(matter, upload(EDGE))[0].size == limits.MOST_BYTES


REFUSALS: dict[Reason, list[Upload]] = {
    Reason.TOO_MANY: [upload()] * 11,
    Reason.TOO_LARGE: [upload(), upload(LARGE)],
    Reason.TOO_LARGE_TOGETHER: [upload(EDGE)] * 3 + [upload()],
    Reason.EMPTY: [upload(), upload(b"")],
    Reason.WRONG_KIND: [upload(), upload(b"MZ\x90\0")],
}


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_refusal_leaves_nothing_behind(matter: Matter, folder: Path, reason: Reason) -> None:
    with pytest.raises(RefusedFile) as refused:
        add(matter, *REFUSALS[reason])
    assert refused.value.reason == reason
    assert (rows(), lying_in(folder)) == (0, [])


def test_a_size_that_was_lied_about_is_found_while_writing(matter: Matter, folder: Path) -> None:
    with pytest.raises(RefusedFile) as refused:
        add(matter, upload(), upload(LARGE, size=10))
    assert refused.value.reason == Reason.TOO_LARGE
    assert (rows(), lying_in(folder)) == (0, [])


def test_a_full_disk_is_our_fault_and_leaves_nothing(
    matter: Matter, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(store, "_settle", full)
    with pytest.raises(RefusedFile, match="fault on our side"):
        add(matter, upload())
    assert (rows(), lying_in(folder)) == (0, [])


@pytest.mark.parametrize("who", ["stranger", "concerned"])
def test_nobody_adds_to_a_matter_that_he_does_not_see(
    matter: Matter, folder: Path, who: str
) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        actions.add_files(
            matter=matter.id, uploads=[upload()], by=getattr(matter, who), at=AT,
            from_petitioner=False,
        )  # fmt: skip
    assert (rows(), lying_in(folder)) == (0, [])


@pytest.mark.usefixtures("committed")
def test_what_rolls_back_never_comes_to_its_place(folder: Path) -> None:
    matter = make_matter(make_cast())
    with transaction.atomic():
        add(matter, upload())
        transaction.set_rollback(True)
    assert rows() == 0
    assert not (folder / "kept").exists()


@pytest.mark.usefixtures("committed")
def test_a_disk_that_fails_after_the_commit_does_not_undo_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = make_matter(make_cast())
    with monkeypatch.context() as patch:
        patch.setattr(store, "publish", lambda _: 1 / 0)
        [file] = add(matter, upload())
    with actions.open_file(file=file.id, by=matter.petitioner, at=AT).content as content:
        assert content.read() == PDF


def test_memory_does_not_grow_with_the_files(matter: Matter) -> None:
    uploads = [temporary(EDGE) for _ in range(3)]
    tracemalloc.start()
    add(matter, *uploads)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * limits.MEGABYTE


def temporary(content: bytes) -> Upload:
    """As Django hands over what it has streamed to the disk."""
    file = TemporaryUploadedFile("scan.pdf", "", len(content), None)
    file.write(content)
    assert tempfile.gettempdir() in file.temporary_file_path()
    return file


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_refusal_says_which_file_and_what_to_do(reason: Reason, language: str) -> None:
    with translation.override(language):
        sentence = RefusedFile("证据.pdf", reason).sentence
    assert "%" not in sentence
    assert "证据.pdf" in sentence or reason in (Reason.TOO_MANY, Reason.TOO_LARGE_TOGETHER)
