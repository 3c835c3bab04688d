"""The one table of everything that can be late.

A row stores moments, never a status: lateness is computed from them (:mod:`.lateness`).
``look_at`` says when the sweep has to look next.
"""

from django.db import models
from django.db.models import Q

from evenhand.base.ids import uuid7
from evenhand.kernel.organisation.models import Unit

_OPEN = Q(submitted_at=None, cancelled_at=None)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open(self) -> "ObligationQuerySet":
        """Neither submitted nor cancelled."""
        return self.filter(_OPEN)

    def deadlines(self) -> "ObligationQuerySet":
        """Without the windows, which nobody has to meet."""
        return self.filter(window=False)


class Obligation(models.Model):
    """One occurrence that falls due.

    The rule's figures are copied when the row opens (``length``, ``calendar``, ``citation``,
    ``source``, ``digest``), so that a later change of profile touches nothing that runs.
    A ``window`` is a period that somebody else may use, such as the one to ask for a review:
    when it ends its consequence follows, and nobody is late.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mechanism = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    matter_id = models.UUIDField(null=True)
    bearer_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    bearer_id = models.UUIDField(null=True)
    window = models.BooleanField(default=False)

    counted_from = models.DateTimeField()
    length = models.CharField(max_length=20)
    calendar = models.CharField(max_length=20)
    rolls = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)
    citation = models.CharField(max_length=120)
    source = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    consequence = models.CharField(max_length=80, blank=True)
    argument = models.CharField(max_length=80, blank=True)

    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="submitted_or_cancelled",
                condition=Q(submitted_at=None) | Q(cancelled_at=None),
            ),
            models.CheckConstraint(
                name="looked_at_only_while_open", condition=Q(look_at=None) | _OPEN
            ),
            models.CheckConstraint(
                name="a_window_is_never_breached", condition=Q(breached_at=None) | Q(window=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["look_at"], condition=Q(look_at__isnull=False), name="obligation_to_look_at"
            ),
            models.Index(fields=["matter_id"]),
            models.Index(fields=["bearer_id", "due_at"], condition=_OPEN, name="obligation_mine"),
            models.Index(
                fields=["bearer_unit", "due_at"], condition=_OPEN, name="obligation_of_a_unit"
            ),
        ]
