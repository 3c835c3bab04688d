"""Sends requests to the API as another system does: without cookies, in English."""

import json
from typing import Any

from django.test import Client

BRING, FOLLOW = "/api/v1/petitions", "/api/v1/matters/follow"
PETITION = {"title": "Flooding", "body": "Please mend the drain.", "language": "en"}


def send(
    path: str,
    body: Any,
    *,
    content_type: str = "application/json",
    client: Client | None = None,
    **headers: str,
) -> Any:
    """A body that is no text is sent as JSON; ``accept_language`` is a header."""
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {"accept-language": "en"} | named
    return (client or Client()).post(path, content, content_type=content_type, headers=sent)
