"""Instruments by name, provisions by citation, on a day."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from evenhand.base.profile import InstrumentName
from evenhand.kernel.access.actor import IMPORTER
from evenhand.kernel.rules import queries
from evenhand.kernel.rules.actions import name_instruments
from evenhand.kernel.rules.citations import Citation, Place
from evenhand.kernel.rules.importer import files_in, import_files
from evenhand.kernel.rules.models import Version

from . import samples

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LAMPS = InstrumentName("LM21", "南枝县路灯管理办法", "Street Lamp Rules", "路灯办法")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(tmp_path: Path) -> None:
    texts = {
        "lamps": samples.PLAIN,
        "lamps25": samples.PLAIN.replace("2021年", "2025年").replace("每周", "每日"),
        "code": samples.CODE.replace("# 南枝县", "# 中华人民共和国南枝县"),
        "wells": samples.ANNEXED,
    }
    list(import_files(files=files_in([samples.folder(tmp_path, **texts)]), by=IMPORTER, at=AT))
    name_instruments(names=[LAMPS], by=IMPORTER, at=AT)


def text(citation: str, at: date = TODAY) -> str | None:
    found = queries.provision(Citation.parse(citation), at)
    return found.text if found else None


@pytest.mark.parametrize(
    "name",
    [
        "LM21",
        "lm21",
        "南枝县路灯管理办法",
        "《南枝县路灯管理办法》",
        "street lamp",
        "路灯办法",
        "路灯",
    ],
)
def test_an_instrument_is_found_by_any_of_its_names(name: str) -> None:
    assert queries.instrument(name).key == "LM21"


def test_the_name_of_the_state_may_be_left_out() -> None:
    assert queries.instrument("南枝县示范法典").title == "中华人民共和国南枝县示范法典"


@pytest.mark.parametrize(("name", "candidates"), [("南枝县", 3), ("无此办法", 0), (" ", 0)])
def test_a_name_that_is_not_clear_brings_candidates(name: str, candidates: int) -> None:
    with pytest.raises(queries.NotOne) as problem:
        queries.instrument(name)
    assert len(problem.value.candidates) == candidates


def test_a_citation_finds_the_text_in_force_on_the_day() -> None:
    assert text("LM21 art. 3", date(2022, 1, 1)) != text("LM21 art. 3")
    assert text("LM21 art. 3", date(2025, 6, 30)) == text("LM21 art. 3", date(2021, 7, 1))
    assert text("LM21 art. 3", date(2021, 6, 30)) is None


def test_a_corrected_text_answers_alone(tmp_path: Path) -> None:
    wrong = samples.CODE.replace("乙。", "误。").replace("# 南枝县", "# 中华人民共和国南枝县")
    folder = samples.folder(tmp_path / "again", code=wrong)
    list(import_files(files=files_in([folder]), by=IMPORTER, at=AT))
    code = queries.instrument("南枝县示范法典")
    assert Version.objects.in_force(TODAY).filter(instrument=code).count() == 1
    assert text("南枝县示范法典第一百二十条") == "误。"


def test_an_item_is_found_with_and_without_its_paragraph() -> None:
    assert text("LM21 art. 4(2)") == "其他道路，五日内。"
    assert text("LM21 art. 4 para. 2(2)") == "暴雨。"
    assert text("LM21 art. 4 para. 3(2)") is None


def test_an_article_put_in_later_is_found() -> None:
    assert text("《南枝县示范法典》第一百二十条之一") == "丙。"


def test_an_annex_does_not_answer_for_the_instrument() -> None:
    assert text("南枝县水井条例第一条") == "每井有主。"
    assert text("南枝县水井条例第三条") is None


def test_what_is_not_loaded_is_none() -> None:
    assert text("XX99 art. 1") is None
    assert text("LM21 art. 99") is None


def test_many_citations_cost_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    few = [Citation("LM21", Place(n)) for n in range(1, 3)]
    many = [*few, *(Citation("南枝县水井条例", Place(n)) for n in range(1, 9))]
    for citations, found in ((few, 2), (many, 4)):
        with django_assert_num_queries(1):
            provisions = queries.provisions_for(citations, TODAY)
            assert {p.version.instrument.title for p in provisions.values()}
        assert len(provisions) == found


def test_no_citation_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert queries.provisions_for([], TODAY) == {}


def test_contents_are_the_sections_in_order() -> None:
    version = queries.version(queries.instrument("LM21"), TODAY)
    assert version
    sections = queries.contents(version)
    assert [s.path[-1] for s in sections] == [
        "第一章 总则",
        "第一节 巡查",
        "第二节 修复",
        "第三章 附则",
    ]
    assert sections[1].opens == ((0, "第二章 维护"), (1, "第一节 巡查"))
    assert [p.article for s in sections for p in s.provisions] == [1, 2, 3, 4, 5]


def test_a_provision_knows_how_it_is_cited() -> None:
    lamps = queries.instrument("LM21")
    version = Version.objects.get(instrument=lamps, in_force_until=None)
    item = version.provisions.get(article=4, item=1, paragraph=2)
    assert str(item.citation(lamps)) == "LM21 art. 4 para. 2(1)"
