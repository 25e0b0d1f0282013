"""What kind of file was uploaded, told by its first bytes and not by what the browser says of it."""

from ganger.errors import UnsupportedMediaType

# Media type -> the bytes at given offsets that every file of the type has.
_SIGNATURES: dict[str, tuple[tuple[int, bytes], ...]] = {
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"), (12, b"IHDR")),
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/webp": ((0, b"RIFF"), (8, b"WEBP")),
    "application/pdf": ((0, b"%PDF-"),),
}
_GIFS = (b"GIF87a", b"GIF89a")
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
