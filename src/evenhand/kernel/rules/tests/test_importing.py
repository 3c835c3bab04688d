"""What an import leaves behind, also the second time and with broken files."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from evenhand.kernel.access.actor import IMPORTER
from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.rules import importer
from evenhand.kernel.rules.importer import Outcome, files_in, import_files
from evenhand.kernel.rules.models import Instrument, Provision, Version

from . import samples
from .test_real_texts import FILES, TEXTS

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def load(folder: Path) -> list[Outcome]:
    return list(import_files(files=files_in([folder]), by=IMPORTER, at=AT))


def everything() -> list[object]:
    tables = (Instrument, Version, Provision, Entry)
    return [row for table in tables for row in table.objects.order_by("pk").values_list()]


def current(**which: object) -> Version:
    return Version.objects.get(superseded=False, **which)


@contextmanager
def at_once() -> Iterator[None]:
    """Within the block, deferred constraints do not wait for the commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield


def test_a_file_becomes_a_version_with_its_provisions(tmp_path: Path) -> None:
    (outcome,) = load(samples.folder(tmp_path, lamps=samples.PLAIN))
    assert (outcome.title, outcome.articles, outcome.error) == ("南枝县路灯管理办法", 5, None)
    version = Version.objects.get(instrument__title=outcome.title)
    assert (version.passed_on, version.amended_on) == (date(2019, 3, 5), date(2021, 6, 1))
    assert (version.in_force_from, version.in_force_until) == (date(2021, 7, 1), None)
    article = version.provisions.get(article=4, item=None)
    assert (article.path, article.label) == (["第二章 维护", "第二节 修复"], "第四条")
    assert version.provisions.filter(article=4).count() == 5


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    folder = samples.folder(tmp_path, a=samples.PLAIN, b=samples.CODE, c=samples.ANNEXED)
    first = load(folder)
    before = everything()
    second = load(folder)
    assert everything() == before
    assert [(o.title, o.articles) for o in second] == [(o.title, o.articles) for o in first]
    assert [o.new for o in second] == [False] * 3


def test_each_version_is_entered_in_the_ledger_once(tmp_path: Path) -> None:
    folder = samples.folder(tmp_path, a=samples.PLAIN, b=samples.CODE)
    load(folder)
    load(folder)
    assert Entry.objects.filter(code="rules.imported").count() == 2


def test_a_later_version_ends_the_one_before_it(tmp_path: Path) -> None:
    later = samples.PLAIN.replace("2021年", "2025年")
    load(samples.folder(tmp_path, later=later, former=samples.PLAIN))
    former, latter = Version.objects.order_by("in_force_from")
    assert former.in_force_until == latter.in_force_from == date(2025, 7, 1)
    assert latter.in_force_until is None


def test_a_version_in_between_is_put_in_its_place(tmp_path: Path) -> None:
    for year in ("2025", "2021", "2023"):
        load(samples.folder(tmp_path, text=samples.PLAIN.replace("2021年", f"{year}年")))
    until = Version.objects.order_by("in_force_from").values_list("in_force_until", flat=True)
    assert list(until) == [date(2023, 7, 1), date(2025, 7, 1), None]


def test_a_corrected_file_stands_in_place_of_the_first_reading(tmp_path: Path) -> None:
    load(samples.folder(tmp_path, lamps=samples.PLAIN))
    load(samples.folder(tmp_path, lamps=samples.PLAIN.replace("每周巡查", "每日巡查")))
    assert "每日" in current().provisions.get(article=3).text
    assert Version.objects.filter(superseded=True).count() == 1


def test_a_file_put_back_as_it_was_stands_again(tmp_path: Path) -> None:
    for text in (samples.PLAIN, samples.PLAIN.replace("每周", "每日"), samples.PLAIN):
        load(samples.folder(tmp_path, lamps=text))
    assert "每周" in current().provisions.get(article=3).text


def test_two_files_that_claim_one_version_do_not_take_turns(tmp_path: Path) -> None:
    other = samples.PLAIN.replace("每周", "每日")
    load(samples.folder(tmp_path, a=samples.PLAIN, b=other))
    before = everything()
    load(tmp_path)
    assert everything() == before
    assert "每日" in current().provisions.get(article=3).text


def test_a_broken_file_is_named_and_the_others_go_in(tmp_path: Path) -> None:
    samples.folder(tmp_path, b=samples.PLAIN, c="", d="# 决定\n一、甲。", e="第一条 甲")
    (tmp_path / "a.md").write_bytes("# 题\n第一条 甲".encode("gb18030"))
    (tmp_path / "f.md").symlink_to(tmp_path / "nowhere")
    errors = {Path(o.file).stem: o.error for o in load(tmp_path)}
    assert errors.pop("b") is None
    assert all(errors.values())
    assert Instrument.objects.count() == 1


def test_only_the_title_of_a_file_without_articles_is_reported(tmp_path: Path) -> None:
    (outcome,) = load(samples.folder(tmp_path, d="# 决定\n一、甲。"))
    assert (outcome.title, outcome.articles) == ("决定", 0)


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    file = samples.folder(tmp_path, a=samples.PLAIN) / "a.md"
    assert files_in([file, tmp_path, file]) == [file]


def test_a_copy_of_a_file_is_no_second_version(tmp_path: Path) -> None:
    outcomes = load(samples.folder(tmp_path, a=samples.PLAIN, b=samples.PLAIN))
    assert [o.new for o in outcomes] == [True, False]
    assert Version.objects.count() == 1


def test_many_files_go_in_by_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "BATCH_FILES", 2)
    texts = {f"f{n}": samples.PLAIN.replace("路灯管理", f"路灯{n}号管理") for n in range(5)}
    assert sum(o.new for o in load(samples.folder(tmp_path, **texts))) == 5


def test_a_file_too_large_to_be_an_instrument_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "LARGEST_FILE", 100)
    (outcome,) = load(samples.folder(tmp_path, a=samples.PLAIN))
    assert outcome.error
    assert "larger" in outcome.error


@pytest.mark.skipif(not FILES, reason="the published texts are not here")
def test_the_published_texts_go_in_whole() -> None:
    outcomes = load(TEXTS)
    assert [o.error for o in outcomes] == [None] * len(FILES)
    stored = Provision.objects.filter(article__isnull=False, item=None).count()
    assert stored == sum(o.articles for o in outcomes)
    two = Version.objects.filter(instrument__title="中华人民共和国监察法").order_by("in_force_from")
    assert two[0].in_force_until == two[1].in_force_from


def test_no_two_versions_are_in_force_on_one_day(tmp_path: Path) -> None:
    load(samples.folder(tmp_path, a=samples.PLAIN, b=samples.PLAIN.replace("2021年", "2025年")))
    with pytest.raises(IntegrityError, match="version_one_in_force"), at_once():
        Version.objects.filter(in_force_until__isnull=False).update(in_force_until=None)


def test_no_article_is_there_twice(tmp_path: Path) -> None:
    load(samples.folder(tmp_path, a=samples.PLAIN))
    with pytest.raises(IntegrityError, match="provision_cited_once"), transaction.atomic():
        Provision.objects.filter(article=2, item=None).update(article=1)
