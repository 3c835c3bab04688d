"""My work: mine and what waits for my role, worst first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from evenhand.kernel.access.models import Account
from evenhand.mechanisms.petitions.tests.conftest import AT, Walk

from .conftest import Desk

Sits = Callable[..., Desk]
Begin = Callable[..., Walk]


def titles(page: Any) -> list[str]:
    return [item.title for item in page.context["work"].items]


def links(page: Any) -> list[str]:
    return [item.link for item in page.context["work"].items]


def test_the_worst_stands_first(begin: Begin, sits: Sits, walk: Walk) -> None:
    begin(AT - timedelta(days=20), title="Late")
    begin(AT - timedelta(days=14), title="Nearly due")
    page = sits(walk.cast.registrar).get("/desk/")
    assert titles(page) == ["Late", "Nearly due", "Street flooding at Willow Lane"]
    assert "1 overdue, 1 due this week. Worst first." in page.content.decode()
    assert "5 days late" in page.content.decode()


def test_each_line_names_the_rule_that_binds(walk: Walk, sits: Sits) -> None:
    walk.handling()
    (item,) = sits(walk.cast.wen).get("/desk/").context["work"].items
    assert (item.basis, item.term) == ("X22 art. 34", "60 calendar days")
    assert (item.stage, item.link) == ("Being handled", "Write the answer")


def test_a_local_setting_is_not_shown_as_law(walk: Walk, sits: Sits) -> None:
    walk.answered()
    (item,) = sits(walk.cast.wen).get("/desk/").context["work"].items
    assert item.basis == "set locally under X22 art. 32"


@pytest.mark.parametrize(
    ("stage", "who", "link"),
    [
        ("registered", "water_clerk", "Accept or send back"),
        ("handling", "wen", "Write the answer"),
        ("approving", "water_head", "Check and approve"),
        ("answered", "wen", "Record the delivery"),
        ("registered", "registrar", "Open"),
        ("approving", "wen", "Open"),
    ],
)
def test_a_matter_waits_for_whose_turn_it_is_and_for_who_answers(
    walk: Walk, sits: Sits, stage: str, who: str, link: str
) -> None:
    getattr(walk, stage)()
    assert links(sits(getattr(walk.cast, who)).get("/desk/")) == [link]


@pytest.mark.parametrize("who", ["housing_clerk", "auditor", "qiao", "governor"])
def test_it_waits_for_nobody_else(walk: Walk, sits: Sits, who: str) -> None:
    walk.handling()
    page = sits(getattr(walk.cast, who)).get("/desk/")
    assert "Nothing waits for you" in page.content.decode()


def test_what_was_delivered_waits_for_nobody(walk: Walk, sits: Sits) -> None:
    walk.served()
    assert titles(sits(walk.cast.wen).get("/desk/")) == []


def test_a_withdrawal_to_be_asked_about_waits_for_the_registrar(walk: Walk, sits: Sits) -> None:
    walk.handling().step("ask_withdrawal", walk.petitioner)
    desk = sits(walk.cast.registrar)
    assert titles(desk.get("/desk/")) == []
    walk.at += timedelta(days=9)
    (item,) = desk.get("/desk/").context["work"].items
    assert (item.link, item.note) == ("Ask once more", "asked to withdraw; ask them once more")


@pytest.mark.parametrize("many", [5, 50])
def test_the_queries_do_not_grow_with_the_work(
    begin: Begin, sits: Sits, walk: Walk, many: int, django_assert_num_queries: Any
) -> None:
    for n in range(many - 1):
        begin(title=f"Matter {n}")
    desk = sits(walk.cast.registrar)
    with django_assert_num_queries(QUERIES):
        page = desk.get("/desk/")
    assert len(titles(page)) == many


QUERIES = 14


def test_whoever_holds_no_post_is_told_so(walk: Walk, sits: Sits) -> None:
    page = sits(walk.cast.newcomer).get("/desk/")
    assert page.status_code == 403
    assert "You hold no post at present" in page.content.decode()


def test_nobody_comes_in_without_signing_in(client: Any, db: None) -> None:
    for path in ("/desk/", "/desk/cases/", "/desk/audit/", "/desk/record/", "/desk/find/"):
        assert client.get(path).headers["location"].startswith("/account/sign-in/")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("registrar", ["My work", "Cases", "Record", "Find"]),
        ("wen", ["My work", "Cases"]),
        ("auditor", ["My work", "Cases", "Audit"]),
        ("newcomer", []),
    ],
)
def test_the_menu_shows_what_a_post_may_do(
    walk: Walk, sits: Sits, who: str, sees: list[str]
) -> None:
    page = sits(getattr(walk.cast, who)).get("/desk/")
    ours = {"My work", "Cases", "Record", "Find", "Audit"}
    shown = [str(link.label) for link in page.context["menu"]["desk"]]
    assert [label for label in shown if label in ours] == sees


def test_in_chinese_the_page_is_chinese(walk: Walk, sits: Sits) -> None:
    account = Account.objects.filter(person=walk.cast.wen)
    assert not account.exists()
    page = sits(walk.cast.wen, language="zh-hans").get("/desk/")
    assert 'lang="zh-Hans"' in page.content.decode()
