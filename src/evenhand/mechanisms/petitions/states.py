"""The words of a petition: its stages, kinds, channels, results."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a petition stands, in words for the person who brought it."""

    RECEIVED = "received", _("Received")
    REGISTERED = "registered", _("Registered and sent to the unit in charge")
    HANDLING = "handling", _("Being handled")
    APPROVING = "approving", _("Answer written, being checked")
    STUDYING = "studying", _("Suggestion being studied")
    APPROVING_REPLY = "approving_reply", _("Reply written, being checked")
    ANSWERED = "answered", _("Answered, being delivered to you")
    REPLIED = "replied", _("Replied, being delivered to you")
    REDIRECTED = "redirected", _("Not for us: you are told where it belongs")
    SERVED = "served", _("Answer delivered; you may ask for a review")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn by you")


class Kind(TextChoices):
    """What the matter asks for. Reports on persons are not taken in here."""

    CLAIM = "claim", _("claim for a decision")
    SUGGESTION = "suggestion", _("suggestion")


class Channel(TextChoices):
    """How the matter reached the body."""

    WEB = "web", _("website")
    API = "api", _("another system")
    VISIT = "visit", _("visit")
    CALL = "call", _("telephone")
    LETTER = "letter", _("letter")
    IMPORT = "import", _("earlier register")


class Result(TextChoices):
    """What an answer says to the request (X22 art. 29 and 32)."""

    SUPPORTED = "supported", _("supported")
    EXPLAINED = "explained", _("reasonable, but without a basis in law: explained")
    NOT_SUPPORTED = "not_supported", _("not supported")
    ADOPTED = "adopted", _("adopted")
    PARTLY_ADOPTED = "partly_adopted", _("partly adopted")
    NOT_ADOPTED = "not_adopted", _("not adopted, with reasons")


RESULTS = {
    Kind.CLAIM: (Result.SUPPORTED, Result.EXPLAINED, Result.NOT_SUPPORTED),
    Kind.SUGGESTION: (Result.ADOPTED, Result.PARTLY_ADOPTED, Result.NOT_ADOPTED),
}


class DocumentKind(TextChoices):
    """What the body puts in writing."""

    ACCEPTANCE = "acceptance", _("notice of acceptance")
    OPINION = "opinion", _("written opinion")
    REPLY = "reply", _("reply to a suggestion")
    REDIRECTION = "redirection", _("notice of where the matter belongs")


#: Of these a case has at most one: they end it.
CLOSING = (DocumentKind.OPINION, DocumentKind.REPLY, DocumentKind.REDIRECTION)


class Manner(TextChoices):
    """How a document was served."""

    IN_PERSON = "in_person", _("handed over in person")
    POST = "post", _("by post, with proof of delivery")
    ELECTRONIC = "electronic", _("electronically, as the petitioner agreed")
    LEFT = "left", _("left at the address before witnesses")
    NOTICE = "notice", _("by public notice")
