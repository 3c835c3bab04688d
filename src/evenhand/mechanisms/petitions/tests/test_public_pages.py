"""The public pages: bring, get a receipt, follow. Whole sentences, as a reader meets them."""

import re

import pytest
from django.test import Client

from evenhand.kernel.access import words
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Draft
from evenhand.kernel.cases.models import Case
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions.models import Document

from .conftest import AT, Walk

MATTER = {"title": "Street flooding at Willow Lane", "body": "It floods. Please mend the drain."}
PERSON = {"naming": "named", "name": "M. Lin", "email": "lin@example.org"}


@pytest.fixture
def public(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def fill(client: Client, kind: str = "claim") -> None:
    client.post("/bring/kind/", {"kind": kind})
    client.post("/bring/matter/", MATTER)
    client.post("/bring/you/", PERSON)


def hand_in(client: Client) -> str:
    return client.post("/bring/check/", {"agreed": "on"}).content.decode()


def cases() -> int:
    with acting(CLOCK, AT):
        return Case.objects.count()


def words_on(page: str) -> str:
    listed = re.search(r'ev-receipt__words">(.*?)</ol>', page, re.S)
    assert listed is not None
    return " ".join(re.findall(r"<li>(.*?)</li>", listed[1]))


def reference_on(page: str) -> str:
    found = re.search(r"NZ-\d{4}-\w{4}-\w{4}", page)
    assert found is not None
    return found[0]


def test_a_matter_that_is_handed_in_gives_a_receipt_that_opens_it(
    public: Client, cast: Cast
) -> None:
    fill(public)
    page = hand_in(public)
    other = Client()
    typed = {"reference": reference_on(page), "receipt": words_on(page)}
    opened = other.post("/follow/", typed, follow=True)
    assert opened.redirect_chain == [("/follow/matter/", 302)]
    assert "Street flooding at Willow Lane" in opened.content.decode()


def test_a_receipt_names_who_answers_and_the_next_promise(public: Client, cast: Cast) -> None:
    fill(public)
    page = hand_in(public)
    assert "C. Yu, Petition Office, who answers for it until another has accepted it" in page
    assert "Next promise: your matter is registered and sent to the unit in charge by" in page


def test_handing_in_twice_is_one_matter_with_one_receipt(public: Client, cast: Cast) -> None:
    fill(public)
    assert words_on(hand_in(public)) == words_on(hand_in(public))
    assert cases() == 1


def test_a_report_on_a_person_is_not_taken_in_and_nothing_is_kept(
    public: Client, cast: Cast
) -> None:
    page = public.post("/bring/kind/", {"kind": "report"}, follow=True).content.decode()
    assert "Where your report belongs" in page
    assert cases() == 0
    with acting(CLOCK, AT):
        assert not Draft.objects.exists()


def test_what_was_typed_is_there_when_one_comes_back(public: Client, cast: Cast) -> None:
    fill(public)
    assert MATTER["body"] in public.get("/bring/matter/").content.decode()


def test_what_was_typed_can_be_deleted(public: Client, cast: Cast) -> None:
    fill(public)
    public.post("/bring/delete/")
    assert MATTER["body"] not in public.get("/bring/matter/").content.decode()


def test_a_step_that_was_skipped_is_asked_for(public: Client, cast: Cast) -> None:
    assert public.get("/bring/check/").headers["Location"] == "/bring/kind/"


def test_an_empty_matter_says_what_to_write(public: Client, cast: Cast) -> None:
    page = public.post("/bring/matter/", {"title": "Lane"}).content.decode()
    assert "Describe the matter, and what you ask for." in page
    assert 'value="Lane"' in page


def test_wrong_words_say_nothing_about_the_reference(public: Client, walk: Walk) -> None:
    wrong = {"reference": walk.case.reference, "receipt": words.digits_of(bytes(10))}
    unknown = wrong | {"reference": "NZ-2026-0000-0000"}
    answers = [public.post("/follow/", typed).content.decode() for typed in (wrong, unknown)]
    assert "do not fit together" in answers[0]
    assert len({re.sub(r"value=\S+|NZ-\S+", "", page) for page in answers}) == 1


def opened(client: Client, walk: Walk) -> Client:
    typed = {"reference": walk.case.reference, "receipt": walk.receipt.digits}
    assert client.post("/follow/", typed).status_code == 302
    return client


def test_a_served_answer_can_be_read(public: Client, walk: Walk) -> None:
    page = opened(public, walk.served() and walk).get("/follow/matter/").content.decode()
    link = re.search(r"/follow/document/[^\"]+", page)
    assert link is not None
    assert "Until" in page
    documents = re.findall(r"/follow/document/[^\"]+", page)
    texts = [public.get(url).content.decode() for url in documents]
    assert any("The drain will be mended by June." in text for text in texts)


def test_a_draft_of_the_answer_cannot_be_seen(public: Client, walk: Walk) -> None:
    page = opened(public, walk.handling().drafted()).get("/follow/matter/").content.decode()
    assert "南信复字" not in page


def test_information_can_be_added(public: Client, walk: Walk) -> None:
    opened(public, walk).post("/follow/add/", {"body": "It was under water again today."})
    assert "It was under water again today." in public.get("/follow/matter/").content.decode()


def test_asking_to_withdraw_ends_nothing_by_itself(public: Client, walk: Walk) -> None:
    opened(public, walk).post("/follow/withdraw/")
    page = public.get("/follow/matter/").content.decode()
    assert "You asked to withdraw" in page
    with acting(CLOCK, AT):
        assert Case.objects.get(id=walk.case.id).closed_at is None


def test_ones_data_can_be_taken_along(public: Client, walk: Walk) -> None:
    held = opened(public, walk).get("/follow/my-data/").json()
    assert held["reference"] == walk.case.reference
    assert held["you"]["email"] == "lin@example.org"


def test_putting_the_receipt_away_closes_the_matter(public: Client, walk: Walk) -> None:
    opened(public, walk).post("/follow/leave/")
    assert public.get("/follow/matter/").headers["Location"] == "/follow/"


@pytest.mark.parametrize(
    "path", ["/", "/bring/", "/follow/", "/how-matters-are-handled/", "/privacy/"]
)
def test_public_pages_open_in_both_languages(client: Client, path: str) -> None:
    for language in ("en", "zh-hans"):
        client.cookies["django_language"] = language
        assert client.get(path).status_code == 200


def test_what_was_handed_in_does_not_stay_in_the_draft(public: Client, cast: Cast) -> None:
    fill(public)
    hand_in(public)
    assert MATTER["body"] not in public.get("/bring/matter/").content.decode()


def test_after_handing_in_one_can_bring_another_matter(public: Client, cast: Cast) -> None:
    fill(public)
    first = reference_on(hand_in(public))
    fill(public)
    assert reference_on(hand_in(public)) != first
    assert cases() == 2


def test_the_petitioner_cannot_change_or_remove_a_document(walk: Walk) -> None:
    walk.served()
    with acting(walk.petitioner, walk.at):
        documents = Document.objects.filter(case=walk.case)
        assert documents.exists()
        assert documents.update(reasons="Altered.") == 0
        assert documents.delete()[0] == 0
