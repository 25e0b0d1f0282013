"""Small files of every kind, made as they are needed: nothing in them is of anybody."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile, ZipInfo


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A file, and the number of the request that it is of."""

    request_number: int
    name: str
    content: bytes


def files() -> list[DemoFile]:
    """Twelve files."""
    return [
        DemoFile(1, "steps so far.docx", _office("word/document.xml")),
        DemoFile(4, "waiting times.xlsx", _office("xl/workbook.xml")),
        DemoFile(5, "desk rota.csv", b"day,desk\r\nMonday,1\r\nTuesday,2\r\n"),
        DemoFile(10, "hotel receipt.pdf", _pdf("Demo hotel, 1 night, $180.00")),
        DemoFile(13, "screen.png", _png(64, 40, (40, 90, 200))),
        DemoFile(14, "water stain.png", _png(80, 60, (190, 170, 130))),
        DemoFile(14, "where it is.txt", b"Ceiling above room 3, beside the window.\n"),
        DemoFile(21, "paper and parking.pdf", _pdf("Demo receipt, $61.49")),
        DemoFile(27, "error.png", _png(64, 40, (200, 60, 60))),
        DemoFile(32, "course fee.png", _png(60, 90, (240, 240, 235))),
        DemoFile(33, "agenda.pdf", _pdf("Demo agenda")),
        DemoFile(38, "door.png", _png(48, 64, (120, 120, 120))),
    ]


def _png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour (PNG, third edition)."""
    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pdf(line: str) -> bytes:
    """A page with one line (PDF 1.4)."""
    drawn = f"BT /F1 14 Tf 40 90 Td ({line}) Tj ET".encode()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 320 140]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
    )
    document, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(document))
        document += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return document + end % (len(parts) + 1, table, len(parts) + 1, len(document))


def _office(main_part: str) -> bytes:
    """An empty office document: the same bytes each time, so with no date of its own."""
    content = BytesIO()
    with ZipFile(content, "w") as package:
        for name in ("[Content_Types].xml", main_part):
            package.writestr(ZipInfo(name), '<?xml version="1.0"?><demo/>')
    return content.getvalue()
