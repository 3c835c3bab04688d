"""The kinds of files that are taken in. What is not here is refused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """``extensions`` are those that a name may carry; one without gets the first.

    ``seen_as`` are the extensions under which puremagic knows the kind's content; none for
    what it cannot tell apart.
    """

    media_type: str
    extensions: tuple[str, ...]
    seen_as: frozenset[str] = frozenset()


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"

PDF = Kind("application/pdf", (".pdf",), frozenset({".pdf"}))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), frozenset({".jpg"}))
PNG = Kind("image/png", (".png",), frozenset({".png"}))
WEBP = Kind("image/webp", (".webp",), frozenset({".webp"}))
HEIC = Kind("image/heic", (".heic", ".heif"), frozenset({".heic", ".heif"}))
TEXT = Kind("text/plain", (".txt", ".md", ".csv", ".log"))
DOCX = Kind(f"{_OFFICE}.wordprocessingml.document", (".docx",))
XLSX = Kind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
PPTX = Kind(f"{_OFFICE}.presentationml.presentation", (".pptx",))
ODT = Kind(f"{_OPEN_DOCUMENT}.text", (".odt",))
ODS = Kind(f"{_OPEN_DOCUMENT}.spreadsheet", (".ods",))
MP3 = Kind("audio/mpeg", (".mp3",), frozenset({".mp3", ".mpga"}))
M4A = Kind("audio/mp4", (".m4a",), frozenset({".m4a"}))
WAV = Kind("audio/wav", (".wav",), frozenset({".wav"}))
AMR = Kind("audio/amr", (".amr",), frozenset({".amr"}))
MP4 = Kind("video/mp4", (".mp4", ".m4v"), frozenset({".mp4", ".m4v"}))
MOV = Kind("video/quicktime", (".mov",), frozenset({".mov"}))
THREE_GP = Kind("video/3gpp", (".3gp",), frozenset({".3gp", ".3ga"}))

KINDS = (
    *(PDF, JPEG, PNG, WEBP, HEIC, TEXT),
    *(DOCX, XLSX, PPTX, ODT, ODS),
    *(MP3, M4A, WAV, AMR, MP4, MOV, THREE_GP),
)
EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)
_BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}


def of(media_type: str) -> Kind:
    """The kind that a stored file was found to be."""
    return _BY_MEDIA_TYPE[media_type]
