"""What is particular to a petition beside its case."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from evenhand.base.ids import uuid7
from evenhand.kernel.cases.models import Case
from evenhand.kernel.organisation.models import Person, Unit

from .states import CLOSING, Channel, DocumentKind, Kind, Manner, Result, State

MOST_REPRESENTATIVES = 5


class Petition(models.Model):
    """A suggestion or a claim. ``group_size`` is told by the group; no list is kept."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="petition"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    channel = models.CharField(max_length=8, choices=Channel)
    body = models.TextField()
    group_size = models.PositiveIntegerField(null=True, blank=True)
    representatives = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    handler = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    about_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    act_on = models.DateField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True)
    extension_reason = models.TextField(blank=True)
    withdrawal_asked_at = models.DateTimeField(null=True)
    withdrawal_from = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_group_is_more_than_one",
                condition=Q(group_size=None) | Q(group_size__gte=2),
            ),
            models.CheckConstraint(
                name="at_most_five_representatives",
                condition=Q(representatives__len__lte=MOST_REPRESENTATIVES),
            ),
            models.CheckConstraint(
                name="an_extension_has_its_reason",
                condition=Q(extended_at=None, extension_reason="")
                | (Q(extended_at__isnull=False) & ~Q(extension_reason="")),
            ),
            models.CheckConstraint(
                name="a_withdrawal_has_its_cooling_off",
                condition=Q(withdrawal_asked_at=None, withdrawal_from=None)
                | Q(withdrawal_asked_at__isnull=False, withdrawal_from__isnull=False),
            ),
        ]

    @property
    def closing_words(self) -> str:
        """What stands where the next promise stood, once there is none."""
        return str(State(self.case.state).label)


class Document(models.Model):
    """What the body puts in writing: a draft until it is issued under a number.

    Row security shows a draft to staff alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=12, choices=DocumentKind)
    language = models.CharField(max_length=10)
    claim = models.TextField(blank=True)
    facts = models.TextField(blank=True)
    result = models.CharField(max_length=16, choices=Result, blank=True)
    reasons = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    remedies = models.TextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: Everybody who wrote in it: none of them may approve it.
    writers = ArrayField(models.UUIDField(), default=list)
    saved_at = models.DateTimeField()
    number = models.CharField(max_length=60, null=True, unique=True)  # noqa: DJ001  # NULL is unique
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    served_on = models.DateField(null=True)
    served_manner = models.CharField(max_length=12, choices=Manner, blank=True)
    served_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind__in=CLOSING),
                name="one_closing_document_a_case",
            ),
            models.CheckConstraint(
                name="issued_with_number_by_somebody",
                condition=Q(issued_at=None, number=None, approved_by=None)
                | Q(issued_at__isnull=False, number__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="four_eyes_on_an_answer",
                condition=Q(kind__in=(DocumentKind.ACCEPTANCE, DocumentKind.REDIRECTION))
                | Q(approved_by=None)
                | ~Q(approved_by=F("author")),
            ),
            models.CheckConstraint(
                name="served_with_manner_by_somebody",
                condition=Q(served_on=None, served_manner="", served_by=None)
                | (Q(served_on__isnull=False, served_by__isnull=False) & ~Q(served_manner="")),
            ),
        ]


class Series(models.Model):
    """The last number of one kind of document in one year; locked while one is given."""

    kind = models.CharField(max_length=12, choices=DocumentKind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_series_a_year")]
