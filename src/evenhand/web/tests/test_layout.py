"""What the frame of every page holds."""

import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("evenhand.web.tests.urls"), pytest.mark.usefixtures("empty_menu")]


@pytest.fixture
def page(visitor: Client) -> str:
    return visitor.get("/bring/").content.decode()


def test_the_title_is_also_the_heading(page: str) -> None:
    assert '<h1 class="govuk-heading-xl">Bring a matter</h1>' in page
    assert "<title>Bring a matter – " in page


def test_a_page_with_errors_says_so_in_its_title(visitor: Client) -> None:
    page = visitor.post("/bring/", {}).content.decode()
    assert "<title>Error: Bring" in page
    assert page.index("govuk-error-summary") < page.index("<h1")


def test_the_body_stands_under_the_bar(page: str, settings: object) -> None:
    name = settings.EVENHAND_BODY_NAME["en"]  # type: ignore[attr-defined]
    assert page.index("ev-bar") < page.index(f"<span>{name}</span>") < page.index("<main")


def test_the_skip_link_leads_to_the_main_part(page: str) -> None:
    assert re.search(r'<body[^>]*>\s*<a href="#main"', page)
    assert '<main id="main"' in page


def test_an_unused_aside_and_lead_are_empty_so_that_they_take_no_room(page: str) -> None:
    assert '<div class="ev-page__aside"></div>' in page
    assert '<div class="ev-lead"></div>' in page


def test_no_id_stands_twice(page: str) -> None:
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
