"""What is sent to the API of petitions, field by field."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from evenhand.web.api import PlainText

from ..public.forms import BODY_LENGTH, TITLE_LENGTH

Language = Literal["en", "zh-hans"]


class Given(BaseModel):
    """What is sent: exactly these fields, of exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ContactIn(Given):
    """How the person is reached; all of it may be left out. Without a name it is anonymous."""

    name: PlainText = Field(default="", max_length=120)
    email: PlainText = Field(default="", max_length=254, description="Told when something happens.")
    telephone: PlainText = Field(default="", max_length=40)
    address: PlainText = Field(
        default="", max_length=300, description="Needed for an answer by post."
    )


class PetitionIn(Given):
    """A matter in the person's own words."""

    title: PlainText = Field(min_length=1, max_length=TITLE_LENGTH)
    body: PlainText = Field(
        min_length=1, max_length=BODY_LENGTH, description="What happened, and what is asked for."
    )
    language: Language = Field(description="The person's: of the receipt, and of all answers.")
    kind: Literal["claim", "suggestion", "report"] = Field(
        default="claim",
        description="report, an accusation of a person, is refused; the answer says where it goes.",
    )
    contact: ContactIn | None = None


class ReceiptIn(Given):
    """What stands on a receipt."""

    reference: PlainText = Field(min_length=1, max_length=40)
    receipt: PlainText = Field(
        min_length=1, max_length=300, description="Its words, in either language, or its digits."
    )
