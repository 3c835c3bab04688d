"""The API's addresses, below ``/api/v1/``; what lies beside them is refused in its shape too."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from evenhand.web.api import Refusal, refused

from .root import make

View = Callable[..., HttpResponse]


def _shaped(view: View) -> View:
    """The view, with the framework's own refusals in the one shape."""

    @csrf_exempt
    @wraps(view)
    def shaped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return _unknown(request)
        if isinstance(response, HttpResponseNotAllowed):
            return _wrong_method(response["Allow"])
        return response

    return shaped


def _unknown(_request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    message = _("There is nothing at this address. /api/v1/openapi.json lists what there is.")
    return refused(Refusal(HTTPStatus.NOT_FOUND, "unknown_address", message))


def _wrong_method(allowed: str) -> HttpResponse:
    message = _("This address is asked with %(methods)s.") % {"methods": allowed}
    response = refused(Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "wrong_method", message))
    response["Allow"] = allowed
    return response


def _shape(pattern: URLPattern) -> URLPattern:
    pattern.callback = _shaped(pattern.callback)
    return pattern


app_name = "api"
_patterns, _app, _namespace = make().urls
urlpatterns = [
    *(_shape(pattern) for pattern in _patterns if isinstance(pattern, URLPattern)),
    path("<path:unknown>", _shaped(_unknown)),
]
