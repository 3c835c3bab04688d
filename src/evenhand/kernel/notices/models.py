"""Notices: what one person was told, and whether it reached him."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evenhand.base.ids import uuid7

LONGEST_ADDRESS = 254
#: What did not go out yet, and is looked at again at ``next_attempt_at``.
_WAITING = Q(next_attempt_at__isnull=False)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def inbox_of(self, recipient: uuid.UUID) -> "NoticeQuerySet":
        """What somebody was told, the latest first."""
        return self.filter(recipient_id=recipient).order_by("-created_at", "-id")

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def waiting(self) -> "NoticeQuerySet":
        """Still to be sent by mail."""
        return self.filter(_WAITING)


class Notice(models.Model):
    """One thing told to one person; by mail too when ``email`` is given.

    ``attempts`` counts how often sending was begun, and is what two workers compare before
    they act. ``failed_reason`` tells of the last attempt; with no next one it is final.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter_id = models.UUIDField(null=True)
    recipient_id = models.UUIDField()
    email = models.EmailField(_("e-mail address"), max_length=LONGEST_ADDRESS, blank=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    failed_reason = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_by_mail_has_an_address",
                condition=~Q(email="") | Q(sent_at=None, next_attempt_at=None),
            ),
            models.CheckConstraint(
                name="notice_sent_is_settled",
                condition=Q(sent_at=None) | Q(next_attempt_at=None, failed_reason=""),
            ),
            models.CheckConstraint(
                name="notice_read_after_created",
                condition=Q(read_at=None) | Q(read_at__gte=F("created_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["recipient_id", "-created_at"]),
            models.Index(fields=["matter_id"]),
            models.Index(fields=["next_attempt_at"], condition=_WAITING, name="notice_waiting"),
        ]

    def __str__(self) -> str:
        return self.subject
