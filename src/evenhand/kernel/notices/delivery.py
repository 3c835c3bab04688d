"""From a notice to a mailbox: claim, hand over, write down what came of it.

Sending cannot be undone and is part of no transaction. So an attempt is claimed first, by
comparing and setting the count of attempts; of two workers one loses and does nothing. The
claim also sets when to look again, so that a worker that dies leaves nothing behind.
"""

import smtplib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.ledger.actions import enter
from evenhand.kernel.ledger.codes import Code

from . import codes, writing
from .models import Notice

#: Eight attempts: at once, then after 5, 18 and 53 minutes, 2½, 6½, 17½ and 46 hours.
MOST_ATTEMPTS = 8
_FIRST_WAIT = timedelta(minutes=5)
_GROWTH = 2.65
#: After this long a queued job counts as lost.
LEASE = timedelta(minutes=10)
_AT_ONCE = 1_000
_INTERRUPTED = "the worker stopped while it was sending"
_REASON_LENGTH = 300
_PERMANENT = 500


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt; no reason means that the mail server took it."""

    reason: str = ""
    permanent: bool = False


def send(*, notice: uuid.UUID, attempt: int, at: datetime) -> None:
    """Make the attempt that follows ``attempt`` earlier ones; none if it was made before."""
    claimed = claim(notice=notice, attempt=attempt, at=at)
    if claimed is not None:
        settle(notice=claimed, outcome=hand_over(claimed), at=at)


def claim(*, notice: uuid.UUID, attempt: int, at: datetime) -> Notice | None:
    """Take one attempt for oneself; None when another has it, or nothing is to be sent."""
    with acting(CLOCK, at):
        changed = (
            Notice.objects.waiting()
            .filter(id=notice, attempts=attempt)
            .update(
                attempts=attempt + 1,
                next_attempt_at=_again(attempt + 1, at),
                failed_reason=_INTERRUPTED,
            )
        )
        return Notice.objects.get(id=notice) if changed else None


def _again(attempts: int, at: datetime) -> datetime | None:
    """When to try again after so many attempts; waits grow, and end after two days."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return at + _FIRST_WAIT * _GROWTH ** (attempts - 1)


def hand_over(notice: Notice) -> Outcome:
    """Give the mail to the mail server.

    It refuses for good what it answers with 5xx about this recipient or this text. Anything
    else may be put right: a server that is away, a wrong password, a sender not yet allowed.
    """
    try:
        writing.mail(notice).send()
    except smtplib.SMTPRecipientsRefused as refused:
        return _refused(*next(iter(refused.recipients.values())))
    except smtplib.SMTPDataError as refused:
        return _refused(refused.smtp_code, refused.smtp_error)
    except (ValueError, smtplib.SMTPNotSupportedError) as unsendable:
        return Outcome(str(unsendable), permanent=True)
    except OSError as failure:
        return Outcome(f"{type(failure).__name__}: {failure}")
    return Outcome()


def _refused(code: int, answer: bytes | str) -> Outcome:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return Outcome(f"{code} {said}", permanent=code >= _PERMANENT)


def settle(*, notice: Notice, outcome: Outcome, at: datetime) -> None:
    """Write down what came of an attempt, and whether there will be another."""
    notice.failed_reason = " ".join(outcome.reason.split())[:_REASON_LENGTH]
    if not outcome.reason:
        notice.sent_at = at
    if outcome.permanent or notice.sent_at:
        notice.next_attempt_at = None
    with acting(CLOCK, at):
        notice.save(update_fields=["failed_reason", "sent_at", "next_attempt_at"])
        if notice.next_attempt_at is None:
            _enter(codes.SENT if notice.sent_at else codes.FAILED, notice, at)


def _enter(code: Code, notice: Notice, at: datetime) -> None:
    arguments = {"notice": str(notice.id), "attempts": notice.attempts}
    enter(code=code.key, at=at, matter=notice.matter_id, arguments=arguments)


def overdue(*, at: datetime) -> Sequence[Notice]:
    """Notices to be sent for which no job is known, claimed for :data:`LEASE`.

    Runs in the transaction in which their jobs are queued.
    """
    lost = Notice.objects.waiting().filter(next_attempt_at__lte=at).order_by("next_attempt_at")
    found = list(lost.select_for_update(skip_locked=True)[:_AT_ONCE])
    Notice.objects.filter(id__in=[n.id for n in found]).update(next_attempt_at=at + LEASE)
    return found
