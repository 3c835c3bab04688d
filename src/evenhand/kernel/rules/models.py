"""Instruments, versions and provisions. Public data: no row security stands on these tables."""

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from evenhand.base.ids import uuid7

from .citations import Citation, Place


class Instrument(models.Model):
    """A law, regulation or set of rules, whatever its version. ``key`` (``X22``) and names
    come from the profile; an instrument that no profile names has none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=500, unique=True)
    key = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001
    name_en = models.CharField(max_length=500, blank=True)
    name_zh = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="instrument_has_title")]

    def __str__(self) -> str:
        return f"{self.key} {self.title}" if self.key else self.title

    def name(self, language: str) -> str:
        """What the instrument is called in ``language``, else its own title."""
        return (self.name_zh if language.startswith("zh") else self.name_en) or self.title


class VersionQuerySet(models.QuerySet["Version"]):
    def in_force(self, at: datetime.date) -> "VersionQuerySet":
        """Versions in force on the day ``at``; at most one for each instrument."""
        started = Q(in_force_from__isnull=True) | Q(in_force_from__lte=at)
        not_ended = Q(in_force_until__isnull=True) | Q(in_force_until__gt=at)
        return self.filter(started, not_ended, superseded=False)


class Version(models.Model):
    """One text of an instrument. In force from ``in_force_from`` (unknown: from the beginning)
    to the day before ``in_force_until`` (none: until further notice).

    ``in_force_stated`` is false where no text says since when, and the date is that of passing,
    publishing or amending. ``superseded``: a better reading of the same version replaced it.
    ``source_digest`` is SHA-256 of the file's bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    passed_on = models.DateField(null=True)
    amended_on = models.DateField(null=True)
    in_force_from = models.DateField(null=True)
    in_force_stated = models.BooleanField(default=False)
    in_force_until = models.DateField(null=True)
    superseded = models.BooleanField(default=False)
    source = models.CharField(max_length=1000)
    source_digest = models.BinaryField(max_length=32, unique=True)
    articles = models.PositiveIntegerField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            # The type is the first migration's: GiST has no operators of its own for uuid.
            ExclusionConstraint(
                name="version_one_in_force",
                expressions=[
                    (
                        Func(
                            F("instrument"),
                            F("instrument"),
                            Value("[]"),
                            function="rules_instrument_range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("in_force_from"), F("in_force_until"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(superseded=False),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(in_force_until__gt=F("in_force_from"))
                | Q(in_force_until__isnull=True)
                | Q(in_force_from__isnull=True),
                name="version_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(articles__gt=0), name="version_has_articles"),
        ]


class Provision(models.Model):
    """An article, an item of one (``item``), or text that stands in no article (no ``article``:
    a preamble, an annex, a heading with nothing below it).

    ``path`` are the headings above, outermost first. ``part`` is 0, or counts annexes that have
    articles of their own. ``suffix`` is the 1 of 第一百二十条之一, else 0. ``paragraph`` is the
    款 of an item. ``occurrence`` is above 1 where the source repeats a number. ``text`` is the
    source's, without ``label`` (the number as printed), indentation and empty lines.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="provisions")
    ordinal = models.PositiveIntegerField()
    path = ArrayField(models.TextField(), default=list)
    part = models.PositiveIntegerField(default=0)
    article = models.PositiveSmallIntegerField(null=True)
    suffix = models.PositiveSmallIntegerField(default=0)
    paragraph = models.PositiveIntegerField(null=True)
    item = models.PositiveSmallIntegerField(null=True)
    occurrence = models.PositiveIntegerField(default=1)
    label = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "ordinal"], name="provision_in_order"),
            models.UniqueConstraint(
                fields=["version", "article", "suffix", "item", "paragraph", "part", "occurrence"],
                condition=Q(article__isnull=False),
                nulls_distinct=False,
                name="provision_cited_once",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True, paragraph__isnull=True)
                | Q(item__gt=0, paragraph__gt=0, article__isnull=False),
                name="provision_item_stands_in_article",
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=True) | Q(article__gt=0) & ~Q(label=""),
                name="provision_article_is_numbered",
            ),
        ]

    @property
    def place(self) -> Place | None:
        """Where it stands, if it can be cited."""
        if self.article is None or self.part:
            return None
        return Place(self.article, self.suffix, self.paragraph, self.item)

    def citation(self, instrument: Instrument) -> Citation | None:
        """How it is cited, by the instrument's key or else its title."""
        place = self.place
        return Citation(instrument.key or instrument.title, place) if place else None
