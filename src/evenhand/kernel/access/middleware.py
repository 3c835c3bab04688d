"""One transaction per request, in which the database knows who acts."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from evenhand.base.clock import now

from .actor import PUBLIC, acting
from .models import Denial

#: The session's key for whoever has opened one matter with its receipt.
RECEIPT_HOLDER = "receipt_holder"
#: The session's key for a visitor who keeps drafts.
VISITOR = "visitor"


class ActingMiddleware:
    """Runs every view, and the rendering of its response, as the actor of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse:
        actor = actor_of(request)
        try:
            with transaction.atomic(), acting(actor, now()):
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and callable(response.render):
                    response = response.render()
                return response
        except PermissionDenied:
            # The request's own transaction is rolled back by now: the denial stays.
            Denial.objects.create(actor_id=actor, path=request.path[:300])
            raise


def actor_of(request: HttpRequest) -> uuid.UUID:
    """Who acts in ``request``: a person of the staff, a receipt's holder, a visitor, nobody.

    A receipt counts on the pages of the matter only; elsewhere staff stay staff.
    """
    account = request.user
    if account.is_authenticated:
        person: uuid.UUID = account.person_id  # type: ignore[union-attr]
        return person
    for key in (RECEIPT_HOLDER, VISITOR):
        if found := request.session.get(key):
            return uuid.UUID(found)
    return PUBLIC
