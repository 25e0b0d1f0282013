"""Posted forms with files (multipart/form-data, RFC 7578), read as a whole within a limit.

Standard library only. Browsers send names as UTF-8, with quotation marks and line ends percent-encoded
(HTML, 4.10.21.8).
"""

import re
from dataclasses import dataclass, field

from ganger.errors import BadRequest, UnsupportedMediaType
from ganger.http import FORM, Request

MULTIPART = "multipart/form-data"
_MAX_PARTS = 500
_MAX_HEAD = 4096
_BOUNDARY = re.compile(r'boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_DISPOSITION = re.compile(r"^content-disposition:\s*form-data\b(.*)$", re.IGNORECASE | re.MULTILINE)
_PARAMETER = re.compile(r';\s*(name|filename)="([^"\r\n]*)"', re.IGNORECASE)
_ESCAPED = {"%22": '"', "%0D": "\r", "%0A": "\n"}


@dataclass(frozen=True, slots=True)
class PostedFile:
    """A file as it was sent: nothing about it is to be believed."""

    field: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted form: its fields, of one given twice the last, and the files that were chosen."""

    fields: dict[str, str] = field(default_factory=dict)
    files: tuple[PostedFile, ...] = ()


async def read_posted(request: Request, limit: int) -> Posted:
    """The form that a request posts, with or without files.

    Args:
        limit: bytes of the whole body when it brings files.
    Raises:
        PayloadTooLarge: the body is larger.
        UnsupportedMediaType: it is no form.
        BadRequest: it is not well-formed.
    """
    if request.content_type == FORM:
        return Posted(await request.form())
    if request.content_type != MULTIPART:
        raise UnsupportedMediaType(f"Send the form with the content type {MULTIPART} or {FORM}.")
    return parse_multipart(await request.body(limit), request.headers["content-type"])


def parse_multipart(body: bytes, content_type: str) -> Posted:
    """The form in a body; a file control in which nothing was chosen brings no file.

    Raises:
        BadRequest: it is not well-formed.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise BadRequest("The form does not say how its parts are divided.")
    boundary = b"--" + (found[1] or found[2]).encode()
    fields: dict[str, str] = {}
    files: list[PostedFile] = []
    position = 0
    for _ in range(_MAX_PARTS):
        if not body.startswith(boundary, position):
            raise _malformed()
        position += len(boundary)
        if body.startswith(b"--", position):
            return Posted(fields, tuple(files))
        head_end = body.find(b"\r\n\r\n", position, position + _MAX_HEAD)
        end = body.find(b"\r\n" + boundary, head_end + 4)
        if head_end < 0 or end < 0:
            raise _malformed()
        name, file_name = _names(body[position:head_end])
        content = body[head_end + 4 : end]
        if file_name is None:
            fields[name] = _text(content)
        elif file_name or content:
            files.append(PostedFile(name, file_name, content))
        position = end + 2
    raise BadRequest("The form has too many parts.")


def _names(head: bytes) -> tuple[str, str | None]:
    """The control that a part is of, and the name of its file if it is one."""
    disposition = _DISPOSITION.search(_text(head).replace("\r\n", "\n"))
    parameters = dict(_PARAMETER.findall(disposition[1])) if disposition else {}
    if "name" not in parameters:
        raise _malformed()
    names = {key.lower(): _unescaped(value) for key, value in parameters.items()}
    return names["name"], names.get("filename")


def _unescaped(text: str) -> str:
    for escaped, character in _ESCAPED.items():
        text = text.replace(escaped, character)
    return text


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except ValueError as error:
        raise BadRequest("The form is not valid.") from error


def _malformed() -> BadRequest:
    return BadRequest("The form is not well-formed.")
