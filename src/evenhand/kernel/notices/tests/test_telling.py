"""A notice is written in its act's transaction, in the recipient's language, and says little."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting
from evenhand.kernel.access.models import Involvement, Relation
from evenhand.kernel.ledger.models import Opening
from evenhand.kernel.notices import delivery
from evenhand.kernel.notices.models import Notice
from evenhand.kernel.notices.writing import TooMuchSaid
from evenhand.kernel.organisation.tests.cast import make_cast

from .conftest import ADDRESS, AT, REFERENCE, Matter, make_matter, tell


def jobs() -> list[dict[str, Any]]:
    return list(ProcrastinateJob.objects.values_list("args", flat=True))


def test_the_words_are_in_the_recipients_language(matter: Matter) -> None:
    english, chinese = tell(matter), tell(matter, language="zh-hans")
    assert english.subject == f"Your matter {REFERENCE} was accepted"
    assert english.body.endswith("accepted.\n\nYou will have an answer by 1 May 2026.")
    assert chinese.subject == f"您的事项 {REFERENCE} 已受理"


def test_plain_text_is_not_escaped(matter: Matter) -> None:
    assert tell(matter, context={"reference": "A&'B"}).subject == "Your matter A&'B was accepted"


def test_without_a_language_the_bodys_own_is_used(matter: Matter) -> None:
    assert tell(matter, language="").language == "zh-hans"


def test_a_notice_by_mail_queues_one_job(matter: Matter) -> None:
    notice = tell(matter)
    assert jobs() == [{"notice_id": str(notice.id), "attempt": 0}]
    assert notice.next_attempt_at == AT + delivery.LEASE


def test_a_notice_without_an_address_stands_in_the_inbox_alone(matter: Matter) -> None:
    notice = tell(matter, email="")
    assert (jobs(), notice.next_attempt_at, notice.failed_reason) == ([], None, "")


@pytest.mark.parametrize(
    "address", ["a@b.example\nBcc: all@b.example", "a@b.example\r\n", "nobody", "x" * 300 + "@b.cn"]
)
def test_an_unusable_address_is_kept_from_the_mail_and_named(matter: Matter, address: str) -> None:
    notice = tell(matter, email=address)
    assert (jobs(), notice.email) == ([], "")
    assert notice.failed_reason == "not a usable e-mail address"


@pytest.mark.parametrize("key", ["title", "body", "secret", "words", "url", "name"])
def test_nothing_that_betrays_the_matter_can_be_said(matter: Matter, key: str) -> None:
    with pytest.raises(TooMuchSaid, match=key):
        tell(matter, context={"reference": REFERENCE, key: "x"})


def test_it_is_entered_in_the_ledger_without_the_address(matter: Matter) -> None:
    notice = tell(matter)
    with acting(CLOCK, AT):
        arguments = Opening.objects.get(matter_id=matter.id).arguments
    assert arguments == {"notice": str(notice.id), "template": "told", "by_mail": True}
    assert ADDRESS not in str(arguments)


def test_who_does_not_see_a_matter_tells_nothing_of_it(matter: Matter) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(matter.stranger, AT),
    ):
        Notice.objects.create(
            matter_id=matter.id, recipient_id=matter.stranger, language="en", created_at=AT
        )


@pytest.mark.parametrize(
    ("who", "seen"), [("petitioner", 1), ("handler", 1), ("stranger", 0), ("public", 0)]
)
def test_a_notice_is_seen_by_its_recipient_and_who_sees_the_matter(
    matter: Matter, who: str, seen: int
) -> None:
    tell(matter)
    with acting(getattr(matter, who, PUBLIC), AT):
        assert Notice.objects.count() == seen


def test_a_notice_about_an_account_is_seen_by_its_recipient_alone(matter: Matter) -> None:
    tell(matter, matter=None, recipient=matter.stranger)
    for who, seen in ((matter.stranger, 1), (matter.handler, 0)):
        with acting(who, AT):
            assert Notice.objects.count() == seen


def test_whom_a_matter_concerns_has_no_notice_of_it_left(matter: Matter) -> None:
    tell(matter, recipient=matter.stranger)
    with acting(CLOCK, AT):
        Involvement.objects.create(
            matter_id=matter.id,
            person_id=matter.stranger,
            relation=Relation.CONCERNED,
            since=AT,
        )
    with acting(matter.stranger, AT):
        assert not Notice.objects.exists()


@pytest.mark.parametrize("who", ["handler", "stranger"])
def test_nobody_but_its_recipient_changes_a_notice(matter: Matter, who: str) -> None:
    tell(matter)
    with acting(getattr(matter, who), AT):
        assert Notice.objects.update(read_at=AT) == 0


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("in_worker", [False, True])
def test_a_job_lives_and_dies_with_the_transaction(in_worker: bool) -> None:
    matter = make_matter(make_cast())
    connector = DjangoConnector().get_worker_connector() if in_worker else app.connector
    with app.replace_connector(connector):
        with transaction.atomic():
            tell(matter)
            transaction.set_rollback(True)
        assert jobs() == []
        tell(matter)
    assert len(jobs()) == 1
