"""One transaction per request, in which the database knows who acts."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from allauth.account.middleware import AccountMiddleware
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from evenhand.base.clock import now
from evenhand.base.text import clean

from .actor import PUBLIC, acting, is_system
from .models import Denial

#: The session's key for whoever has opened one matter with its receipt.
RECEIPT_HOLDER = "receipt_holder"
#: The session's key for a visitor who keeps drafts.
VISITOR = "visitor"

View = TypeVar("View", bound=Callable[..., Any])


class ActingMiddleware:
    """Runs every view, and the rendering of its response, as the actor of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Django asks no middleware what to make of an exception that process_view raises, and
        # the accounts' own interrupts a view by one: to ask for the password again.
        accounts: Any = AccountMiddleware
        self.interrupted = accounts(get_response).process_exception

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse:
        actor = actor_of(request)
        try:
            with acting(actor, now()):
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and callable(response.render):
                    response = response.render()
                if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    # The API makes an answer of an exception: it must undo as one would.
                    transaction.set_rollback(True)
                return response
        except PermissionDenied:
            # The request's own transaction is rolled back by now: the denial stays.
            Denial.objects.create(actor_id=actor, path=clean(request.path)[:300], at=now())
            raise
        except Exception as exception:
            answer: HttpResponse | None = self.interrupted(request, exception)
            if answer is None:
                raise
            return answer


def receipt_first(view: View) -> View:
    """Mark a view of the matter's own pages: there whoever holds the receipt acts as its
    holder, even when signed in as staff. (``method_decorator(receipt_first, name="dispatch")``
    for a class.)"""
    view.receipt_first = True  # type: ignore[attr-defined]
    return view


def actor_of(request: HttpRequest) -> uuid.UUID:
    """Who acts in ``request``: a person of the staff, a receipt's holder, a visitor, nobody.

    Staff stay staff, except on the pages that are marked with :func:`receipt_first`.
    """
    account = request.user
    if account.is_authenticated and not (_receipt_first(request) and _holder(request)):
        return account.person_id
    return _holder(request) or _from_session(request, VISITOR) or PUBLIC


def _receipt_first(request: HttpRequest) -> bool:
    view = request.resolver_match.func if request.resolver_match else None
    return getattr(view, "receipt_first", False)


def _holder(request: HttpRequest) -> uuid.UUID | None:
    return _from_session(request, RECEIPT_HOLDER)


def _from_session(request: HttpRequest, key: str) -> uuid.UUID | None:
    """Never a system actor, whatever stands in the session."""
    found = request.session.get(key)
    actor = uuid.UUID(found) if found else None
    return None if actor is None or is_system(actor) else actor
