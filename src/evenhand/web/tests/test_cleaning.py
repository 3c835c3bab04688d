"""What the form fields of our own make of what was typed."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from evenhand.web.forms import DatePartsField, FilesField, LongTextField


class DateForm(forms.Form):
    when = DatePartsField()


class TextForm(forms.Form):
    body = LongTextField(max_length=5)


class FilesForm(forms.Form):
    papers = FilesField()


def dated(day: str, month: str, year: str) -> DateForm:
    return DateForm({"when_day": day, "when_month": month, "when_year": year})


def sent(*files: "UploadedFile[Any]") -> FilesForm:
    return FilesForm({}, MultiValueDict({"papers": list(files)}))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "parts",
    [("1", "5", "2026"), (" 01", "05 ", "2026"), ("\uff11", "\uff15", "\uff12\uff10\uff12\uff16")],
)
def test_a_date_is_understood(parts: tuple[str, str, str], language: str) -> None:
    with translation.override(language):
        form = dated(*parts)
        assert form.is_valid()
        assert form.cleaned_data["when"] == date(2026, 5, 1)


@pytest.mark.parametrize(
    "parts", [("31", "2", "2026"), ("1", "", "2026"), ("a", "b", "c"), ("1", "5", "26")]
)
def test_what_is_no_date_is_refused_and_shown_again(parts: tuple[str, str, str]) -> None:
    form = dated(*parts)
    assert str(form.errors["when"][0]).startswith("Enter a real date")
    assert all(f'value="{part}"' in str(form["when"]) for part in parts)


def test_no_date_at_all_is_asked_for() -> None:
    assert dated("", "", "").errors["when"] == ["Enter a date."]


def test_a_stored_date_comes_out_in_its_parts() -> None:
    html = str(DateForm(initial={"when": date(2026, 5, 1)})["when"])
    assert [f'value="{part}"' in html for part in ("1", "5", "2026")] == [True] * 3


def test_a_line_end_counts_as_one_character() -> None:
    assert TextForm({"body": "ab\r\ncd"}).is_valid()
    assert not TextForm({"body": "ab\r\ncde"}).is_valid()


def test_control_characters_are_dropped() -> None:
    form = TextForm({"body": "a\x07b"})
    assert form.is_valid()
    assert form.cleaned_data["body"] == "ab"


def test_several_files_come_as_a_list() -> None:
    form = sent(SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b"))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["papers"]] == ["a.txt", "b.txt"]


def test_an_empty_file_among_several_is_refused() -> None:
    assert not sent(SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"")).is_valid()


def test_files_that_must_be_there_are_asked_for() -> None:
    assert "papers" in sent().errors
