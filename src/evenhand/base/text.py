"""Text that came from outside, made safe to keep."""

import unicodedata

_KEPT_CONTROLS = {"\n", "\t"}


class UnreadableText(ValueError):
    """Bytes that are not UTF-8, or a NUL, which PostgreSQL cannot keep."""


def clean(value: str) -> str:
    """NFC, Unix line ends, no control or lone surrogate characters, no outer white space."""
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in value if c in _KEPT_CONTROLS or not _is_control(c)).strip()


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}


def decode(raw: bytes) -> str:
    """UTF-8 with or without a byte-order mark.

    Raises :class:`UnreadableText` that names the first offending byte.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableText(
            f"not UTF-8 at byte {error.start} (0x{raw[error.start]:02x}); save the file as UTF-8"
        ) from None
