"""The standing cast is cheap, so that every test can afford it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.kernel.organisation.models import Tenure
from evenhand.kernel.organisation.tests.cast import CHANGED, Cast, make_cast


@pytest.mark.django_db
def test_the_cast_costs_fewer_than_fifteen_queries() -> None:
    with CaptureQueriesContext(connection) as queries:
        make_cast()
    assert len(queries) < 15


def test_one_post_is_vacant_and_one_term_has_ended(cast: Cast) -> None:
    assert not cast.posts["riverside_head"].tenures.exists()
    assert Tenure.objects.get(person=cast.former_head).during.upper == CHANGED
