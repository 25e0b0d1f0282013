"""multipart/form-data as far as uploads of workers go."""

import re

_NAME = re.compile(rb'name="([^"]*)"')


def parts(content_type: str, body: bytes) -> dict[str, bytes]:
    """Name of each part -> its content."""
    boundary = b"--" + content_type.partition("boundary=")[2].encode()
    named: dict[str, bytes] = {}
    for part in body.split(boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        assert name is not None, head
        named[name[1].decode()] = content.removesuffix(b"\r\n")
    return named
