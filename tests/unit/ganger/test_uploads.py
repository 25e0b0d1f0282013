"""What kind of file an upload is."""

import pytest

from ganger.errors import UnsupportedMediaType
from ganger.uploads import SNIFFED_BYTES, checked_media_type, media_type_of

HEADS = {
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00",
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/gif": b"GIF89a\x01\x00",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "application/pdf": b"%PDF-1.7\n",
}
EVERYTHING = frozenset(HEADS)


@pytest.mark.parametrize("media_type", HEADS)
def test_each_type_is_told_by_its_first_bytes(media_type):
    assert media_type_of(HEADS[media_type]) == media_type
    assert media_type_of(HEADS[media_type][:SNIFFED_BYTES]) == media_type
    assert checked_media_type(HEADS[media_type], media_type.upper() + "; x=1", EVERYTHING) == media_type


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"<!doctype html><script>",
        b"MZ\x90\x00",
        b"PK\x03\x04",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dJUNK",
        b" %PDF-1.7",
    ],
)
def test_anything_else_is_not_taken_whatever_it_says_it_is(head):
    assert media_type_of(head) is None
    for media_type in HEADS:
        with pytest.raises(UnsupportedMediaType):
            checked_media_type(head, media_type, EVERYTHING)


def test_a_file_that_says_it_is_another_kind_is_refused():
    with pytest.raises(UnsupportedMediaType):
        checked_media_type(HEADS["application/pdf"], "image/png", EVERYTHING)


def test_a_kind_that_the_route_does_not_take_is_refused():
    with pytest.raises(UnsupportedMediaType):
        checked_media_type(HEADS["image/gif"], "image/gif", frozenset({"image/png"}))
