"""The form tells the limits in words and what to do about each refusal; uploads are bounded."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from evenhand.kernel.evidence import limits, uploads
from evenhand.kernel.evidence.forms import FilesField, FilesMixin
from evenhand.kernel.evidence.limits import Upload
from evenhand.kernel.evidence.uploads import BoundedUploadHandler

from .samples import PDF, PNG, upload


def form(*chosen: Upload) -> FilesMixin:
    return FilesMixin({}, MultiValueDict({"attachments": list(chosen)}))


def test_several_files_come_out_as_a_list() -> None:
    chosen = [upload(), upload(PNG, "photo.png")]
    bound = form(*chosen)
    assert bound.is_valid()
    assert bound.cleaned_data["attachments"] == chosen


def test_no_file_is_an_empty_list_unless_one_is_required() -> None:
    bound = form()
    assert bound.is_valid()
    assert bound.cleaned_data["attachments"] == []
    with pytest.raises(Exception, match="at least one"):
        FilesField().clean([])


def test_a_refused_file_is_an_error_of_the_field() -> None:
    errors = form(upload(), upload(b"MZ\x90\0", "photo.jpg")).errors["attachments"]
    assert "“photo.jpg” is not a kind of file that we can take" in errors[0]


def test_the_limits_are_told_in_words() -> None:
    text = str(FilesMixin().fields["attachments"].help_text)
    assert "Up to 10 files, each of at most 10 MB and together at most 30 MB" in text


def test_the_browser_may_choose_several_of_the_kinds_taken_in() -> None:
    html = str(FilesMixin()["attachments"])
    assert "multiple" in html
    assert 'accept=".pdf,.jpg' in html


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 100_000)
    monkeypatch.setattr(uploads, "MOST_BYTES_READ", 2_000_000)


def sent(content: bytes) -> Upload:
    request = RequestFactory().post("/", {"file": upload(content), "body": "what was typed"})
    request.upload_handlers = [BoundedUploadHandler(request)]
    assert request.POST["body"] == "what was typed"
    file = request.FILES["file"]
    assert not isinstance(file, list)
    return file


def test_a_small_file_is_handed_over_whole() -> None:
    assert sent(PDF).read() == PDF


@pytest.mark.usefixtures("small")
def test_of_a_large_file_little_is_written_and_its_size_is_told() -> None:
    file = sent(PDF + bytes(1_000_000))
    assert file.size == len(PDF) + 1_000_000
    assert len(file.read()) < 250_000


@pytest.mark.usefixtures("small")
def test_an_immense_request_is_not_read() -> None:
    with pytest.raises(RequestDataTooBig):
        sent(bytes(limits.MEGABYTE * 2))
