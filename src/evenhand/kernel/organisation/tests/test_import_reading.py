"""Files as clerks save them: each broken cell is named by file, row and column, all at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.kernel.organisation.importing.reading import Table, read
from evenhand.kernel.organisation.importing.sheets import BY_NAME, SHEETS, Sheet

UNITS = "code,name,category,level,parent\n"
GOOD = UNITS + "X1,水利局,agency,county,\n"


def problems(content: str | bytes, sheet: str = "units") -> list[str]:
    return [str(problem) for problem in table(content, sheet).problems]


def table(content: str | bytes, sheet: str = "units") -> Table:
    raw = content.encode() if isinstance(content, str) else content
    return read(BY_NAME[sheet], raw)


@pytest.mark.parametrize(
    "raw",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("gb18030"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.rstrip().encode(),
        (GOOD + "\n,,,,\n").encode(),
        GOOD.replace("parent", "parent,,").replace("county,", "county,,,").encode(),
    ],
    ids=["utf-8", "bom", "gb18030", "crlf", "no last line end", "blank rows", "blank columns"],
)
def test_the_same_rows_are_read_however_the_file_was_saved(raw: bytes) -> None:
    found = table(raw)
    assert found.problems == []
    assert found.lines["X1"].values["name"] == "水利局"
    assert found.lines["X1"].number == 2


def test_gb18030_is_told() -> None:
    assert table(GOOD.encode("gb18030")).encoding == "gb18030"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (GOOD.encode("utf-16"), "UTF-16"),
        (
            GOOD.replace("水利局", "Mairie de Fécamp").encode("latin-1"),
            "as GB 18030 it would",
        ),
        (GOOD.encode().replace("水".encode(), b"\xff\xff"), "neither UTF-8 nor GB 18030"),
        (b"PK\x03\x04\x00\x00 a spreadsheet", "no text"),
    ],
    ids=["utf-16", "latin-1", "torn", "binary"],
)
def test_a_file_that_cannot_be_read_is_named_with_the_way_out(raw: bytes, told: str) -> None:
    (problem,) = problems(raw)
    assert problem.startswith("units.csv: ")
    assert told in problem
    assert "save it as “CSV UTF-8”" in problem


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("code,name,category", "units.csv row 1, column level: the column is missing"),
        ("code,name,category,level,level", "units.csv row 1, column level: the column stands"),
        ("code,name,category,level,boss", "units.csv row 1: there is no column 'boss'; known are"),
        ("code;name;category;level", "units.csv row 1: columns must be separated by commas"),
        ("", "units.csv row 1, column code: the column is missing"),
    ],
)
def test_a_wrong_header_is_named(header: str, told: str) -> None:
    assert any(problem.startswith(told) for problem in problems(header + "\n"))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("X2,,agency,county,", "units.csv row 3, column name: is empty"),
        ("X2,x,agency,county", "units.csv row 3: 4 cells, where the header has 5"),
        ("X2,x,agence,county,", "units.csv row 3, column category: 'agence' is not one of author"),
        ("X2,x,agency,county hall,", "row 3, column level: 'county hall' is not one of nation"),
        ("X1,x,agency,county,", "units.csv row 3, column code: X1 stands in row 2 already"),
        (f"X2,{'x' * 201},agency,4,", "row 3, column name: 201 characters; at most 200 are"),
        ('X2,"x,agency,4,', "units.csv row 3: cannot be read as CSV: unexpected end of data"),
    ],
)
def test_a_broken_row_is_named(row: str, told: str) -> None:
    (problem,) = problems(f"{GOOD}{row}\n")
    assert told in problem


@pytest.mark.parametrize(
    ("sheet", "header", "row", "told"),
    [
        ("posts", "code,unit,name,leading,powers", "P,U,x,maybe,lead", "column leading: 'maybe'"),
        ("posts", "code,unit,name,leading,powers", "P,U,x,yes,laed", "no power laed; known are a"),
        ("tenures", "post,person,since,until", "P,S,2026-02-30,", "there is no day 2026-02-30"),
        ("tenures", "post,person,since,until", "P,S,02/03/2026,", "is not a date such as 2026-"),
        ("people", "staff_number,name,email", "S,x,at home", "'at home' is not an e-mail address"),
    ],
)
def test_a_broken_cell_says_what_was_expected(sheet: str, header: str, row: str, told: str) -> None:
    (problem,) = problems(f"{header}\n{row}\n", sheet)
    assert told in problem


def test_rows_count_as_a_spreadsheet_counts_them() -> None:
    quoted = '"two\r\nlines, ""quoted"""'
    found = table(f"{UNITS}X1,{quoted},agency,county,\r\n\r\nX2,,agency,county,\r\n")
    assert found.lines["X1"].values["name"] == 'two lines, "quoted"'
    assert [str(p) for p in found.problems] == ["units.csv row 4, column name: is empty"]


def test_every_broken_row_is_listed_at_once() -> None:
    rows = "".join(f"X{n},,agency,nowhere,\n" for n in range(50))
    assert len(problems(UNITS + rows)) == 100


def test_days_are_read_as_spreadsheets_write_them() -> None:
    found = table("post,person,since,until\nP,S,2026/3/2,2027-01-01\n", "tenures")
    ((key, line),) = found.lines.items()
    assert str(key) == "('P', datetime.date(2026, 3, 2))"
    assert str(line.values["until"]) == "2027-01-01"


def test_no_sheet_refers_to_a_later_one() -> None:
    for place, sheet in enumerate(SHEETS):
        assert sheet.refers <= {earlier.name for earlier in SHEETS[: place + 1]}
        assert set(sheet.key) <= {column.name for column in sheet.columns}


@given(st.sampled_from(SHEETS), st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_the_bytes_reading_ends_with_rows_or_with_problems(
    sheet: Sheet, raw: bytes
) -> None:
    header = ",".join(column.name for column in sheet.columns)
    for content in (raw, header.encode() + b"\n" + raw):
        found = read(sheet, content)
        assert all(str(problem).startswith(sheet.file) for problem in found.problems)
        assert set(found.lines) <= set(found.claimed)
