"""Why something is not published."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DisclosureRefused(Exception):
    """``reason`` says to a reader what to do instead."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def reasons(self) -> Sequence[str | Promise]:
        return [self.reason]


NOT_YOURS = _("Your part in the matter does not let you do this.")
NOTHING_TO_PUBLISH = _("There is no delivered answer in this matter that may be published.")
IN_REVIEW = _("It has been handed in already; wait for the review.")
YOUR_OWN = _("Somebody else than who proposed it must review it.")
DECIDED = _("It has been reviewed or returned already.")
NOT_PUBLIC = _("It is not published, or was withdrawn already.")
EMPTY = _("Leave a title and at least one part: there is nothing to publish otherwise.")
NO_REASON = _("Give the reason.")
