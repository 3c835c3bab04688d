"""What the HTTP API of every mechanism shares: one shape of errors, plain text, one count.

The root (:mod:`evenhand.api`) turns a :class:`Refusal`, and whatever else a request may do
wrong, into that shape.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Annotated

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from ninja import Schema
from pydantic import Field, StringConstraints

from evenhand.kernel.access import attempts, gate
from evenhand.kernel.access.throttle import Bucket, Limit, bucket

Text = str | Promise

#: No control characters but tabs and line ends; a pattern that Rust, Python and JavaScript
#: read alike.
PLAIN = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$"
PlainText = Annotated[str, StringConstraints(pattern=PLAIN)]

_NOT_SIMPLE = re.compile(r"[^\w.\- ]")


@dataclass
class Refusal(Exception):
    """A request that is not served. ``code`` is for programs; ``message`` and ``fields`` (by
    the field's dotted path) tell people what to do, in the reader's language."""

    status: HTTPStatus
    code: str
    message: Text
    fields: Mapping[str, Text] = field(default_factory=dict)


class ErrorDetail(Schema):
    """What is wrong: a code for programs, sentences for people."""

    code: str
    message: str = Field(description="What to do, in the language of Accept-Language.")
    fields: dict[str, str] = Field(description="By the field's dotted path, such as contact.email.")


class ErrorOut(Schema):
    """The one shape of everything that is not served."""

    error: ErrorDetail


#: What any operation that takes a JSON body may answer.
REFUSED: dict[int, type[Schema]] = dict.fromkeys((400, 413, 415, 422, 429), ErrorOut)


def refused(refusal: Refusal) -> HttpResponse:
    """The refusal as an answer."""
    detail = {
        "code": refusal.code,
        "message": str(refusal.message),
        "fields": {shown(path): str(text) for path, text in refusal.fields.items()},
    }
    response = JsonResponse(
        {"error": detail}, status=refusal.status, json_dumps_params={"ensure_ascii": False}
    )
    response["Cache-Control"] = "no-store"
    return response


def shown(path: str) -> str:
    """A path as it is told back: what a sender made up is cut short and made harmless."""
    return _NOT_SIMPLE.sub("?", path)[:120]


def limit(url_name: str, limit: Limit) -> None:
    """Count what is sent to the operation of this url name, by network address."""
    gate.count(url_name, gate.Counting(partial(_buckets, url_name, limit), _too_many))


def _buckets(url_name: str, limit: Limit, request: HttpRequest) -> list[Bucket]:
    return [bucket(limit, url_name, attempts.network_address(request))]


def _too_many(_request: HttpRequest, wait: timedelta) -> HttpResponse:
    message = attempts.wait_in_words(wait)
    return refused(Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too_many", message))
