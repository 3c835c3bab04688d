"""Files that were handed in. The bytes lie in the store; a row says what they are."""

from django.db import models
from django.db.models import F, Q

from evenhand.base.ids import uuid7


class FileQuerySet(models.QuerySet["File"]):
    def standing(self) -> "FileQuerySet":
        """Without those that were withdrawn."""
        return self.filter(withdrawn_at=None)


class File(models.Model):
    """One file of a matter.

    ``media_type`` was found in its content (:mod:`.sniff`), never taken from the client.
    A petitioner sees what petitioners added, and of the rest what is ``open_to_petitioner``;
    row security holds it so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter_id = models.UUIDField()
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    stored_as = models.CharField(max_length=32)
    added_by = models.UUIDField()
    from_petitioner = models.BooleanField()
    open_to_petitioner = models.BooleanField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="file_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="what_petitioners_add_they_see",
                condition=Q(from_petitioner=False) | Q(open_to_petitioner=True),
            ),
            models.CheckConstraint(
                name="file_withdrawn_after_added",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("at")),
            ),
        ]
        indexes = [
            models.Index(fields=["matter_id", "at"]),
            models.Index(fields=["stored_as"]),
        ]

    def __str__(self) -> str:
        return self.name
