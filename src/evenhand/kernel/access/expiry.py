"""What expires is deleted: drafts, served requests, sessions. Promised on the public pages."""

from datetime import datetime

from django.contrib.sessions.models import Session

from . import drafts, idempotency
from .actor import CLOCK, acting


def delete_expired(*, at: datetime) -> None:
    """Remove drafts, idempotency rows and sessions whose time is over at ``at``."""
    with acting(CLOCK, at):
        drafts.purge(at=at)
        idempotency.purge(at=at)
    Session.objects.filter(expire_date__lt=at).delete()
