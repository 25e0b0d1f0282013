"""What kind of file was uploaded, told by its bytes and not by what the browser says of it."""

import re
from io import BytesIO
from urllib.parse import quote

from ganger.errors import UnsupportedMediaType

# Media type -> the bytes at given offsets that every file of the type has.
_SIGNATURES: dict[str, tuple[tuple[int, bytes], ...]] = {
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"), (12, b"IHDR")),
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/webp": ((0, b"RIFF"), (8, b"WEBP")),
    "application/pdf": ((0, b"%PDF-"),),
}
_GIFS = (b"GIF87a", b"GIF89a")
_SNIFFED_TYPES = frozenset({*_SIGNATURES, "image/gif"})
SNIFFED_BYTES = 16  # as many of the first bytes tell every type


def media_type_of(head: bytes) -> str | None:
    """The media type of a file that begins like this; None if it is none that the platform takes.

    Args:
        head: at least the first SNIFFED_BYTES bytes, or the whole of a shorter file.
    """
    if head.startswith(_GIFS):
        return "image/gif"
    for media_type, marks in _SIGNATURES.items():
        if all(head[offset : offset + len(mark)] == mark for offset, mark in marks):
            return media_type
    return None


def checked_media_type(head: bytes, declared: str, accepted: frozenset[str]) -> str:
    """The media type of an upload, when content, declaration and what the route takes agree.

    Args:
        declared: the upload's Content-Type, perhaps with parameters.
        accepted: the media types that the route takes.
    Raises:
        UnsupportedMediaType: they do not agree.
    """
    found = media_type_of(head)
    if found is None or found not in accepted:
        raise UnsupportedMediaType("This kind of file is not taken here.", accepted=sorted(accepted))
    if declared.partition(";")[0].strip().lower() != found:
        raise UnsupportedMediaType("The file is not of the kind that it was sent as.", found=found)
    return found


# Ending of a file's name -> the media type that its content then has.
ENDINGS = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "csv": "text/csv",
}
MAX_NAME = 120
# The file in the container that each kind of office document has (ECMA-376, part 2).
_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MAX_PARTS = 2000
# The stream that each older kind has, as the directory of the compound file names it (MS-CFB, 2.6).
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book")}
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_PLAIN = re.compile(r"[^A-Za-z0-9._ -]")


def document_type_of(name: str, content: bytes) -> str | None:
    """The media type of a file whose content is what its name says; None if the platform does not take it.

    Besides images and PDF these are office documents without macros and plain text.
    """
    ending = name.rpartition(".")[2].lower()
    expected = ENDINGS.get(ending)
    if expected is None or not content:
        return None
    sniffed = media_type_of(content[:SNIFFED_BYTES])
    if sniffed is not None or expected in _SNIFFED_TYPES:
        return expected if sniffed == expected else None
    if ending in _MAIN_PARTS:
        return expected if _is_package(content, _MAIN_PARTS[ending]) else None
    if ending in _STREAMS:
        names = (stream.encode("utf-16-le") for stream in _STREAMS[ending])
        is_one = content.startswith(_COMPOUND) and any(each in content for each in names)
        return expected if is_one else None
    return expected if not _NO_TEXT.search(content) else None


def file_name_of(text: str) -> str:
    """The name under which an upload is kept: one line, no folder, at most MAX_NAME characters."""
    name = re.split(r"[/\\]", text)[-1]
    printable = "".join(character for character in name if character.isprintable()).strip(" .")
    stem, dot, ending = printable.rpartition(".")
    return f"{stem[: MAX_NAME - len(ending) - 1]}{dot}{ending}"[:MAX_NAME] or "file"


def as_attachment(name: str) -> str:
    """The Content-Disposition by which a browser saves the file under this name (RFC 6266)."""
    plain = _PLAIN.sub("_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _is_package(content: bytes, main_part: str) -> bool:
    # Imported here: only few requests bring such a file.
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(content)) as package:
            names = package.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return False
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return main_part in names and not has_macros and len(names) <= _MAX_PARTS
