"""Every component renders from the context that its authors are told of."""

from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from evenhand.web.components import (
    FileLink,
    FlowStep,
    PageError,
    Row,
    Stat,
    TimelineEntry,
    TimelineState,
)
from evenhand.web.menu import MenuLink

pytestmark = [pytest.mark.urls("evenhand.web.tests.urls"), pytest.mark.usefixtures("empty_menu")]

COMPONENTS = Path(__file__).parents[1] / "templates/components"
LINK = {"url": "/there/", "link": "Go there"}


class Search(forms.Form):
    words = forms.CharField(label="Words", required=False)


def entry(state: TimelineState) -> TimelineEntry:
    return TimelineEntry(state=state, title="Received", when="2 March", note="Signed.", **LINK)


STEP = FlowStep(
    title="Handled",
    who="By the Water Bureau",
    text="Somebody looks.",
    term="60 days",
    otherwise=["You withdraw."],
    basis="art. 22",
    basis_url="/rules/22/",
    article="Article 22.",
    current=True,
)
SAMPLES: dict[str, dict[str, Any]] = {
    "account": {},
    "banner": {"kind": "warning", "title": "Take care", "text": "It may move.", **LINK},
    "bar_links": {"links": [MenuLink("Follow", "/follow/", "page")]},
    "bar_menu": {"links": [MenuLink("Follow", "/follow/", "")]},
    "card": {"title": "Ask", "text": "Within 20 working days.", "url": "/ask/"},
    "character_words": {},
    "due_tag": {"kind": "late", "words": "4 days late"},
    "empty": {"title": "Nothing is due.", "text": "Come back on Monday.", **LINK},
    "error_summary": {"errors": [PageError(text="Somebody was faster.", url="#x")]},
    "field": {"field": Search()["words"], "heading": True},
    "file_list": {"files": [FileLink(name="lane.jpg", size=1_834_233, url="/f/1/", note="photo")]},
    "filter": {"form": Search()},
    "flow": {"steps": [STEP, FlowStep(title="Answered")]},
    "language": {},
    "mark": {},
    "messages": {"messages": []},
    "pagination": {"page": Paginator(range(30), 10).page(2)},
    "promise": {"title": "Next promise: an answer", "text": "60 days.", "kind": "kept", **LINK},
    "receipt": {
        "reference": "NZ-2026-004217",
        "words": ["river", "orchard"],
        "digits": ["4821", "9304"],
        "rows": [Row(key="First received by", value="C. Yu")],
        "body_name": "Nanzhi County",
    },
    "stat_strip": {"stats": [Stat(figure="94%", text="of 1,204 matters answered in time")]},
    "sub_navigation": {"label": "This case", "links": [MenuLink("Timeline", "/t/", "page")]},
    "summary_list": {"rows": [Row(key="Name", value="L. Wen\nWater Bureau", **LINK)]},
    "tag": {"text": "lapsed", "kind": "broken"},
    "timeline": {"entries": [entry(state) for state in TimelineState]},
}


def rendered(name: str, **context: Any) -> str:
    request = RequestFactory().get("/list/?q=water&page=2")
    page = render_to_string(f"components/{name}.html", {**SAMPLES[name], **context}, request)
    return " ".join(page.split())


def test_every_component_has_a_sample() -> None:
    assert {path.stem for path in COMPONENTS.glob("*.html")} == set(SAMPLES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SAMPLES)
def test_every_component_shows_what_it_was_given(name: str) -> None:
    page = rendered(name)
    texts = [value for value in SAMPLES[name].values() if isinstance(value, str)]
    assert all(text in page for text in texts)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["promise", "card", "banner", "empty", "tag"])
def test_a_component_escapes_what_it_was_given(name: str) -> None:
    page = rendered(name, title="<b>bold</b>", text="<b>bold</b>")
    assert "<b>" not in page
    assert "&lt;b&gt;bold" in page


def test_each_state_of_a_timeline_is_told_in_words_too() -> None:
    page = rendered("timeline")
    assert [page.count(words) for words in ("Done:", "Now:", "Still to come:")] == [1, 1, 1]


def test_the_step_where_a_flow_stands_is_marked() -> None:
    assert rendered("flow").count('aria-current="step"') == 1


def test_turning_a_page_keeps_the_filter() -> None:
    page = rendered("pagination")
    assert 'href="?q=water&amp;page=1"' in page
    assert 'href="?q=water&amp;page=3"' in page


def test_a_list_of_one_page_has_no_pages() -> None:
    assert rendered("pagination", page=Paginator(range(3), 10).page(1)) == ""


def test_what_a_link_changes_is_told_to_who_cannot_see_it() -> None:
    assert 'Go there<span class="govuk-visually-hidden"> (Name)</span>' in rendered("summary_list")


def test_a_file_that_may_not_be_read_yet_is_no_link() -> None:
    page = rendered("file_list", files=[FileLink(name="lane.jpg", size=10)])
    assert "<a" not in page
    assert "lane.jpg" in page
