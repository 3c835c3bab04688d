"""As whom a request acts, and what is left of one that was refused."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting
from evenhand.kernel.access.involvement import involve
from evenhand.kernel.access.middleware import (
    RECEIPT_HOLDER,
    VISITOR,
    ActingMiddleware,
    actor_of,
    receipt_first,
)
from evenhand.kernel.access.models import Denial, Involvement, Relation
from evenhand.kernel.organisation.tests.cast import Cast

from .rows import AT

STAFF, HOLDER, GUEST = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)


def whom(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('evenhand.actor')")
        return HttpResponse(cursor.fetchall()[0][0])


@receipt_first
def follow(request: HttpRequest) -> HttpResponse:
    return whom(request)


def a_request(
    view: Any = whom, staff: uuid.UUID | None = None, **session: uuid.UUID
) -> HttpRequest:
    request = RequestFactory().get("/somewhere/")
    request.user = AnonymousUser()
    if staff:
        request.user = SimpleNamespace(is_authenticated=True, person_id=staff)  # type: ignore[assignment]
    request.session = {key: str(value) for key, value in session.items()}  # type: ignore[assignment]
    request.resolver_match = SimpleNamespace(func=view)  # type: ignore[assignment]
    return request


EVERYTHING = {RECEIPT_HOLDER: HOLDER, VISITOR: GUEST}


@pytest.mark.parametrize(
    ("view", "staff", "session", "actor"),
    [
        (whom, None, {}, PUBLIC),
        (whom, None, {VISITOR: GUEST}, GUEST),
        (whom, None, EVERYTHING, HOLDER),
        (whom, STAFF, EVERYTHING, STAFF),
        (follow, STAFF, EVERYTHING, HOLDER),
        (follow, STAFF, {VISITOR: GUEST}, STAFF),
        (follow, None, {}, PUBLIC),
        (whom, None, {RECEIPT_HOLDER: CLOCK, VISITOR: CLOCK}, PUBLIC),
    ],
)
def test_a_request_acts_as(
    view: Any, staff: uuid.UUID | None, session: dict[str, uuid.UUID], actor: uuid.UUID
) -> None:
    assert actor_of(a_request(view, staff, **session)) == actor


@pytest.mark.django_db
def test_the_view_runs_as_that_actor_and_nothing_is_left() -> None:
    middleware = ActingMiddleware(whom)
    answer = middleware.process_view(a_request(follow, **EVERYTHING), follow, (), {})
    assert answer.content.decode() == str(HOLDER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('evenhand.actor', true)")
        assert cursor.fetchall() == [("",)]


@pytest.mark.django_db
def test_a_refused_request_leaves_its_denial_and_nothing_else(cast: Cast) -> None:
    def refuse(request: HttpRequest) -> HttpResponse:
        involve(matter=uuid.uuid4(), relation=Relation.HANDLER, person=cast.wen.id, at=AT)
        raise PermissionDenied

    with pytest.raises(PermissionDenied):
        ActingMiddleware(refuse).process_view(a_request(staff=cast.wen.id), refuse, (), {})
    with acting(CLOCK, AT):
        assert not Involvement.objects.exists()
        assert Denial.objects.get().actor_id == cast.wen.id


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "kept"), [(200, 1), (422, 1), (500, 0), (503, 0)])
def test_an_answer_that_owns_to_a_failure_has_changed_nothing(
    cast: Cast, status: int, kept: int
) -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        involve(matter=uuid.uuid4(), relation=Relation.HANDLER, person=cast.wen.id, at=AT)
        return HttpResponse(status=status)

    ActingMiddleware(fail).process_view(a_request(staff=cast.wen.id), fail, (), {})
    with acting(CLOCK, AT):
        assert Involvement.objects.count() == kept


@pytest.mark.django_db
def test_a_path_that_cannot_be_kept_is_cleaned(cast: Cast) -> None:
    def refuse(request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    request = a_request()
    request.path = "/a\x00b" + "c" * 400
    with pytest.raises(PermissionDenied):
        ActingMiddleware(refuse).process_view(request, refuse, (), {})
    with acting(CLOCK, AT):
        assert Denial.objects.get().path.startswith("/abccc")


@pytest.mark.django_db
def test_denials_are_not_shown_to_whom_they_could_betray_a_matter(cast: Cast) -> None:
    Denial.objects.create(actor_id=cast.wen.id, path="/desk/matters/NZ-1/", at=AT)
    with acting(cast.wen.id, AT):
        assert not Denial.objects.exists()
