"""The pages of what is public, and the desk's pages that make it so."""

from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.test import Client

from evenhand.base.clock import played
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Account, Reading
from evenhand.kernel.disclosure import actions
from evenhand.kernel.disclosure.models import Figure, Publication
from evenhand.kernel.organisation.models import Person

from .conftest import Walk
from .test_publishing import publish

PROPOSED = {"title": "A drain", "facts": "It was broken.", "result": "Supported"}


def signed_in(person: Person) -> Client:
    client = Client()
    address = f"{person.staff_number}@example.org"
    client.force_login(Account.objects.create_account(person=person, email=address, password="x"))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def public(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def propose_path(walk: Walk) -> str:
    return f"/desk/publications/propose/petitions.answer/{walk.case.id}/"


def only_publication(walk: Walk) -> Publication:
    with acting(CLOCK, walk.at):
        return Publication.objects.get()


def test_with_nothing_published_the_page_says_so(public: Client, db: None) -> None:
    assert "Nothing is published yet" in page(public, "/published/")
    assert "Nothing published has these words" in page(public, "/published/?words=drain")


def test_a_published_answer_is_found_and_read(public: Client, walk: Walk) -> None:
    row = publish(walk.served())
    assert "1 text has these words." in page(public, "/published/?words=mended")
    text = page(public, f"/published/{row.id}/")
    assert "The drain will be mended by June." in text
    assert walk.case.reference not in text
    assert str(walk.case.id) not in text


def test_what_is_not_published_has_no_page(public: Client, walk: Walk) -> None:
    walk.served()
    handler = signed_in(walk.cast.wen)
    handler.post(propose_path(walk), PROPOSED)
    text = page(public, f"/published/{only_publication(walk).id}/", 404)
    assert "A drain" not in text
    assert "There is no such page" in text


def test_a_withdrawn_text_leaves_its_reason(public: Client, walk: Walk) -> None:
    row = publish(walk.served())
    head = signed_in(walk.cast.water_head)
    path = f"/desk/publications/{row.id}/withdraw/"
    assert "Give the reason: the public reads it." in head.post(path).content.decode()
    head.post(path, {"reason": "It named a shop."})
    text = page(public, f"/published/{row.id}/")
    assert "It named a shop." in text
    assert "mended by June" not in text
    assert "mended" not in page(public, "/published/feed/")


def test_the_feed_is_atom_and_leads_to_the_pages(public: Client, walk: Walk) -> None:
    row = publish(walk.served())
    response = public.get("/published/feed/")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    links = [link.get("href", "") for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert any(link.endswith(f"/published/{row.id}/") for link in links)
    assert walk.case.reference not in response.content.decode()


@pytest.mark.parametrize("words", ["x" * 5_000, "\x00", "' OR 1=1 --", "🙂", "%00&page=99"])
def test_odd_searches_are_answered(public: Client, db: None, words: str) -> None:
    assert public.get("/published/", {"words": words}).status_code == 200


def test_the_first_pass_stands_in_the_form(walk: Walk) -> None:
    facts = "M. Lin of No. 7 was called at 13800138000."
    walk.handling().drafted(facts=facts).step("propose", walk.cast.wen)
    walk.step("approve", walk.cast.water_head)
    walk.step("serve", walk.cast.wen, manner="post", served_on=walk.at.date() + timedelta(days=1))
    text = page(signed_in(walk.cast.wen), propose_path(walk))
    assert "[name] of [address] was called at [number].</textarea>" in text


def test_from_the_handler_by_the_head_to_the_public(public: Client, walk: Walk) -> None:
    walk.served()
    handler, head = signed_in(walk.cast.wen), signed_in(walk.cast.water_head)
    assert "Street flooding" in page(handler, "/desk/publications/")
    assert handler.post(propose_path(walk), PROPOSED).status_code == 302
    row = only_publication(walk)
    review = f"/desk/publications/{row.id}/review/"
    assert review in page(head, "/desk/publications/")
    assert '<del><span class="govuk-visually-hidden">taken out:' in page(head, review)
    assert head.post(review, {"decision": "approve"}).status_code == 302
    with played(walk.at):
        actions.publish_due(at=walk.at.replace(year=2030))
    assert "A drain" in page(public, "/published/")


def test_a_return_needs_its_reason_and_reaches_the_handler(walk: Walk) -> None:
    handler, head = signed_in(walk.served().cast.wen), signed_in(walk.cast.water_head)
    handler.post(propose_path(walk), PROPOSED)
    review = f"/desk/publications/{only_publication(walk).id}/review/"
    refused = head.post(review, {"decision": "return"})
    assert "Say what must be put right." in refused.content.decode()
    head.post(review, {"decision": "return", "reason": "The shop is named."})
    assert "returned to be worked over" in page(handler, "/desk/publications/")
    text = page(handler, propose_path(walk))
    assert "The shop is named." in text
    assert 'value="A drain"' in text


def test_who_opens_a_matter_to_review_it_is_noted(walk: Walk) -> None:
    signed_in(walk.served().cast.wen).post(propose_path(walk), PROPOSED)
    page(signed_in(walk.cast.water_head), f"/desk/publications/{only_publication(walk).id}/review/")
    with acting(walk.petitioner, walk.at):
        assert Reading.objects.filter(reader_id=walk.cast.water_head.id).count() == 1


@pytest.mark.parametrize("who", ["qiao", "housing_head", "auditor", "registrar", "water_head"])
def test_others_have_nothing_to_propose(walk: Walk, who: str) -> None:
    client = signed_in(getattr(walk.served().cast, who))
    assert "Street flooding" not in page(client, "/desk/publications/")
    page(client, propose_path(walk), 404)


@pytest.mark.parametrize("who", ["wen", "water_clerk", "qiao", "housing_head", "auditor"])
def test_others_have_nothing_to_review(walk: Walk, who: str) -> None:
    handler = signed_in(walk.served().cast.wen)
    handler.post(propose_path(walk), PROPOSED)
    client = handler if who == "wen" else signed_in(getattr(walk.cast, who))
    page(client, f"/desk/publications/{only_publication(walk).id}/review/", 404)


def test_the_first_page_tells_what_was_counted(public: Client, walk: Walk) -> None:
    with acting(CLOCK, walk.at):
        Figure.objects.create(
            key="petitions.in_time",
            since=walk.at,
            until=walk.at,
            value=Decimal(94),
            of=100,
            computed_at=walk.at,
        )
    text = page(public, "/")
    assert "94%" in text
    assert "of 100 answers due in the last 12 months were given in time" in text
    assert "An answer still owed counts as not given in time." in page(
        public, "/published/figures/"
    )


def test_figures_on_few_are_not_on_the_first_page(public: Client, walk: Walk) -> None:
    with acting(CLOCK, walk.at):
        Figure.objects.create(
            key="petitions.in_time", since=walk.at, until=walk.at, computed_at=walk.at
        )
    assert "How these figures are counted" not in page(public, "/")
    assert "fewer than 5" in page(public, "/published/figures/")


@pytest.mark.parametrize("path", ["/published/", "/published/figures/", "/published/feed/"])
def test_pages_open_in_chinese(client: Client, db: None, path: str) -> None:
    client.cookies["django_language"] = "zh-hans"
    assert client.get(path).status_code == 200
