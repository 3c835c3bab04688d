"""Files leave as downloads, for those alone who see the matter; readings of others are noted."""

import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.middleware import RECEIPT_HOLDER
from evenhand.kernel.access.models import Account, Reading
from evenhand.kernel.evidence import actions
from evenhand.kernel.evidence.models import File
from evenhand.kernel.organisation.models import Person
from evenhand.kernel.organisation.tests.cast import Cast

from .conftest import AT, Matter
from .samples import PDF, upload
from .test_adding import add

pytestmark = pytest.mark.urls("evenhand.kernel.evidence.tests.urls")


@pytest.fixture
def file(matter: Matter) -> File:
    return add(matter, upload(name="河滨路 “漏水”.pdf"))[0]


def staff(person: Person) -> Client:
    client = Client()
    client.force_login(
        Account.objects.create_account(person=person, email=person.email, password="-")
    )
    return client


def holder(actor: uuid.UUID) -> Client:
    """Somebody who has opened a matter with its receipt."""
    client = Client()
    session = client.session
    session[RECEIPT_HOLDER] = str(actor)
    session.save()
    return client


def get(client: Client, file: File) -> Any:
    return client.get(f"/files/{file.id}")


def readings() -> list[tuple[uuid.UUID, uuid.UUID]]:
    with acting(CLOCK, AT):
        return list(Reading.objects.values_list("matter_id", "reader_id"))


def test_a_petitioner_gets_his_own_file_and_no_reading_is_noted(matter: Matter, file: File) -> None:
    response = get(holder(matter.petitioner), file)
    assert response.getvalue() == PDF
    assert readings() == []


def test_nor_for_what_a_clerk_added_on_his_behalf(matter: Matter) -> None:
    [file] = actions.add_files(
        matter=matter.id, uploads=[upload()], by=matter.handler, at=AT, from_petitioner=True
    )
    assert get(holder(matter.petitioner), file).status_code == 200
    assert readings() == []


def test_a_file_never_opens_in_our_name(matter: Matter, file: File) -> None:
    headers = get(holder(matter.petitioner), file).headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%B2%B3")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Length"] == str(len(PDF))


def test_a_handler_reads_and_it_is_noted(cast: Cast, matter: Matter, file: File) -> None:
    response = get(staff(cast.wen), file)
    assert response.getvalue() == PDF
    assert readings() == [(matter.id, matter.handler)]


def test_the_bytes_flow_after_the_transaction(
    cast: Cast, file: File, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    response = get(staff(cast.wen), file)
    with django_assert_num_queries(0):
        assert response.getvalue() == PDF


@pytest.mark.parametrize("who", ["qiao", "water_head"])
def test_for_strangers_and_the_concerned_there_is_no_such_file(
    cast: Cast, file: File, who: str
) -> None:
    client = staff(getattr(cast, who))
    refused, nothing = get(client, file), client.get(f"/files/{uuid.uuid4()}")
    assert (refused.status_code, refused.content) == (404, nothing.content)
    assert readings() == []


def test_for_a_visitor_there_is_no_such_file(file: File) -> None:
    assert get(Client(), file).status_code == 404


def test_what_staff_add_is_closed_to_the_petitioner_unless_opened(matter: Matter) -> None:
    [closed], [opened] = (
        actions.add_files(
            matter=matter.id,
            uploads=[upload()],
            by=matter.handler,
            at=AT,
            from_petitioner=False,
            open_to_petitioner=is_open,
        )
        for is_open in (False, True)
    )
    client = holder(matter.petitioner)
    assert [get(client, file).status_code for file in (closed, opened)] == [404, 200]


def test_a_withdrawn_file_is_given_to_nobody(cast: Cast, matter: Matter, file: File) -> None:
    actions.withdraw(file=file.id, by=matter.petitioner, at=AT)
    assert get(staff(cast.wen), file).status_code == 404
    with pytest.raises(File.DoesNotExist):
        actions.withdraw(file=file.id, by=matter.petitioner, at=AT)


def test_nobody_withdraws_what_another_added(matter: Matter, file: File) -> None:
    with pytest.raises(File.DoesNotExist):
        actions.withdraw(file=file.id, by=matter.handler, at=AT)


def test_a_file_is_only_fetched(file: File) -> None:
    response: HttpResponse = Client().post(f"/files/{file.id}")  # type: ignore[assignment]
    assert response.status_code == 405
