"""Mail really goes out, once; what fails is tried again, what is refused is not."""

import threading
from collections.abc import Callable
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.db import connection
from pytest_django import Settings

from evenhand.base.clock import now, played
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.notices import delivery, tasks
from evenhand.kernel.notices.models import Notice
from evenhand.kernel.organisation.tests.cast import Cast, make_cast

from .conftest import (
    ADDRESS,
    AT,
    REFERENCE,
    MailServer,
    Matter,
    free_port,
    make_matter,
    now_of,
    tell,
)
from .test_telling import jobs


def send(notice: Notice, attempt: int = 0) -> Notice:
    with played(AT):
        tasks.send(notice_id=str(notice.id), attempt=attempt)
    return now_of(notice)


def pick_up() -> None:
    tasks.pick_up(timestamp=0)


def codes() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("code", flat=True))


def test_a_mail_arrives_in_chinese(server: MailServer, matter: Matter) -> None:
    notice = send(tell(matter, language="zh-hans"))
    [mail] = server.received
    assert mail["Subject"] == f"您的事项 {REFERENCE} 已受理"
    assert mail["From"] == "南枝县 <no-reply@nanzhi.example>"
    assert mail["To"] == ADDRESS
    assert "将于 2026年5月1日 前答复。" in mail.get_content()
    assert notice.sent_at == AT
    assert codes() == ["notices.written", "notices.sent"]


def test_its_headers_say_that_a_machine_sent_it_when_and_which_one(
    server: MailServer, matter: Matter
) -> None:
    notice = send(tell(matter))
    [mail] = server.received
    assert mail["Message-ID"] == f"<{notice.id}@nanzhi.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "en"
    date = parsedate_to_datetime(mail["Date"]).replace(tzinfo=UTC)
    assert abs(date - now()) < timedelta(minutes=1)


def test_the_frame_tells_petitioners_where_to_look_and_why_so_little_is_said(
    server: MailServer, matter: Matter
) -> None:
    send(tell(matter))
    text = server.received[0].get_content()
    assert "go to https://nanzhi.example, choose “Follow my matter”" in text
    assert "does not say what your matter is about" in text


def test_the_frame_sends_staff_to_their_desk(server: MailServer, matter: Matter) -> None:
    send(tell(matter, recipient=matter.handler))
    text = server.received[0].get_content()
    assert "sign in at https://nanzhi.example and open your desk" in text
    assert "receipt" not in text


def test_no_line_of_a_header_comes_from_outside(server: MailServer, matter: Matter) -> None:
    context = {"reference": "NZ\r\nBcc: everybody@x.example\r\n\r\nHello"}
    send(tell(matter, context=context))
    [mail] = server.received
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("Your matter NZ Bcc: everybody@x.example Hello was")


def test_a_server_that_is_away_is_tried_again(
    server: MailServer, matter: Matter, settings: Settings
) -> None:
    settings.EMAIL_PORT = free_port()
    notice = send(tell(matter))
    assert notice.failed_reason.startswith("ConnectionRefusedError")
    assert (notice.sent_at, notice.next_attempt_at) == (None, AT + timedelta(minutes=5))
    assert codes() == ["notices.written"]
    settings.EMAIL_PORT = server.controller.port
    notice = send(notice, attempt=1)
    assert (notice.sent_at, notice.failed_reason, len(server.received)) == (AT, "", 1)


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_what_the_server_refuses_for_good_stops_with_its_reason(
    server: MailServer, matter: Matter, at: str
) -> None:
    server.refusal[at] = "550 no such mailbox here"
    notice = send(tell(matter))
    assert notice.failed_reason == "550 no such mailbox here"
    assert (notice.sent_at, notice.next_attempt_at) == (None, None)
    assert codes() == ["notices.written", "notices.failed"]


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_what_the_server_puts_off_is_tried_again(
    server: MailServer, matter: Matter, at: str
) -> None:
    server.refusal[at] = "451 greylisted, come back later"
    notice = send(tell(matter))
    assert notice.next_attempt_at
    assert notice.failed_reason == "451 greylisted, come back later"


def test_after_two_days_and_eight_attempts_it_ends(server: MailServer, matter: Matter) -> None:
    server.refusal["RCPT"] = "451 later"
    notice = tell(matter)
    at, waits = AT, []
    for attempt in range(delivery.MOST_ATTEMPTS):
        delivery.send(notice=notice.id, attempt=attempt, at=at)
        if due := now_of(notice).next_attempt_at:
            waits.append(due - at)
            at = due
    assert waits == sorted(waits)
    assert timedelta(hours=40) < at - AT < timedelta(hours=50)
    assert now_of(notice).next_attempt_at is None
    assert codes()[-1] == "notices.failed"


def test_an_attempt_is_made_once_however_often_its_job_runs(
    server: MailServer, matter: Matter
) -> None:
    server.refusal["RCPT"] = "451 later"
    notice = tell(matter)
    assert send(notice).attempts == send(notice).attempts == 1


def test_a_worker_that_dies_while_sending_leaves_a_next_attempt(matter: Matter) -> None:
    notice = tell(matter)
    delivery.claim(notice=notice.id, attempt=0, at=AT)
    left = now_of(notice)
    assert left.next_attempt_at == AT + timedelta(minutes=5)
    assert left.failed_reason == "the worker stopped while it was sending"


def test_a_notice_that_lost_its_job_is_picked_up_once(matter: Matter) -> None:
    notice = tell(matter)
    with played(AT + delivery.LEASE):
        pick_up()
        pick_up()
    assert jobs() == [{"notice_id": str(notice.id), "attempt": 0}] * 2


def test_what_is_not_yet_due_and_what_is_settled_is_not_picked_up(
    server: MailServer, matter: Matter
) -> None:
    tell(matter)
    send(tell(matter))
    before = len(jobs())
    with played(AT + timedelta(minutes=1)):
        pick_up()
    assert len(jobs()) == before


@pytest.mark.usefixtures("committed")
def test_of_two_workers_one_sends(server: MailServer) -> None:
    notice = tell(make_matter(make_cast()))
    at_once(2, lambda: send(notice))
    assert len(server.received) == 1
    assert now_of(notice).attempts == 1


@pytest.mark.usefixtures("committed")
def test_of_two_brooms_each_picks_up_another(server: MailServer) -> None:
    matter = make_matter(make_cast())
    notices = [tell(matter) for _ in range(4)]
    with played(AT + delivery.LEASE):
        at_once(2, pick_up_then)
    assert len(jobs()) == 2 * len(notices)
    assert server.received == []


def pick_up_then() -> None:
    with played(AT + delivery.LEASE):
        pick_up()


def at_once(workers: int, does: Callable[[], object]) -> None:
    """Run it in so many threads, each with a connection of its own, from one barrier."""
    barrier = threading.Barrier(workers)

    def work() -> None:
        barrier.wait()
        does()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_not_even_a_row_that_holds_a_header_injects_one(cast: Cast, server: MailServer) -> None:
    with acting(CLOCK, AT):
        notice = Notice.objects.create(
            recipient_id=cast.wen.id,
            email="wen@post.example\nBcc: all@post.example",
            language="en",
            created_at=AT,
            next_attempt_at=AT,
        )
    assert "Invalid address" in send(notice).failed_reason
    assert now_of(notice).next_attempt_at is None
    assert server.received == []
