"""Staff find on the web what they were told, page by page, and mark it as read."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.kernel.access.models import Account
from evenhand.kernel.notices.models import Notice
from evenhand.kernel.notices.views import PER_PAGE
from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.tests.cast import Cast

from .conftest import REFERENCE, Matter, now_of, tell

pytestmark = pytest.mark.django_db
INBOX = "/desk/notices/"


def staff(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(
        Account.objects.create_account(person=person, email=person.email, password="-")
    )
    return client


@pytest.fixture
def wen(cast: Cast) -> Client:
    return staff(cast.wen)


def told(matter: Matter, times: int = 1) -> list[Notice]:
    return [tell(matter, recipient=matter.handler, email="") for _ in range(times)]


def page(client: Client, address: str = INBOX) -> str:
    response: Any = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_notice_stands_in_the_inbox_of_its_recipient_alone(wen: Client, matter: Matter) -> None:
    told(matter)
    tell(matter)
    text = page(wen)
    assert text.count(f"<strong>Your matter {REFERENCE} was accepted</strong>") == 1
    assert "1 notice that you have not read" in text


def test_an_empty_inbox_says_what_will_come(wen: Client) -> None:
    assert "No notices yet" in page(wen)


def test_one_is_marked_as_read_and_the_reader_stays_on_the_page(
    wen: Client, matter: Matter
) -> None:
    first, second = told(matter, 2)
    response = wen.post(f"{INBOX}{first.id}/read/", {"page": "3"})
    assert response.headers["Location"] == f"{INBOX}?page=3"
    assert now_of(first).read_at
    assert now_of(second).read_at is None


def test_all_are_marked_as_read(wen: Client, matter: Matter) -> None:
    notices = told(matter, 3)
    text = wen.post(f"{INBOX}read/", follow=True).content.decode()
    assert all(now_of(notice).read_at for notice in notices)
    assert "not read" not in text


def test_nobody_marks_the_notices_of_another(cast: Cast, matter: Matter) -> None:
    [notice] = told(matter)
    staff(cast.qiao).post(f"{INBOX}{notice.id}/read/")
    assert now_of(notice).read_at is None


def test_many_are_shown_in_pages(wen: Client, matter: Matter) -> None:
    told(matter, PER_PAGE + 1)
    assert page(wen).count("Mark as read") == PER_PAGE
    assert page(wen, f"{INBOX}?page=2").count("Mark as read") == 1


def test_the_number_of_queries_does_not_grow(wen: Client, matter: Matter) -> None:
    told(matter)
    page(wen)
    with CaptureQueriesContext(connection) as few:
        page(wen)
    told(matter, PER_PAGE - 1)
    with CaptureQueriesContext(connection) as many:
        page(wen)
    assert len(few) == len(many)


def test_who_is_not_signed_in_is_asked_to(matter: Matter) -> None:
    told(matter)
    response = Client().get(INBOX)
    assert response.status_code == 302
    assert "/account/sign-in/" in response.headers["Location"]


def test_reading_is_no_link_to_follow(wen: Client, matter: Matter) -> None:
    [notice] = told(matter)
    assert wen.get(f"{INBOX}{notice.id}/read/").status_code == 405
