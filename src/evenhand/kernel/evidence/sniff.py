"""What a file is, judged by its bytes alone. What the client says is never asked.

Two judges: our own signatures must know the kind, and puremagic, where it knows anything,
must not contradict. Documents that are ZIP archives are opened as far as their declaration.
"""

import codecs
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

import puremagic

from . import kinds
from .kinds import Kind

CHUNK = 64 * 1024
_HEAD = 64
#: An archive of 10 MB can list 200,000 entries, which Python would hold in memory.
_MOST_ENTRIES = 5_000
_DECLARATION = 256 * 1024

_SIGNATURES = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"%PDF-\d", kinds.PDF),
        (rb"\xff\xd8\xff", kinds.JPEG),
        (rb"\x89PNG\r\n\x1a\n", kinds.PNG),
        (rb"RIFF.{4}WEBP", kinds.WEBP),
        (rb"RIFF.{4}WAVE", kinds.WAV),
        (rb".{4}ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)", kinds.HEIC),
        (rb".{4}ftyp(?:iso[m2-9]|mp4[12]|avc1|M4V |MSNV|dash)", kinds.MP4),
        (rb".{4}ftypqt  ", kinds.MOV),
        (rb".{4}ftypM4[AB] ", kinds.M4A),
        (rb".{4}ftyp3g[2p]", kinds.THREE_GP),
        (rb"ID3[\x02-\x04]", kinds.MP3),
        # Frame sync, MPEG layer III, a bit rate and a sampling rate that exist.
        (rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xeb]", kinds.MP3),
        (rb"#!AMR(?:-WB)?\n", kinds.AMR),
    )
)
_MICROSOFT = (
    (b"wordprocessingml.document.main+xml", kinds.DOCX),
    (b"spreadsheetml.sheet.main+xml", kinds.XLSX),
    (b"presentationml.presentation.main+xml", kinds.PPTX),
)
_MACROS = re.compile(r"vbaProject\.bin$|^Basic/|^Scripts/")
_BROKEN_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, OSError, RuntimeError, ValueError),
)
#: Text that a browser or a program would run or lay out is not plain text.
_NOT_PLAIN = frozenset(
    {
        *("text/html", "image/svg+xml", "application/xml", "text/x-python", "application/x-awk"),
        *("application/rtf", "application/postscript"),
    }
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def sniff(file: IO[bytes]) -> Kind | None:
    """The kind of ``file``, or None when it is none that is taken in.

    Reads in chunks of 64 KiB wherever the file stands, and leaves it at its beginning.
    """
    file.seek(0)
    head = file.read(_HEAD)
    kind = _kind(file, head)
    file.seek(0)
    return kind


def _kind(file: IO[bytes], head: bytes) -> Kind | None:
    seen = _puremagic(file) if head else []
    if head.startswith(b"PK\x03\x04"):
        return _document(file)
    kind = next((kind for pattern, kind in _SIGNATURES if pattern.match(head)), None)
    if kind is not None:
        extensions = {match.extension for match in seen}
        return kind if not extensions or kind.seen_as & extensions else None
    return kinds.TEXT if _is_plain_text(file, head, {match.mime_type for match in seen}) else None


def _puremagic(file: IO[bytes]) -> list[puremagic.PureMagicWithConfidence]:
    file.seek(0)
    try:
        return puremagic.magic_stream(file)
    except puremagic.PureError:
        return []


def _document(file: IO[bytes]) -> Kind | None:
    """An office document by its own declaration; None for other archives, and with macros."""
    if sum(chunk.count(b"PK\x01\x02") for chunk in _chunks(file)) > _MOST_ENTRIES:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            return None if any(map(_MACROS.search, names)) else _declared(archive, names)
    except _BROKEN_ARCHIVE:
        return None


def _declared(archive: zipfile.ZipFile, names: set[str]) -> Kind | None:
    if "mimetype" in names:
        declared = _beginning(archive, "mimetype").strip()
        return next((k for k in (kinds.ODT, kinds.ODS) if k.media_type.encode() == declared), None)
    if "[Content_Types].xml" in names:
        types = _beginning(archive, "[Content_Types].xml")
        return next((kind for mark, kind in _MICROSOFT if mark in types), None)
    return None


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(_DECLARATION)


def _is_plain_text(file: IO[bytes], head: bytes, seen: set[str]) -> bool:
    if not head or head.startswith(b"#!") or seen & _NOT_PLAIN:
        return False
    encodings = ("utf-16",) if head.startswith(_UTF_16) else ("utf-8", "gb18030")
    return any(_reads_as(file, encoding) for encoding in encodings)


def _reads_as(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(file):
            if _CONTROLS.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(CHUNK), b"")
