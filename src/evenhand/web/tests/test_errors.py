"""The pages for what went wrong."""

from http import HTTPStatus

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from evenhand.web import views

pytestmark = [pytest.mark.urls("evenhand.web.tests.urls"), pytest.mark.usefixtures("empty_menu")]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/garble/", HTTPStatus.BAD_REQUEST, "Nothing was kept and nothing was changed."),
        ("/refuse/", HTTPStatus.FORBIDDEN, "Somebody else has this matter; ask the registrar."),
        ("/nowhere/", HTTPStatus.NOT_FOUND, "If you typed the address, check it."),
        ("/fail/", HTTPStatus.INTERNAL_SERVER_ERROR, "Something is wrong on our side"),
    ],
)
def test_each_fault_has_a_page_that_says_what_to_do(
    visitor: Client, path: str, status: HTTPStatus, words: str
) -> None:
    answer = visitor.get(path)
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_our_own_fault_is_told_without_the_database() -> None:
    with translation.override("zh-hans"):
        page = views.server_error(RequestFactory().get("/")).content.decode()
    assert '<html class="govuk-template" lang="zh-Hans">' in page


def test_our_own_fault_is_told_even_without_the_style_sheet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(path: str) -> str:
        raise ValueError(f"no manifest entry for {path}")

    monkeypatch.setattr(views, "static", missing)
    page = views.server_error(RequestFactory().get("/")).content.decode()
    assert "stylesheet" not in page


def test_an_expired_form_shows_what_was_typed_and_the_way_back(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/bring/?step=2", {"body": "<b>Water</b>\nin the lane", "title": " "})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert '<pre class="ev-typed">&lt;b&gt;Water&lt;/b&gt;\nin the lane</pre>' in page
    assert 'href="/bring/?step=2"' in page
    assert page.count("<pre") == 1


@pytest.mark.parametrize("name", ["password1", "receipt_words", "code", "csrfmiddlewaretoken"])
def test_an_expired_form_keeps_secrets_to_itself(db: None, name: str) -> None:
    page = Client(enforce_csrf_checks=True).post("/bring/", {name: "hush"}).content.decode()
    assert "hush" not in page
