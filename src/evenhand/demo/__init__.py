"""An invented county, played through the real actions."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SignIn:
    """Somebody whom a visitor of the demo may sign in as; ``does`` says what he can try."""

    email: str
    password: str
    does: str


def sign_ins() -> Sequence[SignIn]:
    """The demo's sign-ins, in the order in which to try them."""
    return ()
