"""Cases, their parties and what was written in them."""

from django.db import models
from django.db.models import Q

from evenhand.base.ids import uuid7
from evenhand.kernel.organisation.models import Person, Unit


class Case(models.Model):
    """One matter on its way through a flow. Only :func:`.actions.take` moves it.

    ``accountable`` is never empty: from the first minute somebody answers for the matter.
    Terms run from ``received_at``; the gap to ``recorded_at`` shows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=24, unique=True)
    mechanism = models.CharField(max_length=40)
    flow = models.CharField(max_length=60)
    flow_version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    receiving_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    accountable = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_recorded_after_received",
                condition=Q(recorded_at__gte=models.F("received_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "received_at"]),
            models.Index(fields=["receiving_unit", "state", "received_at"]),
            models.Index(fields=["accountable", "closed_at"]),
        ]

    def __str__(self) -> str:
        return self.reference


class Party(models.Model):
    """Somebody who brought the matter. ``actor_id`` is who the receipt's holder acts as."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    actor_id = models.UUIDField()
    anonymous = models.BooleanField(default=False)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.CheckConstraint(
                name="the_anonymous_have_no_name", condition=Q(anonymous=False) | Q(name="")
            )
        ]
        indexes = [models.Index(fields=["actor_id"])]


class Message(models.Model):
    """Something written in the matter by its petitioner, or to them by the body."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    author_id = models.UUIDField()
    from_petitioner = models.BooleanField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
