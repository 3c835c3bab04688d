"""Names stay readable and become harmless."""

import pytest

from evenhand.kernel.evidence import kinds
from evenhand.kernel.evidence.names import LONGEST, clean_name, suited

CASES = {
    "证据 1.pdf": "证据 1.pdf",
    "../../etc/passwd": "passwd",
    "C:\\Users\\me\\letter.pdf": "letter.pdf",
    "a\r\nX-Header: b.pdf": "a X-Header b.pdf",
    "invoice\u202efdp.exe": "invoicefdp.exe",
    ' "quoted"?*.pdf ': "quoted .pdf",
    ".bashrc": "bashrc",
    "\x00\x07": "file",
    "...": "file",
    "": "file",
}


@pytest.mark.parametrize(("given", "kept"), CASES.items())
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_extension() -> None:
    name = clean_name("长" * 300 + ".pdf")
    assert len(name) == LONGEST
    assert name.endswith("长.pdf")


@pytest.mark.parametrize(
    ("name", "suits"),
    [("a.PDF", "a.PDF"), ("a", "a.pdf"), ("a.exe", "a.exe.pdf"), ("x" * 150, "x" * 146 + ".pdf")],
)
def test_an_extension_agrees_with_the_content(name: str, suits: str) -> None:
    assert suited(name, kinds.PDF) == suits
