"""What stands before the views: sessions end after their time, attempts are counted.

Attempts are counted before the request's transaction begins, in one of their own. So they stay
counted whatever becomes of the request, and no row is held while a password is checked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from evenhand.base.clock import now

from . import attempts, throttle
from .throttle import Bucket

#: The session's key for the moment of the sign-in.
SIGNED_IN_AT = "signed_in_at"


def _password(request: HttpRequest) -> Sequence[Bucket]:
    typed = request.POST.get("login", "")
    return attempts.buckets(attempts.PASSWORD, "password", request, typed)


def _link(request: HttpRequest) -> Sequence[Bucket]:
    typed = request.POST.get("email", "")
    return attempts.buckets(attempts.LINK, "link", request, typed)


def _again(request: HttpRequest) -> Sequence[Bucket]:
    return [throttle.bucket(attempts.AGAIN, "again", str(request.user.pk))]


def _too_many(request: HttpRequest, wait: timedelta) -> HttpResponse:
    """The same page for every address that was typed, with an account or without."""
    context = {
        "wait": attempts.wait_in_words(wait),
        "signing_in": _page(request) == "account_login",
    }
    return render(request, "account/too_many.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)


@dataclass(frozen=True)
class Counting:
    """What a POST to one page counts towards, and the answer to one too many."""

    buckets: Callable[[HttpRequest], Sequence[Bucket]]
    refuse: Callable[[HttpRequest, timedelta], HttpResponse] = _too_many


#: By the name of the page to which a form is sent. Codes count themselves (:mod:`.forms`).
_counted = {
    "account_login": Counting(_password),
    "account_reset_password": Counting(_link),
    "account_reauthenticate": Counting(_again),
    "account_change_password": Counting(_again),
}


def count(page: str, counting: Counting) -> None:
    """Have what is sent to the page of this url name counted as well.

    Raises ``ValueError`` when the name is taken by another.
    """
    if _counted.setdefault(page, counting) is not counting:
        raise ValueError(f"what is sent to {page!r} is counted already")


#: Where a redirect says that the attempt succeeded.
_GIVEN_BACK = {"account_login"}


class GateMiddleware:
    """Stands after django-allauth's middleware and before the one that opens a transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _end_old_session(request)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.FOUND and _page(request) in _GIVEN_BACK:
            throttle.give_back(getattr(request, "counted", []), now())
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)  # nothing to go back to after signing out
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        del view, args, kwargs  # the page's name decides
        counting = _counted.get(_page(request))
        if request.method != "POST" or counting is None:
            return None
        at = now()
        counted = counting.buckets(request)
        throttle.forget_empty(at)
        wait = throttle.admit(counted, at)
        if wait is not None:
            response = counting.refuse(request, wait)
            response["Retry-After"] = str(int(wait.total_seconds()) + 1)
            return response
        request.counted = counted  # type: ignore[attr-defined]
        return None


def _page(request: HttpRequest) -> str:
    return getattr(request.resolver_match, "url_name", None) or ""


def _end_old_session(request: HttpRequest) -> None:
    """However busy a session was: some hours after the sign-in it ends."""
    signed_in_at = request.session.get(SIGNED_IN_AT)
    if signed_in_at is None:
        return
    age = now() - datetime.fromisoformat(signed_in_at)
    if age >= timedelta(seconds=settings.SESSION_COOKIE_AGE):
        logout(request)
