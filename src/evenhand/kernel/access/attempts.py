"""How often a password, a code or a link may be tried, and from where.

A browser from which an account was signed in to before is known to that account by a cookie,
and has a count of its own. So whoever guesses at somebody's password from elsewhere wears out
his own count, and at the worst that of strangers, but never locks the person out: a browser
that is not yet known becomes known by the link that is sent by mail.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import ngettext

from .throttle import Bucket, Limit, bucket

KNOWN_BROWSER = "evenhand_known"
_KNOWN_FOR = timedelta(days=180)
#: An IPv6 network of this length is one household or office, which may use any address in it.
_IPV6_NETWORK = 64


@dataclass(frozen=True, kw_only=True)
class Limits:
    """``known``: from a browser known to the account. From any other, all that follow apply:
    ``here``: at one account from one network address; ``address``: from one network address
    at whatever account; ``anywhere``: at one account from all addresses together."""

    known: Limit
    here: Limit
    address: Limit
    anywhere: Limit


PASSWORD = Limits(
    known=Limit(10, timedelta(minutes=15)),
    here=Limit(5, timedelta(minutes=5)),
    address=Limit(60, timedelta(minutes=10)),
    anywhere=Limit(100, timedelta(hours=1)),
)
#: Codes have six digits only; whoever types one has the password already.
CODE = Limits(
    known=Limit(10, timedelta(minutes=15)),
    here=Limit(5, timedelta(minutes=5)),
    address=Limit(60, timedelta(minutes=10)),
    anywhere=Limit(30, timedelta(days=1)),
)
#: Each one sends a mail.
LINK = Limits(
    known=Limit(5, timedelta(minutes=15)),
    here=Limit(3, timedelta(minutes=15)),
    address=Limit(20, timedelta(minutes=10)),
    anywhere=Limit(20, timedelta(hours=1)),
)
#: By somebody who is signed in, and shows again that it is he.
AGAIN = Limit(10, timedelta(minutes=15))


def buckets(limits: Limits, tried: str, request: HttpRequest, email: str) -> Sequence[Bucket]:
    """What an attempt at ``tried`` counts towards.

    The same whether or not there is an account with this address.
    """
    account = normalised(email)
    if nonce := _known_browser(request, account):
        return [bucket(limits.known, tried, "known", nonce)]
    address = network_address(request)
    return [
        bucket(limits.here, tried, "here", address, account),
        bucket(limits.address, tried, "address", address),
        bucket(limits.anywhere, tried, "anywhere", account),
    ]


def normalised(email: str) -> str:
    """The address as accounts are looked up by it."""
    return email.strip().lower()


def network_address(request: HttpRequest) -> str:
    """Where the request comes from: an IPv4 address, or an IPv6 network."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _IPV6_NETWORK), strict=False))
    return str(address)


def remember_browser(response: HttpResponseBase, email: str) -> None:
    """Make the browser known to the account; the cookie does not tell to which one."""
    nonce = token_urlsafe(16)
    response.set_cookie(
        KNOWN_BROWSER,
        f"{nonce}.{_seal(nonce, normalised(email))}",
        max_age=_KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known_browser(request: HttpRequest, account: str) -> str | None:
    nonce, _, seal = request.COOKIES.get(KNOWN_BROWSER, "").partition(".")
    return nonce if constant_time_compare(seal, _seal(nonce, account)) else None


def _seal(nonce: str, account: str) -> str:
    return salted_hmac("evenhand.known", f"{nonce}\x1f{account}", algorithm="sha256").hexdigest()


def wait_in_words(wait: timedelta) -> str:
    """``Wait a minute``; ``Wait 5 minutes``: rounded up, a sentence of its own."""
    minutes = -(-wait // timedelta(minutes=1))
    text = ngettext(
        "Too many attempts. Wait a minute, then try again.",
        "Too many attempts. Wait %(minutes)s minutes, then try again.",
        minutes,
    )
    return text % {"minutes": minutes}
