"""No page lets anything in from elsewhere; no personal page stays in a cache."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse_lazy

from evenhand.config.headers import CONTENT, HeadersMiddleware


def answer(response: HttpResponse, *, looks_at_session: bool = False) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        request.session = SessionStore()
        if looks_at_session:
            request.session.accessed = True
        return response

    return HeadersMiddleware(view)(RequestFactory().get("/"))


def test_a_personal_page_stays_in_no_cache() -> None:
    assert answer(HttpResponse(), looks_at_session=True)["Cache-Control"] == "private, no-store"


def test_a_page_for_everybody_may_be_kept() -> None:
    assert "Cache-Control" not in answer(HttpResponse())


def test_what_a_view_sets_itself_stands() -> None:
    own = {"Content-Security-Policy": "sandbox", "Cache-Control": "max-age=60"}
    found = answer(HttpResponse(headers=own), looks_at_session=True)
    assert {name: found[name] for name in own} == own


@pytest.mark.django_db
@pytest.mark.parametrize("path", [reverse_lazy("account_login"), "/no-such-page/"])
def test_every_page_refuses_what_is_from_elsewhere(path: str) -> None:
    page = Client().get(str(path))
    assert page["Content-Security-Policy"] == CONTENT
    assert page["X-Frame-Options"] == "DENY"
    assert "unsafe" not in CONTENT
