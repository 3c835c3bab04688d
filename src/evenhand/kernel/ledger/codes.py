"""The registry of ledger codes: each act's sentence, and whether the public may read it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Code:
    """``sentence`` is what a reader sees; ``{names}`` in it are filled from the arguments."""

    key: str
    sentence: str | Promise
    public: bool = False


class UnknownCode(KeyError):
    """A ledger code that nobody registered."""


_codes: dict[str, Code] = {}


def register(*codes: Code) -> None:
    """Add codes; a key already taken by another sentence raises ``ValueError``."""
    for code in codes:
        if _codes.setdefault(code.key, code) != code:
            raise ValueError(f"ledger code {code.key!r} is registered twice")


def get(key: str) -> Code:
    """Raises :class:`UnknownCode`."""
    try:
        return _codes[key]
    except KeyError:
        raise UnknownCode(f"ledger code {key!r} is not registered") from None


def every() -> tuple[Code, ...]:
    return tuple(_codes[key] for key in sorted(_codes))
