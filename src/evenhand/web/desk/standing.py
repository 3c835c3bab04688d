"""Who stands behind a request: posts and powers, asked once; and the door of every desk page."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from evenhand.base.clock import now
from evenhand.kernel.organisation.models import Post
from evenhand.kernel.organisation.powers import AUDIT
from evenhand.kernel.organisation.queries import posts_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Standing:
    """The posts that a person holds today."""

    person: uuid.UUID
    posts: tuple[Post, ...]

    def may(self, power: str) -> bool:
        """Whether one of the posts carries the power, in whatever unit."""
        return any(power in post.powers for post in self.posts)

    @property
    def only_audits(self) -> bool:
        return {power for post in self.posts for power in post.powers} == {AUDIT}


def standing_of(request: HttpRequest) -> Standing | None:
    """None for whoever is not signed in; one query per request."""
    if not request.user.is_authenticated:
        return None
    known = getattr(request, "_desk_standing", None)
    if known is None:
        person = request.user.person_id
        known = Standing(person, tuple(posts_of(person, now())))
        request._desk_standing = known  # type: ignore[attr-defined]
    return known


def may(power: str) -> Callable[[HttpRequest], bool]:
    """For a menu item: shown to holders of the power."""

    def visible(request: HttpRequest) -> bool:
        standing = standing_of(request)
        return standing is not None and standing.may(power)

    return visible


def in_office(request: HttpRequest) -> bool:
    """For a menu item: shown to whoever holds a post."""
    standing = standing_of(request)
    return standing is not None and bool(standing.posts)


def desk_page(view: View) -> View:
    """For staff who are signed in and hold a post; whoever holds none is told so."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        standing = standing_of(request)
        if standing is None or not standing.posts:
            return render(request, "desk/no_post.html", status=HTTPStatus.FORBIDDEN)
        return view(request, *args, **kwargs)

    return guarded


def only_for(power: str) -> Callable[[View], View]:
    """As :func:`desk_page`, for the holders of one power."""

    def decorate(view: View) -> View:
        @desk_page
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(power)(request):
                raise PermissionDenied(
                    _("Your post does not carry the power that this page needs.")
                )
            return view(request, *args, **kwargs)

        return guarded

    return decorate
