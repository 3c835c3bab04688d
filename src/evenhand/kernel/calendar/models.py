"""Days that were declared after the libraries were written."""

from datetime import datetime
from typing import Self

from django.db import models

from .calendars import Declaration


class DeclaredDayQuerySet(models.QuerySet["DeclaredDay"]):
    def of(self, key: str) -> Self:
        return self.filter(calendar=key)

    def known_at(self, at: datetime) -> Self:
        return self.filter(declared_at__lte=at)

    def declarations(self) -> tuple[Declaration, ...]:
        """As values, the earlier declared first, in one query."""
        return tuple(row.declaration for row in self.order_by("declared_at", "date"))


class DeclaredDay(models.Model):
    """One day of a notice: a holiday, or a weekend day that is worked instead.

    A notice that is corrected gets new rows, which win over the earlier ones, so that what
    was known at any moment can be counted again.
    """

    calendar = models.CharField(max_length=16)
    date = models.DateField()
    working = models.BooleanField()
    name = models.CharField(max_length=120)
    settles = models.PositiveSmallIntegerField(null=True)
    declared_at = models.DateTimeField()

    objects = DeclaredDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "date", "declared_at"], name="calendar_declared_once_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="calendar_declared_by_name"),
        ]

    @property
    def declaration(self) -> Declaration:
        return Declaration(self.date, self.working, self.name, self.settles)
