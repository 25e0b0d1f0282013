"""What kind of file an upload is."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from ganger.errors import UnsupportedMediaType
from ganger.uploads import (
    ENDINGS,
    MAX_NAME,
    SNIFFED_BYTES,
    as_attachment,
    checked_media_type,
    document_type_of,
    file_name_of,
    media_type_of,
)

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


def package(*names: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return content.getvalue()


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64)


FILES = {
    "a.jpg": HEADS["image/jpeg"],
    "a.JPEG": HEADS["image/jpeg"],
    "a.png": HEADS["image/png"],
    "a.gif": HEADS["image/gif"],
    "a.webp": HEADS["image/webp"],
    "a.pdf": HEADS["application/pdf"],
    "a.docx": package("[Content_Types].xml", "word/document.xml"),
    "a.xlsx": package("[Content_Types].xml", "xl/workbook.xml"),
    "a.doc": compound("WordDocument"),
    "a.xls": compound("Workbook"),
    "a.txt": "Grüße\r\n".encode(),
    "a.csv": b"a,b\n1,2\n",
}


@pytest.mark.parametrize("name", FILES)
def test_each_document_is_told_by_name_and_content(name):
    assert document_type_of(name, FILES[name]) == ENDINGS[name.rpartition(".")[2].lower()]


@pytest.mark.parametrize("name", FILES)
def test_a_document_under_another_name_is_not_taken(name):
    own = ENDINGS[name.rpartition(".")[2].lower()]
    texts = {"text/plain", "text/csv"}
    for ending, media_type in ENDINGS.items():
        if media_type != own and not {own, media_type} <= texts:
            assert document_type_of(f"a.{ending}", FILES[name]) is None, ending
    assert document_type_of("a.html", FILES[name]) is None
    assert document_type_of("a", FILES[name]) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b""),
        ("a.txt", b"MZ\x90\x00"),
        ("a.docx", b"PK\x03\x04 and no more"),
        ("a.docx", package("word/document.xml", "word/vbaProject.bin")),
        ("a.xlsx", package("word/document.xml")),
        ("a.doc", compound("Workbook")),
        ("a.exe", b"MZ\x90\x00"),
    ],
)
def test_what_is_no_document_is_not_taken(name, content):
    assert document_type_of(name, content) is None


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("receipt.pdf", "receipt.pdf"),
        ("C:\\desk\\a.pdf", "a.pdf"),
        ("../../etc/a.pdf", "a.pdf"),
        ("a\r\nb\u202e.pdf", "ab.pdf"),
        ("...", "file"),
        ("x" * 200 + ".pdf", "x" * (MAX_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_is_one_short_line_without_a_folder(sent, kept):
    assert file_name_of(sent) == kept


def test_a_name_of_any_language_gets_into_a_header_and_breaks_out_of_none():
    header = as_attachment('Quittung "März"; x.pdf')
    assert header == (
        'attachment; filename="Quittung _M_rz__ x.pdf"; '
        "filename*=UTF-8''Quittung%20%22M%C3%A4rz%22%3B%20x.pdf"
    )
