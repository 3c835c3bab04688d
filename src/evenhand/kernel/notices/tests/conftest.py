"""A real mail server on a free port, and people to be told something."""

import socket
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from pytest_django import Settings

from evenhand.base.ids import uuid7
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Involvement, Relation
from evenhand.kernel.notices.actions import notify
from evenhand.kernel.notices.models import Notice
from evenhand.kernel.organisation.tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
REFERENCE = "NZ-2026-7K3M-Q9TA"
ADDRESS = "li.lan@post.example"


class MailServer:
    """Takes mail, or answers with ``refusal`` to the recipient or to the text."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refusal = {"RCPT": "", "DATA": ""}
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.refusal["RCPT"] or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        if not self.refusal["DATA"]:
            assert isinstance(envelope.content, bytes)
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.refusal["DATA"] or "250 OK"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.controller.port
    settings.DEFAULT_FROM_EMAIL = "no-reply@nanzhi.example"
    server.controller.start()
    yield server
    server.controller.stop(no_assert=True)


@pytest.fixture(autouse=True)
def _templates(settings: Settings) -> None:
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder]}]
    settings.EVENHAND_BODY_NAME = {"en": "Nanzhi County", "zh-hans": "南枝县"}
    settings.EVENHAND_ADDRESS = "https://nanzhi.example"


@dataclass(frozen=True)
class Matter:
    id: uuid.UUID
    petitioner: uuid.UUID
    handler: uuid.UUID
    stranger: uuid.UUID


def make_matter(cast: Cast) -> Matter:
    matter = Matter(uuid7(AT), uuid7(AT), cast.wen.id, cast.qiao.id)
    involved = {Relation.PETITIONER: matter.petitioner, Relation.HANDLER: matter.handler}
    with acting(CLOCK, AT):
        for relation, person in involved.items():
            Involvement.objects.create(
                matter_id=matter.id, person_id=person, relation=relation, since=AT
            )
    return matter


@pytest.fixture
def matter(cast: Cast) -> Matter:
    return make_matter(cast)


def tell(matter: Matter, /, **different: Any) -> Notice:
    """The handler tells the petitioner that the matter was accepted."""
    told: dict[str, Any] = {
        "matter": matter.id,
        "recipient": matter.petitioner,
        "email": ADDRESS,
        "language": "en",
        "template": "told",
        "context": {"reference": REFERENCE, "date": date(2026, 5, 1)},
        "at": AT,
    }
    with acting(matter.handler, AT):
        return notify(**told | different)


def now_of(notice: Notice) -> Notice:
    """The notice as it stands in the database."""
    with acting(CLOCK, AT):
        return Notice.objects.get(id=notice.id)
