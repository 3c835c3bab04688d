"""What is written in a matter between its petitioner and the body, and their contact."""

import uuid
from datetime import datetime

from django.db import transaction

from evenhand.base.ids import uuid7
from evenhand.kernel.access.actor import acting
from evenhand.kernel.ledger.actions import enter

from .actions import CaseNotFound, locked
from .models import Message, Party

WRITTEN = "cases.written"
CONTACT = "cases.contact_corrected"


@transaction.atomic
def write(*, case: uuid.UUID, body: str, by: uuid.UUID, at: datetime) -> Message:
    """Add to a matter: its petitioner more information, the body a message to them.

    Raises :class:`~.actions.CaseNotFound`, also for the audit, which only reads.
    """
    with acting(by, at):
        row = locked(case)
        from_petitioner = Party.objects.filter(case=row, actor_id=by).exists()
        message = Message.objects.create(
            id=uuid7(at), case=row, author_id=by, from_petitioner=from_petitioner, body=body, at=at
        )
        arguments = {"message": str(message.id), "from_petitioner": from_petitioner, "body": body}
        enter(code=WRITTEN, at=at, matter=case, arguments=arguments)
    return message


@transaction.atomic
def correct_contact(
    *, case: uuid.UUID, by: uuid.UUID, at: datetime, email: str, telephone: str, address: str
) -> Party:
    """The petitioner's own correction. A lost receipt still goes to the address first given.

    Raises :class:`~.actions.CaseNotFound`.
    """
    with acting(by, at):
        try:
            party = Party.objects.select_for_update().get(case_id=case, actor_id=by)
        except Party.DoesNotExist:
            raise CaseNotFound(f"no case {case}") from None
        party.email, party.telephone, party.address = email, telephone, address
        party.save(update_fields=["email", "telephone", "address"])
        enter(code=CONTACT, at=at, matter=case, arguments={"party": str(party.id)})
    return party
