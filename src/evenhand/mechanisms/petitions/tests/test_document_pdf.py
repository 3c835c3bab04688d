"""Documents as PDF: real glyphs, nothing of what was written taken for markup, only for whom
they are."""

import re
import time
import zlib
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from evenhand.base import profile
from evenhand.kernel.access.actor import acting
from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.models import Person
from evenhand.mechanisms.petitions import pdf as paper
from evenhand.mechanisms.petitions.models import Document
from evenhand.mechanisms.petitions.states import Kind

from .conftest import Walk

CHINESE = "排水管破裂，已安排修复。"
HOSTILE = ['#import "/etc/passwd"', "$x^2$ \\ \\u{41}", "*b* _i_ @ref <label> // gone", "]]}\"'`"]


def streams(content: bytes) -> bytes:
    """All that can be inflated of a PDF, one after the other."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S)
    return b"\n".join(_inflated(raw) for raw in found)


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return b""


def letters(content: bytes) -> set[str]:
    """Every character that the PDF's fonts say a glyph of theirs stands for."""
    pairs = re.findall(rb"^<[0-9A-Fa-f]{4}> <([0-9A-Fa-f]+)>$", streams(content), re.M)
    return {c for pair in pairs for c in bytes.fromhex(pair.decode()).decode("utf-16-be")}


def of(walk: Walk, kind: str) -> Document:
    with acting(walk.petitioner, walk.at):
        return Document.objects.select_related("case__unit").get(case=walk.case, kind=kind)


def set_on_paper(walk: Walk, kind: str = "opinion") -> bytes:
    document = of(walk, kind)
    with acting(walk.petitioner, walk.at):
        return paper.pdf(document)


def sheet_of(walk: Walk, kind: str) -> dict[str, object]:
    document = of(walk, kind)
    with acting(walk.petitioner, walk.at):
        return paper.sheet(document)


def test_an_answer_holds_its_parts_its_number_and_whom_it_is_for(walk: Walk) -> None:
    sheet = sheet_of(walk.served(), "opinion")
    assert (sheet["number"], sheet["addressee"]) == ("南信复字〔2026〕1号", "To M. Lin:")
    assert [part["heading"] for part in sheet["parts"]] == [  # type: ignore[attr-defined]
        "What you asked for",
        "The facts",
        "The result",
        "The reasons",
        "The legal basis",
        "If you do not agree",
    ]


def test_chinese_is_set_with_glyphs_of_its_own(walk: Walk) -> None:
    content = set_on_paper(
        walk.handling()
        .drafted(facts=CHINESE)
        .step("propose", walk.cast.wen)
        .step("approve", walk.cast.water_head)
    )
    assert content.startswith(b"%PDF-")
    assert set(CHINESE) <= letters(content)
    assert b"NotoSansSC" in content + streams(content)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_written_is_never_read_as_markup(walk: Walk, text: str) -> None:
    walk.handling().drafted(facts=text).step("propose", walk.cast.wen)
    content = set_on_paper(walk.step("approve", walk.cast.water_head))
    assert set(text) - {" "} <= letters(content)


@pytest.mark.parametrize("text", ["x" * 20_000, "长" * 20_000, "A line.\n\n" * 2_000, "😀༄ޗ"])
def test_any_length_and_any_letter_is_set_in_time(walk: Walk, text: str) -> None:
    walk.handling().drafted(facts=text).step("propose", walk.cast.wen)
    walk.step("approve", walk.cast.water_head)
    document = of(walk, "opinion")
    with acting(walk.petitioner, walk.at):
        paper.pdf(document)
        began = time.perf_counter()
        paper.pdf(document)
    assert time.perf_counter() - began < 0.5


def test_the_same_document_is_the_same_file(walk: Walk) -> None:
    walk.served()
    assert set_on_paper(walk) == set_on_paper(walk)


def test_an_acceptance_says_what_was_promised_that_day(walk: Walk) -> None:
    sheet = sheet_of(walk.handling(), "acceptance")
    promised = [line for lines in sheet["opening"] for line in lines]  # type: ignore[attr-defined]
    assert promised[1].startswith("Next promise: a written answer by ")


def test_a_notice_of_where_it_belongs_says_where_to_turn(walk: Walk) -> None:
    walk.step("redirect", walk.cast.registrar, reason="Not ours.", route="The court, Main Street 1")
    parts = {p["heading"]: p for p in sheet_of(walk, "redirection")["parts"]}  # type: ignore[attr-defined]
    assert parts["Where to turn"]["paragraphs"] == [["The court, Main Street 1"]]
    assert set_on_paper(walk, "redirection")


def test_a_suggestion_without_a_name_is_answered_all_the_same(begin: object) -> None:
    walk: Walk = begin(kind=Kind.SUGGESTION, name="", email="", language="zh-hans")  # type: ignore[operator]
    walk.registered(kind=Kind.SUGGESTION).step(
        "study", walk.cast.water_clerk, handler=walk.cast.wen
    )
    walk.drafted(result="adopted").step("propose_reply", walk.cast.wen)
    walk.step("approve_reply", walk.cast.water_head)
    assert sheet_of(walk, "reply")["lang"] == "zh"
    assert set("南枝县") <= letters(set_on_paper(walk, "reply"))


def test_the_profile_says_which_seal(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = set_on_paper(walk.served())
    loaded = profile.cached(settings.EVENHAND_PROFILE_FOLDER)
    bare = replace(loaded, seal=profile.Seal(shape="none"))
    monkeypatch.setattr(profile, "cached", lambda _folder: bare)
    assert len(set_on_paper(walk)) < len(sealed)


@pytest.mark.parametrize(
    ("body", "unit", "name"),
    [
        ("南枝县", "水务局", "南枝县水务局"),
        ("南枝县", "县林业局", "南枝县林业局"),
        ("南枝县", "南枝县信访局", "南枝县信访局"),
        ("Nanzhi County", "Water Bureau", "Nanzhi County Water Bureau"),
        ("Nanzhi County", "Nanzhi County Government", "Nanzhi County Government"),
    ],
)
def test_a_unit_is_named_after_its_body_once(body: str, unit: str, name: str) -> None:
    assert paper.full_name(body, unit) == name


def opened(client: Client, walk: Walk) -> Client:
    typed = {"reference": walk.case.reference, "receipt": walk.receipt.digits}
    assert client.post("/follow/", typed).status_code == 302
    return client


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(
        Account.objects.create_account(person=person, email="a@example.org", password="x")
    )
    return client


def test_the_petitioner_downloads_it(client: Client, walk: Walk) -> None:
    document = of(walk.served(), "opinion")
    response = opened(client, walk).get(f"/follow/document/{document.id}/pdf/")
    assert response.content.startswith(b"%PDF-")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_draft_is_no_document_yet(client: Client, walk: Walk) -> None:
    walk.handling().drafted()
    with acting(walk.cast.wen.id, walk.at):
        draft = Document.objects.get(case=walk.case, kind="opinion")
    path = f"document/{draft.id}/pdf/"
    assert opened(client, walk).get(f"/follow/{path}").status_code == 404
    staff = signed_in(Client(), walk.cast.wen)
    assert staff.get(f"/desk/documents/{draft.id}/pdf/").status_code == 404


def test_without_the_receipt_there_is_no_document(client: Client, walk: Walk) -> None:
    document = of(walk.served(), "opinion")
    answer = client.get(f"/follow/document/{document.id}/pdf/")
    assert answer.headers["Location"] == "/follow/"


@pytest.mark.parametrize(("who", "status"), [("wen", 200), ("housing_clerk", 404), ("qiao", 404)])
def test_staff_download_what_they_see(client: Client, walk: Walk, who: str, status: int) -> None:
    document = of(walk.served(), "opinion")
    response = signed_in(client, getattr(walk.cast, who)).get(f"/desk/documents/{document.id}/pdf/")
    assert response.status_code == status
