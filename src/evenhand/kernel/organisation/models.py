"""Who the body is: units, collective bodies, posts, people, terms of office, kin, interests.

Names stand as the body writes them; ``name_en`` is what an English reader sees, if given.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from evenhand.base.ids import uuid7

from .powers import LEAD


class Named(models.Model):
    """Something with a name of its own, and perhaps an English one."""

    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en")
        return self.name_en if english and self.name_en else self.name


class Level(models.IntegerChoices):
    """How high a unit stands; smaller is higher."""

    NATION = 1, _("nation")
    PROVINCE = 2, _("province")
    CITY = 3, _("city")
    COUNTY = 4, _("county")
    TOWNSHIP = 5, _("township")
    VILLAGE = 6, _("village")


class Category(models.TextChoices):
    """What kind of body a unit is."""

    AUTHORITY = "authority", _("governing authority")
    PARTY_ORGAN = "party_organ", _("party organ")
    AGENCY = "agency", _("agency")
    OFFICE = "office", _("office or section")
    TOWNSHIP = "township", _("township or subdistrict")
    INSTITUTION = "institution", _("public institution")
    SCHOOL = "school", _("school or university")
    ENTERPRISE = "enterprise", _("state enterprise")
    COMMUNITY = "community", _("village or community")


class Unit(Named):
    """A part of the body. The tree is the line of authority: ``parent`` is one level up.

    A trigger refuses a cycle, whoever writes (``unit_tree_has_no_cycle``, migration 0002).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    category = models.CharField(max_length=20, choices=Category)
    level = models.SmallIntegerField(choices=Level)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    founded_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["level", "code"]
        constraints = [
            models.CheckConstraint(
                name="unit_not_its_own_parent", condition=~models.Q(parent=models.F("id"))
            ),
            models.CheckConstraint(
                name="unit_closed_after_founded",
                condition=models.Q(closed_on=None)
                | models.Q(founded_on=None)
                | models.Q(closed_on__gt=models.F("founded_on")),
            ),
        ]


class Body(Named):
    """A collective body, such as a party committee's standing committee or a council."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bodies")


class Person(Named):
    """Somebody who works for the body, or did. An account is not a person, nor a post."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff_number = models.CharField(max_length=40, unique=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)


def _just(field: str, range_type: str) -> models.Func:
    """The range that holds one value alone: its overlap is equality, which GiST knows."""
    return models.Func(models.F(field), models.F(field), models.Value("[]"), function=range_type)


class Membership(models.Model):
    """A person's seat in a collective body, for a time, with or without a vote."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    during = DateRangeField()
    votes = models.BooleanField(default=True)
    presides = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_seat_in_a_body_at_a_time",
                expressions=[
                    (_just("body", "evenhand_uuid_range"), RangeOperators.OVERLAPS),
                    (_just("person", "evenhand_uuid_range"), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="membership_begins", condition=models.Q(during__startswith__isnull=False)
            ),
        ]


class Post(Named):
    """A place in a unit, with the powers that it carries; people come and go.

    The key is an integer so that an exclusion constraint needs no extension.
    """

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    leading = models.BooleanField(_("leading post"), default=False)
    powers = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_head_of_a_unit",
                fields=["unit"],
                condition=models.Q(leading=True, powers__contains=[LEAD]),
            ),
        ]


class Tenure(models.Model):
    """A term of office: who holds a post, from when until when (the end is exclusive)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenures")
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_holder_of_a_post_at_a_time",
                expressions=[
                    (_just("post", "int4range"), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="tenure_begins", condition=models.Q(during__startswith__isnull=False)
            ),
        ]


class Kinship(models.Model):
    """Two people who are kin; each stands in for the other when a stake is asked about.

    ``relation`` says what ``relative`` is to ``person``. A pair stands here once, in whichever
    order it was declared.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=60)
    declared_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("person", "relative"), Greatest("person", "relative"), name="kinship_once"
            ),
            models.CheckConstraint(
                name="no_kin_of_oneself", condition=~models.Q(person=models.F("relative"))
            ),
        ]


class Interest(models.Model):
    """A declared interest of a person in a unit's affairs (former post, holding, contract)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="interests")
    nature = models.CharField(max_length=200)
    declared_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "nature", "declared_on"], name="interest_declared_once"
            ),
        ]
