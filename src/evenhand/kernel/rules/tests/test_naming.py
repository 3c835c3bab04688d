"""Keys and names that a profile gives to instruments."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from evenhand.base.profile import InstrumentName
from evenhand.kernel.access.actor import IMPORTER
from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.rules.actions import name_instruments
from evenhand.kernel.rules.citations import Citation
from evenhand.kernel.rules.importer import files_in, import_files
from evenhand.kernel.rules.models import Instrument
from evenhand.kernel.rules.naming import configured, spoken

from . import samples

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROW = {"key": "LM21", "title": "路灯办法", "name_en": "Lamp Rules", "name_zh": "灯办法"}


def give(**titles: str) -> None:
    names = [InstrumentName(key, title, f"{key} in English", "") for key, title in titles.items()]
    name_instruments(names=names, by=IMPORTER, at=AT)


def keys() -> dict[str, str | None]:
    return {i.title: i.key for i in Instrument.objects.order_by("title")}


@pytest.fixture
def _two(tmp_path: Path) -> None:
    folder = samples.folder(tmp_path, a="# 甲法\n第一条 甲", b="# 中华人民共和国甲法\n第一条 乙")
    list(import_files(files=files_in([folder]), by=IMPORTER, at=AT))


@pytest.mark.usefixtures("db", "_two")
def test_the_very_title_takes_the_key() -> None:
    give(J="甲法")
    assert keys() == {"中华人民共和国甲法": None, "甲法": "J"}


@pytest.mark.usefixtures("db", "_two")
def test_keys_may_change_hands_and_be_taken_back() -> None:
    give(J="甲法", Z="中华人民共和国甲法")
    give(Z="甲法", J="中华人民共和国甲法")
    assert keys() == {"中华人民共和国甲法": "J", "甲法": "Z"}
    give()
    assert keys() == {"中华人民共和国甲法": None, "甲法": None}


@pytest.mark.usefixtures("db", "_two")
def test_naming_again_enters_nothing() -> None:
    give(J="甲法")
    give(J="甲法")
    assert Entry.objects.filter(code="rules.named").count() == 1


@pytest.mark.usefixtures("db", "_two")
def test_a_name_without_its_text_waits() -> None:
    give(Q="乙法")
    assert set(keys().values()) == {None}


def test_a_citation_is_spoken_in_full_without_any_text(settings: Settings) -> None:
    settings.EVENHAND_INSTRUMENT_KEYS = [ROW]
    citation = Citation.parse("LM21 art. 4(2)")
    assert spoken(citation, "en") == "Lamp Rules, art. 4(2)"
    assert spoken(citation, "zh-hans") == "《灯办法》第四条第（二）项"
    assert spoken(Citation.parse("XX art. 1"), "en") == "XX, art. 1"


@pytest.mark.parametrize(
    "rows",
    [
        [{"key": "LM21"}],
        [ROW | {"nickname": "x"}],
        [ROW, ROW | {"title": "别的办法"}],
        [ROW, ROW | {"key": "LM22", "title": "中华人民共和国路灯办法"}],
    ],
)
def test_a_wrong_row_is_named(settings: Settings, rows: list[dict[str, str]]) -> None:
    settings.EVENHAND_INSTRUMENT_KEYS = rows
    with pytest.raises(ImproperlyConfigured, match="LM2"):
        configured()
