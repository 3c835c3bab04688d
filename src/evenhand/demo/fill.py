"""Fills an empty database with the invented county."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import connection

from evenhand.base.clock import now

from . import county, petitions, playing, published, visitors
from .names import names

#: The same county, people and stories each time; only identifiers and receipts are random.
SEED = 20260101
PETITIONS = 100
#: How long ago the county was brought in. The longest story begins later.
BEFORE = timedelta(days=200)


def fill(
    progress: Callable[[str], None], *, size: int = PETITIONS, until: datetime | None = None
) -> None:
    """Make units, staff and petitions; ``progress`` is told in words what is being made.

    ``size`` is how many petitions; ``until`` the moment up to which their months are played
    (now, unless a test says otherwise).
    """
    until = until or now()
    since = until - BEFORE
    _wait_for_no_disk()
    chance, people = Random(SEED), names(Random(SEED))
    county.make(names=people, chance=chance, at=since, progress=progress)
    visitors.open_accounts()
    progress(f"{size} petitions are brought, handled and answered …")
    acts = petitions.acts(size, names=people, chance=chance, until=until)
    done = playing.play(acts, until=until, progress=progress)
    progress(f"{done} acts were played up to {until:%Y-%m-%d}")
    progress(f"{published.publish(at=until)} answers were reviewed and published")


def _wait_for_no_disk() -> None:
    """For this session: what is cut short is not repaired but made anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
