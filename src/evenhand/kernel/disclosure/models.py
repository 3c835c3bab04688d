"""Publications, what the public sees of them, and figures."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from evenhand.base.ids import uuid7
from evenhand.kernel.organisation.models import Person, Unit

#: Below this many cases a figure says nothing, lest it tells of one of them.
FEWEST_CASES = 5


def _with(*fields: str) -> Q:
    """All of these, or none."""
    return Q(**{f"{f}__isnull": True for f in fields}) | Q(
        **{f"{f}__isnull": False for f in fields}
    )


class PublicationQuerySet(models.QuerySet["Publication"]):
    def standing(self) -> "PublicationQuerySet":
        """Proposed, reviewed or published; not withdrawn."""
        return self.filter(withdrawn_at=None)

    def to_review(self) -> "PublicationQuerySet":
        return self.filter(reviewed_at=None, returned_at=None)

    def to_publish(self) -> "PublicationQuerySet":
        return self.filter(reviewed_at__isnull=False, published_at=None)


class Publication(models.Model):
    """A text made public out of a matter, after somebody else than its proposer reviewed it.

    ``key`` names its source (:mod:`.registry`); ``body`` is a list of ``{"part", "text"}``.
    The row is seen by those who see the matter; the public sees :class:`Published`. A trigger
    keeps what was reviewed from being changed afterwards (migration 0002).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mechanism = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    matter_id = models.UUIDField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    body = models.JSONField()
    words = SearchVectorField(null=True)

    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    returned_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reviewed_by_another", condition=~Q(reviewed_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="publication_reviewed_by_somebody",
                condition=_with("reviewed_by", "reviewed_at"),
            ),
            models.CheckConstraint(
                name="published_only_after_review",
                condition=Q(published_at=None) | Q(reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="returned_with_a_reason_and_not_reviewed",
                condition=Q(returned_at=None, returned_by=None, return_reason="")
                | Q(returned_at__isnull=False, returned_by__isnull=False, reviewed_at=None)
                & ~Q(return_reason=""),
            ),
            models.CheckConstraint(
                name="withdrawn_after_publication_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                    published_at__isnull=False,
                )
                & ~Q(withdrawal_reason=""),
            ),
            models.UniqueConstraint(
                fields=["matter_id", "key"],
                condition=Q(withdrawn_at=None),
                name="one_standing_publication",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "id"], name="publication_latest"),
            models.Index(
                fields=["reviewed_at"],
                condition=Q(reviewed_at__isnull=False, published_at=None),
                name="publication_to_publish",
            ),
            GinIndex(fields=["words"], name="publication_words"),
        ]


class Published(models.Model):
    """A publication as the public sees it: a view of what is published, whoever asks.

    It has no column that leads to the matter or to a person. Of what was withdrawn, only the
    day and the reason are left.
    """

    id = models.UUIDField(primary_key=True)
    mechanism = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.DO_NOTHING, related_name="+")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    body = models.JSONField()
    words = SearchVectorField(null=True)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField()

    class Meta:
        managed = False
        db_table = "disclosure_published"
        ordering = ["-published_at", "id"]

    @property
    def parts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.body
        return found


class Figure(models.Model):
    """One figure on many cases over ``since`` to ``until`` (exclusive), as counted that day.

    ``value`` is in the unit that its measure says (:mod:`.figures`), ``of`` the number of
    cases; both are NULL where there were fewer than :data:`FEWEST_CASES`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    of = models.PositiveIntegerField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "until"], name="one_figure_a_day"),
            models.CheckConstraint(name="figure_of_how_many", condition=_with("value", "of")),
            models.CheckConstraint(
                name="figure_of_few_is_suppressed",
                condition=Q(of=None) | Q(of__gte=FEWEST_CASES),
            ),
        ]
