"""Posted forms with files."""

import asyncio

import httpx
import pytest

from ganger.errors import BadRequest, PayloadTooLarge, UnsupportedMediaType
from ganger.http import FORM
from ganger.multipart import PostedFile, parse_multipart, read_posted
from tests.unit.ganger.factories import make_request

TYPE = "multipart/form-data; boundary=line"


def part(head: str, content: bytes = b"") -> bytes:
    return b"--line\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + content + b"\r\n"


def parsed(*parts: bytes, end: bytes = b"--line--\r\n"):
    return parse_multipart(b"".join(parts) + end, TYPE)


def test_fields_and_files_are_told_apart():
    posted = parsed(part('name="a"', "é".encode()), part('name="f"; filename="x.bin"', b"\x00\r\n--lin\r\n"))
    assert posted.fields == {"a": "é"}
    assert posted.files == (PostedFile("f", "x.bin", b"\x00\r\n--lin\r\n"),)


def test_a_client_of_another_make_is_understood():
    sent = httpx.Request(
        "POST", "http://x", data={"a": "1"}, files=[("f", ('b "c".txt', b"one")), ("f", ("d.txt", b""))]
    )
    posted = parse_multipart(sent.read(), sent.headers["content-type"])
    assert posted.fields == {"a": "1"}
    assert [(file.name, file.content) for file in posted.files] == [('b "c".txt', b"one"), ("d.txt", b"")]


def test_a_file_control_in_which_nothing_was_chosen_brings_no_file():
    assert parsed(part('name="f"; filename=""')).files == ()


def test_a_form_without_parts_is_empty():
    assert parsed().fields == {}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"--line", b"--lineX\r\n", b"--other--\r\n", part('name="a"'),
        b"x" + part('name="a"') + b"--line--",
        part("") + b"--line--", b"--line\r\nContent-Type: text/plain\r\n\r\nx\r\n--line--",
        part('name="a"', b"\xff") + b"--line--", part('name="a"' + "x" * 5000) + b"--line--",
        part('name="a"') * 501 + b"--line--",
    ],
)  # fmt: skip
def test_what_is_not_well_formed_is_refused(body):
    with pytest.raises(BadRequest):
        parse_multipart(body, TYPE)


def test_a_form_that_does_not_say_its_boundary_is_refused():
    with pytest.raises(BadRequest):
        parse_multipart(part('name="a"') + b"--line--", "multipart/form-data")


def posted_as(content_type: str, body: bytes, limit: int = 1000):
    request = make_request("POST", body=body, headers={"content-type": content_type})
    return asyncio.run(read_posted(request, limit))


def test_both_kinds_of_form_are_read_and_no_other():
    assert posted_as(FORM, b"a=1").fields == {"a": "1"}
    assert posted_as(TYPE, part('name="a"', b"1") + b"--line--").fields == {"a": "1"}
    with pytest.raises(UnsupportedMediaType):
        posted_as("text/plain", b"a=1")


def test_a_body_beyond_the_routes_limit_is_refused():
    with pytest.raises(PayloadTooLarge):
        posted_as(TYPE, part('name="a"', b"1" * 1000) + b"--line--")
