"""The root of the HTTP API: every mechanism's router, and one shape for all that goes wrong.

Nobody is signed in here: no cookie gives a request anything, so none has to be guarded
against forgery. A router is whatever ``api.py`` of an installed mechanism calls ``router``.
"""

from collections.abc import Iterator
from http import HTTPStatus
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError

from evenhand.web.api import Refusal, refused

from . import reading

_MECHANISMS = "evenhand.mechanisms."


class Api(NinjaAPI):
    """Answers hold receipts and matters: nothing in between may keep them."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, data, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


def make() -> Api:
    """The API with the routers of all installed mechanisms."""
    made = Api(
        title="Evenhand",
        version="1",
        description="Bring a matter from another system, and follow it with its receipt.",
        urls_namespace="api",
        docs_url=None,
        parser=reading.Parser(),
        renderer=reading.Renderer(),
    )
    for router in _routers():
        made.add_router("", router)
    made.add_exception_handler(Refusal, _on_refusal)
    made.add_exception_handler(ValidationError, _on_wrong_fields)
    made.add_exception_handler(HttpError, _on_unreadable)
    made.add_exception_handler(RequestDataTooBig, _on_too_large)
    made.add_exception_handler(UnreadablePostError, _on_broken_off)
    return made


def _routers() -> Iterator[Router]:
    for config in apps.get_app_configs():
        if config.name.startswith(_MECHANISMS) and module_has_submodule(config.module, "api"):
            yield import_module(f"{config.name}.api").router


def _on_refusal(_request: HttpRequest, refusal: Any) -> HttpResponse:
    return refused(refusal)


def _on_wrong_fields(_request: HttpRequest, error: Any) -> HttpResponse:
    return refused(reading.wrong_fields(error.errors))


def _on_unreadable(_request: HttpRequest, error: Any) -> HttpResponse:
    """The framework wraps what its parser raises; ours says more."""
    cause = error.__cause__
    if isinstance(cause, Refusal):
        return refused(cause)
    return refused(Refusal(HTTPStatus(error.status_code), "not_served", error.message))


def _on_too_large(_request: HttpRequest, _error: Any) -> HttpResponse:
    return refused(reading.too_large())


def _on_broken_off(_request: HttpRequest, _error: Any) -> HttpResponse:
    message = _("The request broke off. Send it again.")
    return refused(Refusal(HTTPStatus.BAD_REQUEST, "broken_off", message))
