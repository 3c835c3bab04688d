"""Sends requests to the API as another system does: without cookies, in English."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from evenhand.kernel.organisation.tests.cast import Cast

BRING, FOLLOW = "/api/v1/petitions", "/api/v1/matters/follow"
PETITION = {"title": "Flooding", "body": "Please mend the drain.", "language": "en"}

Send = Callable[..., HttpResponse]


@pytest.fixture
def send(cast: Cast) -> Send:
    """``send(path, body)``; a body that is no text is sent as JSON."""

    def send(path: str, body: Any, *, content_type: str = "application/json", **headers: str) -> Any:
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        sent = {"accept-language": "en"} | headers
        return Client().post(path, content, content_type=content_type, headers=sent)

    return send
