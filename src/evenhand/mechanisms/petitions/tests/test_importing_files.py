"""Files as people have them: encodings, dates, broken CSV, columns that are not there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from evenhand.mechanisms.petitions.importing.fields import Statuses, moment
from evenhand.mechanisms.petitions.importing.matters import Earlier
from evenhand.mechanisms.petitions.importing.rows import Reader, Unreadable, look_through

AT = datetime(2026, 3, 2, tzinfo=UTC)
CHINESE = "题目,内容\n下水道堵塞,请尽快疏通柳巷的下水道。\n"
BROKEN = {
    "a quote that never ends": ('title,body\nA,"b\n', "row 2 cannot be read as CSV"),
    "text behind a quote": ('title,body\nA,b\nB,"c"d\n', "row 3 cannot be read as CSV"),
    "nothing": ("", "the file is empty"),
    "another encoding": ("title,body\nÄrger,Größe\n".encode("latin-1"), "neither UTF-8 nor"),
    "no text": (b"\x89PNG\r\n\x1a\n\xff\xfe\xfd\x00", "neither UTF-8 nor"),
    "half of UTF-16": ("title,body\n".encode("utf-16")[:-1], "middle of a character"),
}
MOMENTS = {
    "1359337647.0": "2013-01-28T01:47:27+00:00",
    "1359337647": "2013-01-28T01:47:27+00:00",
    "2013-01-28": "2013-01-28T00:00:00+08:00",
    "2013/01/28": "2013-01-28T00:00:00+08:00",
    "2013-01-28 09:30": "2013-01-28T09:30:00+08:00",
    "2013-01-28T09:30:00Z": "2013-01-28T09:30:00+00:00",
}


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_is_read_in_every_encoding_that_is_in_use(tmp_path: Path, encoding: str) -> None:
    (matter,) = _read(tmp_path, CHINESE.encode(encoding), title="题目", body="内容")
    assert matter.title == "下水道堵塞"


@pytest.mark.parametrize(("content", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_as_a_whole(
    tmp_path: Path, content: str | bytes, says: str
) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Unreadable, match=says):
        look_through(path)


@pytest.mark.parametrize("path", ["nowhere.csv", "."])
def test_what_is_no_file_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        look_through(tmp_path / path)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"title": "title"}, "name the columns of body"),
        ({"title": "subject", "body": "body"}, "no column 'subject'; the file has title, body"),
        ({"title": "title", "body": "twice"}, "'twice' stands there twice"),
    ],
)
def test_columns_that_do_not_fit_are_refused(
    tmp_path: Path, columns: dict[str, str], says: str
) -> None:
    with pytest.raises(Unreadable, match=says):
        _read(tmp_path, b"title,body,twice,twice\n", **columns)


@pytest.mark.parametrize(("cell", "read"), MOMENTS.items())
def test_a_moment_is_read_as_registers_write_it(cell: str, read: str) -> None:
    assert moment(cell).isoformat() == read


@pytest.mark.parametrize("cell", ["28.1.2013", "0001-01-01", "99", "2013-02-30", "soon"])
def test_what_is_no_moment_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        moment(cell)


def test_line_ends_stay_in_the_text_and_leave_the_title(tmp_path: Path) -> None:
    (matter,) = _read(
        tmp_path, b'title,body\r\n"a\r\nb","c\r\nd\0"\r\n', title="title", body="body"
    )
    assert (matter.title, matter.body) == ("a b", "c\nd")


def _read(tmp_path: Path, content: bytes, **columns: str) -> list[Earlier]:
    path = tmp_path / "old.csv"
    path.write_bytes(content)
    reader = Reader(columns=columns, statuses=Statuses(), source="", at=AT)
    table = look_through(path)
    reader.check(table)
    rows = list(reader.read(table))
    assert all(isinstance(row, Earlier) for row in rows)
    return [row for row in rows if isinstance(row, Earlier)]
