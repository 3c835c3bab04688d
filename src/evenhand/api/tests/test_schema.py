"""The API does what its schema says, whatever is made up by schemathesis; and never a 5xx."""

import itertools
import json

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from evenhand.config.wsgi import application
from evenhand.kernel.organisation.tests.cast import Cast

CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.negative_data_rejection,
]


@pytest.fixture
def web_api(cast: Cast) -> schemathesis.Schema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


schema = schemathesis.pytest.from_fixture("web_api")
#: Each request comes from an address of its own: the count of them is tested elsewhere.
_addresses = itertools.count(1)


@schema.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_keeps_to_its_schema(case: schemathesis.Case) -> None:
    number = next(_addresses)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    case.call_and_validate(checks=CHECKS, environ_base={"REMOTE_ADDR": address})


def test_the_schema_lists_both_operations(cast: Cast) -> None:
    described = json.loads(Client().get("/api/v1/openapi.json").content)
    assert list(described["paths"]) == ["/api/v1/petitions", "/api/v1/matters/follow"]
