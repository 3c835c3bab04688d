"""To anyone whom it concerns a petition does not exist: no page and no list shows that it does.

The pages are read off the addresses themselves, so that a page added tomorrow is tried as well.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.cases.correspondence import write
from evenhand.kernel.disclosure.actions import propose
from evenhand.kernel.evidence.actions import add_files
from evenhand.kernel.evidence.models import File
from evenhand.kernel.notices.models import Notice
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions import publishing
from evenhand.mechanisms.petitions.desk.tests.conftest import Desk
from evenhand.mechanisms.petitions.flow import FLOW
from evenhand.mechanisms.petitions.models import Document
from evenhand.mechanisms.petitions.tests.conftest import ANSWER, SUBMISSION, Walk

from .stakes import STAKES, WAYS, Stake, concern, involve, outfit

OF_STAFF = ("desk/", "files/")


def addresses(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


STAFF_PAGES = [a for a in addresses(get_resolver().url_patterns) if a.startswith(OF_STAFF)]
PARAMETER = re.compile(r"<\w+:(\w+)>")
each_stake = pytest.mark.parametrize("stake", STAKES.values(), ids=STAKES)


def filled(walk: Walk) -> dict[str, list[str]]:
    """A petition with something behind every kind of address."""
    handler, at = walk.cast.housing_handler.id, WAYS["served"](walk).at
    same: dict[str, Any] = {"by": handler, "at": at}
    write(case=walk.case.id, body="Have a look.", **same)
    upload = SimpleUploadedFile("drain.txt", b"It is broken.")
    add_files(matter=walk.case.id, uploads=[upload], from_petitioner=False, **same)
    source, title = publishing.ANSWER, "A drain"
    publication = propose(source=source, matter=walk.case.id, title=title, parts=ANSWER, **same)
    with acting(CLOCK, at):
        return {
            "reference": [walk.case.reference],
            "name": [*(step.name for step in FLOW.steps), "answer", "receipt"],
            "document": _ids(Document.objects.filter(case=walk.case)),
            "file_id": _ids(File.objects.filter(matter_id=walk.case.id)),
            "notice_id": _ids(Notice.objects.filter(matter_id=walk.case.id)),
            "publication": [str(publication.id)],
            "matter": [str(walk.case.id)],
            "key": [source],
        }


def _ids(rows: Any) -> list[str]:
    found = [str(row.id) for row in rows]
    assert found
    return found


def places(address: str, values: dict[str, list[str]]) -> Iterator[str]:
    """The address with each value of its parameters; one it does not know fails the test."""
    parameter = PARAMETER.search(address)
    if parameter is None:
        yield f"/{address}"
        return
    for value in values[parameter[1]]:
        yield from places(address.replace(parameter[0], value, 1), values)


def nowhere(path: str, values: dict[str, list[str]]) -> str:
    """The same address of something that was never there."""
    for known in values["reference"]:
        path = path.replace(known, "NZ-2026-0000-0000")
    return re.sub(r"[0-9a-f-]{36}", str(uuid.UUID(int=7)), path)


@each_stake
def test_no_page_of_it_is_there(walk: Walk, stake: Stake) -> None:
    person = getattr(walk.cast, stake.who)
    outfit(walk.cast, person)
    values = filled(walk)
    involve(walk, person)
    desk = Desk(person, walk)
    assert desk.get(desk.case()).status_code == 200
    concern(walk, stake)
    for address in STAFF_PAGES:
        if "<" in address:
            for path in places(address, values):
                for ask in (desk.get, desk.post):
                    _is_as_nothing(ask, path, nowhere(path, values))


def _is_as_nothing(ask: Any, path: str, nothing: str) -> None:
    here, there = ask(path), ask(nothing)
    assert here.status_code == there.status_code, path
    assert here.status_code in (302, 403, 404, 405), path
    assert _plain(here) == _plain(there), path


def _plain(answer: Any) -> str:
    """The page without what is new in each: tokens and nonces, and the address itself."""
    text = re.sub(r'(nonce|value|content)="[^"]*"', "", answer.content.decode())
    path = answer.wsgi_request.path
    return str(re.sub(re.escape(path), "", text))


@each_stake
def test_every_list_is_as_if_it_had_never_been_brought(
    cast: Cast, begin: Callable[..., Walk], stake: Stake
) -> None:
    person = getattr(cast, stake.who)
    outfit(cast, person)
    with transaction.atomic():
        walk = begin()
        filled(walk)
        involve(walk, person)
        seen = lists(Desk(person, walk))
        concern(walk, stake)
        concerned = lists(Desk(person, walk))
        transaction.set_rollback(True)
    assert SUBMISSION.title in seen["/desk/cases/"]
    for path, nothing in lists(Desk(person, walk)).items():
        assert concerned[path] == nothing, path


def lists(desk: Desk) -> dict[str, str]:
    return {f"/{a}": _plain(desk.get(f"/{a}")) for a in STAFF_PAGES if "<" not in a}


@each_stake
def test_the_counter_does_not_find_it(walk: Walk, stake: Stake) -> None:
    person = getattr(walk.cast, stake.who)
    outfit(walk.cast, person)
    WAYS["handling"](walk)
    facts = {"reference": walk.case.reference, "name": SUBMISSION.name}
    unknown = facts | {"reference": "NZ-2026-0000-0000"}
    desk = Desk(person, walk)
    assert desk.post("/desk/find/", **facts).status_code == 302
    concern(walk, stake)
    found, nothing = desk.post("/desk/find/", **facts), desk.post("/desk/find/", **unknown)
    assert found.status_code == nothing.status_code == 422
    assert _plain(found) == _plain(nothing)
