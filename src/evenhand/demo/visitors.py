"""As whom a visitor of the demo may sign in, and whose receipts he may follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.kernel.access import receipts
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Account
from evenhand.kernel.cases.models import Party
from evenhand.kernel.organisation.models import Person

#: One for all, and no secret: the demo is bound to this machine and holds nobody's matters.
PASSWORD = "plum-branch-in-snow"
#: From which the words of the demo's receipts are made again, to be shown.
RECEIPT_SEED = b"the receipts that the demo shows"


@dataclass(frozen=True)
class SignIn:
    """Somebody whom a visitor of the demo may sign in as; ``does`` says what he can try."""

    email: str
    password: str
    does: str
    post: str


@dataclass(frozen=True)
class Citizen:
    """Somebody who brought a matter; ``story`` is where it goes."""

    email: str
    story: str
    does: str


@dataclass(frozen=True)
class DemoReceipt:
    """What a citizen of the demo holds; ``words`` in the language of the matter."""

    reference: str
    words: str
    does: str


SIGN_INS = tuple(
    SignIn(f"{name}@nanzhi.example", PASSWORD, does, post)
    for name, post, does in (
        ("registrar", "petition_office.registrar1", "registers what comes in, records visitors"),
        ("desk", "housing.desk", "takes matters in for the Housing Bureau, names who handles them"),
        ("handler", "housing.handler1", "handles matters of the Housing Bureau, writes answers"),
        ("head", "housing.head", "leads the Housing Bureau: approves, extends, returns"),
        ("governor", "county.head", "leads the county: is told of what ran late, may step in"),
        ("auditor", "county.auditor", "reads everything for the audit, changes nothing"),
    )
)
POSTS_OF_SIGN_INS = {sign_in.post: sign_in.email for sign_in in SIGN_INS}
CITIZENS = (
    Citizen("citizen1@nanzhi.example", "handling_written", "being handled, with messages"),
    Citizen("citizen2@nanzhi.example", "served", "answered: the time to ask for a review runs"),
    Citizen("citizen3@nanzhi.example", "received", "just brought"),
)


def sign_ins() -> Sequence[SignIn]:
    """The demo's sign-ins, in the order in which to try them."""
    return SIGN_INS


def open_accounts() -> None:
    """An account for each sign-in, with the printed password and no second factor."""
    people = {p.email: p for p in Person.objects.filter(email__in=POSTS_OF_SIGN_INS.values())}
    for sign_in in SIGN_INS:
        Account.objects.create_account(
            person=people[sign_in.email], email=sign_in.email, password=sign_in.password
        )


def receipts_to_follow(at: datetime) -> Sequence[DemoReceipt]:
    """The receipts of the demo's citizens, their words made anew; none before the filling."""
    does = {citizen.email: citizen.does for citizen in CITIZENS}
    with acting(CLOCK, at):
        parties = list(
            Party.objects.filter(email__in=does).select_related("case").order_by("email")
        )
    return [_receipt(party, does[party.email]) for party in parties]


def _receipt(party: Party, does: str) -> DemoReceipt:
    issued = receipts.again(reference=party.case.reference, seed=RECEIPT_SEED)
    return DemoReceipt(issued.reference, issued.words(party.language), does)
