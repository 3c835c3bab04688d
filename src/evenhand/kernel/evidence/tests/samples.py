"""The smallest files of each kind, and files that pretend."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.kernel.evidence import kinds
from evenhand.kernel.evidence.kinds import Kind
from evenhand.kernel.evidence.limits import Upload

_OPENXML = '<Types><Override ContentType="application/vnd.{}.main+xml"/></Types>'
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40)


def archive(**entries: str) -> bytes:
    """A ZIP archive; ``__`` stands for a slash and ``types`` for the declaration."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in entries.items():
            path = "[Content_Types].xml" if name == "types" else name.replace("__", "/")
            file.writestr(path, content)
    return buffer.getvalue()


def openxml(what: str, **entries: str) -> bytes:
    return archive(types=_OPENXML.format(what), **entries)


WORD = "openxmlformats-officedocument.wordprocessingml.document"
SAMPLES: dict[str, tuple[bytes, Kind]] = {
    "pdf": (PDF, kinds.PDF),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + bytes(40), kinds.JPEG),
    "jpeg of a camera": (b"\xff\xd8\xff\xe1\0\x10Exif\0\0" + bytes(40), kinds.JPEG),
    "png": (PNG, kinds.PNG),
    "webp": (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(40), kinds.WEBP),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", kinds.HEIC),
    "heif": (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", kinds.HEIC),
    "text": ("河滨路停水三天。\n".encode(), kinds.TEXT),
    "text with a mark": ("\ufeff河滨路停水三天。\n".encode(), kinds.TEXT),
    "text of old Windows": ("河滨路停水三天。\n".encode("gb18030"), kinds.TEXT),
    "text in UTF-16": ("河滨路停水三天。\n".encode("utf-16"), kinds.TEXT),
    "text that begins as a mail": (b"From: the tenants of No. 5\n", kinds.TEXT),
    "docx": (openxml(WORD), kinds.DOCX),
    "xlsx": (openxml("openxmlformats-officedocument.spreadsheetml.sheet"), kinds.XLSX),
    "pptx": (openxml("openxmlformats-officedocument.presentationml.presentation"), kinds.PPTX),
    "odt": (archive(mimetype=kinds.ODT.media_type), kinds.ODT),
    "ods": (archive(mimetype=kinds.ODS.media_type), kinds.ODS),
    "mp3 with tags": (b"ID3\x03\0\0\0\0\0\x0a" + bytes(40), kinds.MP3),
    "mp3": (b"\xff\xfb\x90\x44" + bytes(400), kinds.MP3),
    "mp3 of low rate": (b"\xff\xf3\x90\x44" + bytes(400), kinds.MP3),
    "m4a": (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42", kinds.M4A),
    "wav": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), kinds.WAV),
    "amr": (b"#!AMR\n" + b"\x3c" * 40, kinds.AMR),
    "mp4": (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41", kinds.MP4),
    "mov": (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", kinds.MOV),
    "3gp": (b"\0\0\0\x18ftyp3gp4\0\0\0\0003gp4isom", kinds.THREE_GP),
}
REFUSED: dict[str, bytes] = {
    "nothing": b"",
    "a program": b"MZ\x90\0" + bytes(100),
    "a program of Linux": b"\x7fELF" + bytes(100),
    "a script": b"#!/bin/sh\nrm -rf ~\n",
    "a web page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a drawing with script": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "rich text": rb"{\rtf1\ansi{\object}}",
    "an old office document": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    "an archive": archive(photo="x"),
    "a damaged archive": openxml(WORD)[:-30],
    "a document with macros": openxml(WORD, word__vbaProject__bin="x").replace(
        b"vbaProject/bin", b"vbaProject.bin"
    ),
    "a macro document by its declaration": openxml("ms-word.document.macroEnabled"),
    "an archive of very many": openxml(WORD, **{f"n{n}": "" for n in range(5_001)}),
    "bytes": bytes(range(256)),
    "text with a bell": b"ding\x07dong",
}


def upload(content: bytes = PDF, name: str = "letter.pdf", **wrong: Any) -> Upload:
    """As the web hands it over; ``wrong`` overrides what the client said of it."""
    file = SimpleUploadedFile(name, content, content_type="application/x-from-the-client")
    for attribute, value in wrong.items():
        setattr(file, attribute, value)
    return file
