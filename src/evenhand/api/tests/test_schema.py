"""The API does what its schema says, whatever is made up by schemathesis; and never a 5xx.

Without schemathesis' own plugin, which does not run under pytest 9.
"""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks

from evenhand.config.wsgi import application
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions.tests.sending import BRING, FOLLOW

EXAMPLES = 60
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


@pytest.fixture
def _one_transaction() -> Iterator[None]:
    """As Django's own test client: a request's end does not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def schema(cast: Cast, _one_transaction: None) -> BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


#: Each request comes from an address of its own: how many one may send is tested elsewhere.
_addresses = (f"10.0.{n >> 8 & 255}.{n & 255}" for n in itertools.count())


@pytest.mark.slow
@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", [BRING, FOLLOW])
def test_it_keeps_to_its_schema(schema: BaseSchema, path: str, mode: GenerationMode) -> None:
    made_up = schema[path]["POST"].as_strategy(generation_mode=mode)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=made_up)
    def send(case: Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS, environ_base={"REMOTE_ADDR": next(_addresses)})

    send()


def test_the_schema_lists_both_operations(cast: Cast) -> None:
    described = json.loads(Client().get("/api/v1/openapi.json").content)
    assert list(described["paths"]) == [BRING, FOLLOW]
