"""``evenhand accounts``: open and close accounts, list them."""

from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Exists, OuterRef
from django.utils import timezone

from evenhand.base.clock import now
from evenhand.kernel.access import accounts, links
from evenhand.kernel.access.actor import OPERATOR
from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.models import Person

_OPEN_HELP = """\
Open an account for somebody on the staff, or open a closed one again.

The worker mails a link with which they choose a password. With --print-link it is written
here as well: hand it over yourself, whoever has it has the account.

exit codes: 0 opened, 1 refused (the reason is on standard error), 2 called wrongly
"""
_CLOSE_HELP = """\
Close somebody's account: sessions, password and second factor end at once.

Terms of office end with 'organisation' and open work is handed over before; this only shuts
the door.

exit codes: 0 closed (or closed before), 1 no such account, 2 called wrongly
"""


class Command(BaseCommand):
    help = "Open, close and list accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="open|close|list")
        opening = _add(actions, "open", "open an account", _OPEN_HELP)
        opening.add_argument("staff_number", metavar="STAFF_NUMBER")
        opening.add_argument("email", metavar="EMAIL")
        opening.add_argument("--print-link", action="store_true", help="write the link as well")
        closing = _add(actions, "close", "close an account", _CLOSE_HELP)
        closing.add_argument("staff_number", metavar="STAFF_NUMBER")
        _add(actions, "list", "list all accounts", "List all accounts, by staff number.")

    def handle(self, *_args: Any, **options: Any) -> None:
        does: Mapping[str, Callable[..., None]] = {
            "open": self._open,
            "close": self._close,
            "list": self._list,
        }
        does[options["action"]](options)

    def _open(self, options: Mapping[str, Any]) -> None:
        person = Person.objects.filter(staff_number=options["staff_number"]).first()
        if person is None:
            raise CommandError(f"nobody has the staff number {options['staff_number']}")
        try:
            account = accounts.open_account(
                person=person, email=options["email"], by=OPERATOR, at=now()
            )
        except accounts.AccountProblem as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"opened for {person}; a link is mailed to {account.email}")
        if options["print_link"]:
            self.stdout.write(links.password_link(account))

    def _close(self, options: Mapping[str, Any]) -> None:
        found = Account.objects.select_related("person")
        account = found.filter(person__staff_number=options["staff_number"]).first()
        if account is None:
            raise CommandError(f"no account for the staff number {options['staff_number']}")
        accounts.close_account(account=account, by=OPERATOR, at=now())
        self.stdout.write(f"closed for {account.person}")

    def _list(self, _options: Mapping[str, Any]) -> None:
        app = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        rows = Account.objects.select_related("person").annotate(second_factor=Exists(app))
        for account in rows.order_by("person__staff_number"):
            self.stdout.write("\t".join(_row(account)))


def _add(actions: Any, name: str, brief: str, description: str) -> CommandParser:
    parser: CommandParser = actions.add_parser(
        name,
        help=brief,
        description=description,
        formatter_class=RawDescriptionHelpFormatter,
    )
    return parser


def _row(account: Account) -> tuple[str, ...]:
    last = timezone.localtime(account.last_login) if account.last_login else None
    return (
        account.person.staff_number,
        str(account.person),
        account.email,
        _state(account),
        "second factor" if account.second_factor else "password only",  # type: ignore[attr-defined]
        last.isoformat(sep=" ", timespec="minutes") if last else "never signed in",
    )


def _state(account: Account) -> str:
    if not account.is_active:
        return "closed"
    return "open" if account.has_usable_password() else "invited"
