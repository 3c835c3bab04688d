"""Changing the language, with and without something half typed on the page."""

import re

import pytest
from django.conf import settings
from django.test import Client

pytestmark = [pytest.mark.urls("evenhand.web.tests.urls"), pytest.mark.usefixtures("empty_menu")]

HALF_TYPED = {"title": "Flooding", "body": "x" * 80, "when_day": "7"}
WHOLE = {"title": "Flooding", "body": "x", "when_day": "1", "when_month": "5", "when_year": "2026"}


def language_of(page: str) -> str:
    found = re.search(r'<html class="govuk-template" lang="([^"]+)">', page)
    return found[1] if found else ""


def test_the_page_names_its_language(visitor: Client) -> None:
    english = visitor.get("/bring/").content.decode()
    chinese = visitor.get("/bring/", headers={"accept-language": "zh-hans"}).content.decode()
    assert [language_of(english), language_of(chinese)] == ["en", "zh-Hans"]


def test_the_other_language_is_offered_in_its_own_words(visitor: Client) -> None:
    english = visitor.get("/bring/").content.decode()
    chinese = visitor.get("/bring/", headers={"accept-language": "zh-hans"}).content.decode()
    assert re.search(r'lang="zh-Hans">简体中文</button>', english)
    assert re.search(r'lang="en">English</button>', chinese)


def test_the_switch_returns_to_the_same_address(visitor: Client) -> None:
    page = visitor.get("/nowhere/?page=3&q=a").content.decode()
    assert '<input type="hidden" name="next" value="/nowhere/?page=3&amp;q=a">' in page
    answer = visitor.post("/i18n/setlang/", {"language": "zh-hans", "next": "/nowhere/?page=3"})
    assert answer.headers["location"] == "/nowhere/?page=3"
    assert language_of(visitor.get("/bring/").content.decode()) == "zh-Hans"


def test_a_half_filled_form_offers_a_switch_that_takes_it_along(visitor: Client) -> None:
    page = visitor.get("/bring/?step=2").content.decode()
    button = re.search(r"<button [^>]*switch_language[^>]*>", page)
    assert button
    assert 'form="main-form"' in button[0]
    assert 'formaction="/bring/?step=2"' in button[0]


def test_what_was_half_typed_is_shown_again_and_not_judged(visitor: Client) -> None:
    answer = visitor.post("/bring/", {**HALF_TYPED, "switch_language": "zh-hans"})
    page = answer.content.decode()
    assert language_of(page) == "zh-Hans"
    assert 'value="Flooding"' in page
    assert HALF_TYPED["body"] in page
    assert "govuk-error-message" not in page
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"


def test_switching_does_not_send_a_form_that_is_complete(visitor: Client) -> None:
    assert visitor.post("/bring/", WHOLE).status_code == 302
    assert visitor.post("/bring/", {**WHOLE, "switch_language": "en"}).status_code == 200


def test_a_language_that_we_do_not_speak_is_not_a_switch(visitor: Client) -> None:
    assert visitor.post("/bring/", {**WHOLE, "switch_language": "xx"}).status_code == 302
