"""Whatever is sent, the answer has one shape, says what to do, and nothing is half done."""

from typing import Any

import pytest
from django.test import Client

from evenhand.base.clock import now
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.cases.models import Case
from evenhand.mechanisms.petitions.tests.sending import BRING, FOLLOW, PETITION, send

pytestmark = pytest.mark.usefixtures("cast")
DEEP = "[" * 100_000
UNREADABLE: dict[str, tuple[Any, int, str]] = {
    "malformed UTF-8": (b'{"title": "\xff"}', 400, "not_utf8"),
    "no JSON": ("{", 400, "not_json"),
    "too deep": (DEEP, 400, "not_json"),
    "too deep in objects": ('{"a":' * 50_000, 400, "not_json"),
    "no number": ('{"title": NaN}', 400, "not_json"),
    "endless number": ('{"title": ' + "9" * 5000 + "}", 400, "not_json"),
    "lone surrogate": (
        r'{"title": "\ud800", "body": "b", "language": "en"}',
        400,
        "half_character",
    ),
    "lone surrogate in a name": (r'{"\udfff": 1}', 400, "half_character"),
    "nothing": ("", 422, "invalid"),
    "null": ("null", 422, "invalid"),
    "an array": ([PETITION], 422, "invalid"),
    "a text": ('"petition"', 422, "invalid"),
    "a number": (5, 422, "invalid"),
    "too large": ('"' + "x" * 600_000 + '"', 413, "too_large"),
    "far too large": ('"' + "x" * 2_000_000 + '"', 413, "too_large"),
}
WRONG_FIELDS: dict[str, tuple[dict[str, Any], str, str]] = {
    "number as text": ({"title": 5}, "title", "Write this as a text"),
    "array as text": ({"body": ["b"]}, "body", "Write this as a text"),
    "too long title": ({"title": "x" * 121}, "title", "Keep this to 120 characters."),
    "too long body": ({"body": "x" * 20_001}, "body", "Keep this to 20000 characters."),
    "blank title": ({"title": " \n"}, "title", "Say in a few words what it is about."),
    "blank body": ({"body": " "}, "body", "Describe the matter"),
    "NUL": ({"title": "a\0b"}, "title", "Leave out control characters"),
    "control character": ({"body": "a\x1bb"}, "body", "Leave out control characters"),
    "language": ({"language": "fr"}, "language", "'en', 'zh-hans'"),
    "kind": ({"kind": "complaint"}, "kind", "'claim', 'suggestion', 'report'"),
    "unknown field": ({"titel": "x"}, "titel", "There is no such field."),
    "contact as text": ({"contact": "me"}, "contact", "Send one JSON object here"),
    "no address": ({"contact": {"email": "me"}}, "contact.email", "name@example.org"),
    "in contact": ({"contact": {"fax": "1"}}, "contact.fax", "There is no such field."),
}


@pytest.mark.parametrize(("body", "status", "code"), UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("path", [BRING, FOLLOW])
def test_what_cannot_be_read_is_refused(path: str, body: Any, status: int, code: str) -> None:
    answer = send(path, body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["message"]
    assert _cases() == 0


@pytest.mark.parametrize(("change", "field", "says"), WRONG_FIELDS.values(), ids=WRONG_FIELDS)
def test_a_wrong_field_is_named_with_what_to_do(
    change: dict[str, Any], field: str, says: str
) -> None:
    answer = send(BRING, PETITION | change)
    assert answer.status_code == 422
    assert says in answer.json()["error"]["fields"][field]
    assert _cases() == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_anything_but_json_is_refused(kind: str) -> None:
    assert send(BRING, "title=x", content_type=kind).status_code == 415


def test_other_methods_are_refused_with_those_that_are_served() -> None:
    answer = Client().get(BRING)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert answer.json()["error"]["code"] == "wrong_method"


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/petitions/", "/api/v1/nothing"])
def test_an_unknown_address_is_told_in_the_same_shape(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "unknown_address"


def test_an_error_is_told_in_the_readers_language() -> None:
    answer = send(BRING, PETITION | {"title": ""}, accept_language="zh-CN")
    assert answer["Content-Language"] == "zh-hans"


def _cases() -> int:
    with acting(CLOCK, now()):
        return Case.objects.count()
