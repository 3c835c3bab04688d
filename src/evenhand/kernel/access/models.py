"""Accounts, who stands in which relation to which matter, receipts, and what was read."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from evenhand.base.ids import uuid7
from evenhand.kernel.organisation.models import Person, Unit

from .actor import PUBLIC


class AccountManager(BaseUserManager["Account"]):
    def create_account(self, *, person: Person, email: str, password: str) -> "Account":
        account = Account(person=person, email=email.lower())
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """A way in for one person. It carries no powers: those come from posts and their dates."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)

    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            # Sign-in looks for the address as it was lowered; another would never be found.
            models.CheckConstraint(
                name="email_in_lower_case", condition=models.Q(email=Lower("email"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Relation(models.TextChoices):
    """In which relation a person, or the holders of a power in a unit, stand to a matter."""

    PETITIONER = "petitioner", _("brought the matter")
    RECEIVING = "receiving", _("received the matter")
    DESK = "desk", _("takes matters in for the unit that handles this one")
    HANDLER = "handler", _("handles the matter")
    HANDLING = "handling", _("leads the unit that handles the matter")
    SUPERIOR = "superior", _("stands one level up")
    AUDITING = "auditing", _("reads for the audit")
    FORMER = "former", _("had a part in the matter before")
    CONCERNED = "concerned", _("is concerned by the matter")


class Involvement(models.Model):
    """One relation to one matter: of a person, or of whoever holds ``power`` in ``unit``.

    ``matter_id`` and ``person_id`` have no foreign key: a petitioner is nobody's staff, and a
    matter is whatever a mechanism makes of it. Everything that row security decides, it
    decides from here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    power = models.CharField(max_length=60, blank=True)
    relation = models.CharField(max_length=20, choices=Relation)
    ground = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="involved_is_a_person_or_a_power_in_a_unit",
                condition=models.Q(person_id__isnull=False, unit=None, power="")
                | (models.Q(person_id=None, unit__isnull=False) & ~models.Q(power="")),
            ),
            models.CheckConstraint(
                name="only_persons_are_concerned",
                condition=~models.Q(relation="concerned") | models.Q(person_id__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["matter_id", "person_id", "unit", "power", "relation"],
                condition=models.Q(until=None),
                nulls_distinct=False,
                name="involved_once_in_each_relation",
            ),
        ]
        indexes = [
            models.Index(fields=["matter_id"]),
            models.Index(
                fields=["person_id", "matter_id"],
                condition=models.Q(until=None),
                name="involvement_of_a_person",
            ),
            models.Index(
                fields=["unit", "power", "matter_id"],
                condition=models.Q(until=None),
                name="involvement_of_a_unit",
            ),
            models.Index(
                fields=["person_id", "matter_id"],
                condition=models.Q(until=None, relation="concerned"),
                name="involvement_concerned",
            ),
        ]


class Sight(models.Model):
    """The matters that the present actor may see, and by which relation: a view.

    It is the one that row security asks (:mod:`.rowsecurity`); it answers each actor for
    himself alone, and lists nothing to the system's own actors, who see everything.
    """

    matter_id = models.UUIDField(primary_key=True)
    relation = models.CharField(max_length=20, choices=Relation)
    since = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "access_sight"


class Receipt(models.Model):
    """What opens one matter to whoever holds its words. Only keyed hashes are kept: of the
    words, and of the address first given, the only one to which it may be sent again.

    Row security shows the row to whoever presents the words (their hash must stand in the
    transaction's ``evenhand.receipt``) and to those who deal with the matter.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=24)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    address_hash = models.BinaryField(max_length=32, null=True)
    matter_id = models.UUIDField()
    holder_id = models.UUIDField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter_id", "holder_id"],
                condition=models.Q(revoked_at=None),
                name="one_receipt_in_force",
            )
        ]


class Reading(models.Model):
    """That somebody opened a matter: shown to its petitioner and to the audit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter_id = models.UUIDField(db_index=True)
    reader_id = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=60)
    at = models.DateTimeField()


class Denial(models.Model):
    """That somebody was refused; written outside the refused request's transaction."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    actor_id = models.UUIDField()
    path = models.CharField(max_length=300)
    at = models.DateTimeField()


class Draft(models.Model):
    """What somebody has begun to write: theirs alone, kept until it expires or is wiped."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField(db_index=True)
    key = models.CharField(max_length=120)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "key"], name="one_draft_each"),
            models.CheckConstraint(
                name="a_draft_is_somebodys", condition=~models.Q(owner_id=PUBLIC)
            ),
        ]


class Idempotency(models.Model):
    """That a request with this key was served already, and what came of it.

    No receipt stands here: its words are derived again from the key (:mod:`.receipts`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    key_hash = models.BinaryField(max_length=32)
    request_digest = models.BinaryField(max_length=32)
    matter_id = models.UUIDField()
    reference = models.CharField(max_length=24)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_id", "key_hash"], name="served_once")]


class Throttle(models.Model):
    """One bucket of attempts: each pours a little in, it leaks evenly (:mod:`.throttle`).

    ``bucket`` is a keyed hash: the table does not tell who tried what from where.
    """

    bucket = models.BinaryField(primary_key=True, max_length=32)
    empty_at = models.DateTimeField(db_index=True)
