"""What is taken in, how much of it at once, and the sentences for what is not."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from .names import clean_name
from .sniff import sniff

Upload: TypeAlias = "UploadedFile[Any]"
"""A file as the web hands it over."""

MEGABYTE = 1024 * 1024
MOST_FILES = 10
MOST_BYTES = 10 * MEGABYTE
MOST_BYTES_TOGETHER = 30 * MEGABYTE
_FIGURES = {
    "files": MOST_FILES,
    "each": MOST_BYTES // MEGABYTE,
    "together": MOST_BYTES_TOGETHER // MEGABYTE,
}


class Reason(TextChoices):
    """Why a file is not taken; the label tells its owner what to do."""

    TOO_MANY = (
        "too_many",
        _("You chose more than %(files)d files. Choose at most %(files)d now; add others later."),
    )
    TOO_LARGE = (
        "too_large",
        _(
            "“%(name)s” is larger than %(each)d MB. Make it smaller or split it, and choose it"
            " again."
        ),
    )
    TOO_LARGE_TOGETHER = (
        "too_large_together",
        _(
            "Your files together are larger than %(together)d MB. Leave some out now and add them"
            " later."
        ),
    )
    EMPTY = "empty", _("“%(name)s” is empty. Choose the right file, or leave it out.")
    WRONG_KIND = (
        "wrong_kind",
        _(
            "“%(name)s” is not a kind of file that we can take, or it is damaged or locked with a"
            " password. Save it as PDF, as a picture or as plain text, and choose it again."
        ),
    )
    NOT_KEPT = (
        "not_kept",
        _(
            "“%(name)s” could not be kept, through a fault on our side. Please send everything"
            " again in a few minutes."
        ),
    )


class RefusedFile(Exception):
    """A file that is not taken in; then none of those that came with it is.

    ``name`` is empty when the refusal is about all of them together.
    """

    def __init__(self, name: str, reason: Reason) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return str(self.reason.label) % {"name": self.name, **_FIGURES}

    def __str__(self) -> str:
        return self.sentence


_LIMITS = _(
    "Up to %(files)d files, each of at most %(each)d MB and together at most %(together)d MB:"
    " PDF, pictures (JPEG, PNG, WebP, HEIC), Word, Excel, PowerPoint and OpenDocument files without"
    " macros, plain text, sound (MP3, M4A, WAV, AMR) and video (MP4, MOV, 3GP)."
)


def in_words() -> str:
    """The limits as a sentence for the page on which files are chosen."""
    return str(_LIMITS) % _FIGURES


#: :func:`in_words`, put into words when the page is written.
IN_WORDS = lazy(in_words, str)()


def check(uploads: Sequence[Upload]) -> None:
    """Raise :class:`RefusedFile` for the first upload that cannot be taken in."""
    if len(uploads) > MOST_FILES:
        raise RefusedFile("", Reason.TOO_MANY)
    for upload in uploads:
        _check_size(upload)
    if sum(upload.size or 0 for upload in uploads) > MOST_BYTES_TOGETHER:
        raise RefusedFile("", Reason.TOO_LARGE_TOGETHER)
    for upload in uploads:
        if upload.file is None or sniff(upload.file) is None:
            raise RefusedFile(clean_name(upload.name or ""), Reason.WRONG_KIND)


def _check_size(upload: Upload) -> None:
    if not upload.size:
        raise RefusedFile(clean_name(upload.name or ""), Reason.EMPTY)
    if upload.size > MOST_BYTES:
        raise RefusedFile(clean_name(upload.name or ""), Reason.TOO_LARGE)
