"""Entries that only grow, and the openings that show what each one committed to.

No foreign keys to live data: an entry outlives what it speaks of.
"""

from django.db import models
from django.db.models.functions import Now

from evenhand.base.ids import uuid7


class Entry(models.Model):
    """One act, committed to. Never updated, never deleted: the runtime role may not.

    ``commitment`` is SHA-256 over the salt and the canonical form of code, moment and
    arguments (:mod:`.commitments`), so that the entry can be published and says nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    commitment = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["code", "at"])]


class Opening(models.Model):
    """What an entry committed to. Erasing it erases the content and leaves the proof."""

    entry_id = models.UUIDField(primary_key=True)
    matter_id = models.UUIDField(null=True, db_index=True)
    salt = models.BinaryField(max_length=16)
    arguments = models.JSONField()


class Pending(models.Model):
    """Entries that the sequencer has not yet put in order."""

    entry_id = models.UUIDField(primary_key=True)
