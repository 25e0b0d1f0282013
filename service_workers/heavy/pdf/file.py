"""Sheets as a PDF 1.7 file: faces embedded once, the tree of tags, and no property but title and language."""

from io import BytesIO

import pydyf

from service_workers.heavy.pdf.faces import Face
from service_workers.heavy.pdf.sheets import BOLD, HEIGHT, REGULAR, WIDTH, Element, Sheets

_TO_UNICODE = """\
/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{blocks}
endcmap CMapName currentdict /CMap defineresource pop end end"""
_AT_ONCE = 100  # characters in one block of such a map
_SUBSET = "GANGER+"  # six letters and a plus say that a face is not whole


def pdf_of(sheets: Sheets, title: str, language: str) -> bytes:
    """The file; the same sheets always give the same bytes.

    Args:
        language: of all text, such as `en-US`.
    """
    sheets.close()
    pdf = pydyf.PDF()
    fonts = pydyf.Dictionary(
        {
            REGULAR: _font(pdf, sheets.faces.regular),
            BOLD: _font(pdf, sheets.faces.bold),
        }
    )
    pages = [_page(pdf, sheets, number, fonts) for number in range(len(sheets.pages))]
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(tree)
    references: dict[Element, bytes] = {}
    tree["K"] = pydyf.Array([_element(pdf, sheets.root, tree.reference, pages, references)])
    tree["ParentTree"] = _parents(pdf, sheets, references)
    tree["ParentTreeNextKey"] = len(pages)
    pdf.catalog.update(
        {
            "StructTreeRoot": tree.reference,
            "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
            "Lang": pydyf.String(language),
            "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
        }
    )
    pdf.info["Title"] = pydyf.String(title)
    written = BytesIO()
    pdf.write(written, identifier=True, compress=True)
    return written.getvalue()


def _page(pdf: pydyf.PDF, sheets: Sheets, number: int, fonts: pydyf.Dictionary) -> bytes:
    content = pydyf.Stream(list(sheets.pages[number].drawn), compress=True)
    pdf.add_object(content)
    page = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array([0, 0, WIDTH, HEIGHT]),
            "Contents": content.reference,
            "Resources": pydyf.Dictionary({"Font": fonts}),
            "StructParents": number,
            "Tabs": "/S",
        }
    )
    pdf.add_page(page)
    reference: bytes = page.reference
    return reference


def _element(
    pdf: pydyf.PDF, element: Element, parent: bytes, pages: list[bytes], references: dict[Element, bytes]
) -> bytes:
    """Add an element with all that it holds, and return its reference."""
    written = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{element.tag}", "P": parent})
    pdf.add_object(written)
    reference: bytes = written.reference
    references[element] = reference
    kids = pydyf.Array()
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(_element(pdf, kid, reference, pages, references))
        else:
            page, mark = kid
            kids.append(pydyf.Dictionary({"Type": "/MCR", "Pg": pages[page], "MCID": mark}))
    written["K"] = kids
    written.update(
        {
            name: pydyf.String(value) if name in ("Alt", "T", "ActualText") else value
            for name, value in element.attributes.items()
        }
    )
    return reference


def _parents(pdf: pydyf.PDF, sheets: Sheets, references: dict[Element, bytes]) -> bytes:
    """Page by page, which element each mark belongs to."""
    numbers = pydyf.Array()
    for number, sheet in enumerate(sheets.pages):
        owners = pydyf.Array([references[element] for element in sheet.marks])
        pdf.add_object(owners)
        numbers.extend([number, owners.reference])
    tree = pydyf.Dictionary({"Nums": numbers})
    pdf.add_object(tree)
    reference: bytes = tree.reference
    return reference


def _font(pdf: pydyf.PDF, face: Face) -> bytes:
    glyphs = _glyphs(pdf, face)
    characters = pydyf.Stream([_to_unicode(face)], compress=True)
    pdf.add_object(characters)
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{_SUBSET}{face.name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([glyphs]),
            "ToUnicode": characters.reference,
        }
    )
    pdf.add_object(font)
    reference: bytes = font.reference
    return reference


def _glyphs(pdf: pydyf.PDF, face: Face) -> bytes:
    """The font by glyph numbers, with its file and widths in thousandths of its size."""
    file = pydyf.Stream([face.packed], {"Length1": face.size, "Filter": "/FlateDecode"})
    pdf.add_object(file)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{_SUBSET}{face.name}",
            "Flags": 4,
            "FontBBox": pydyf.Array(face.box),
            "ItalicAngle": 0,
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": face.cap_height,
            "StemV": 80,
            "FontFile2": file.reference,
        }
    )
    pdf.add_object(descriptor)
    widths = pydyf.Array()
    for glyph, width in sorted(face.widths.items()):
        widths.extend([glyph, pydyf.Array([width])])
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": f"/{_SUBSET}{face.name}",
            "CIDSystemInfo": "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            "CIDToGIDMap": "/Identity",
            "DW": 500,
            "W": widths,
            "FontDescriptor": descriptor.reference,
        }
    )
    pdf.add_object(font)
    reference: bytes = font.reference
    return reference


def _to_unicode(face: Face) -> str:
    """Which character each glyph stands for, so that text can be searched, copied and read aloud."""
    pairs = sorted({glyph: code for code, (glyph, _) in sorted(face.glyphs.items(), reverse=True)}.items())
    blocks = []
    for start in range(0, len(pairs), _AT_ONCE):
        lines = "\n".join(f"<{glyph:04x}> <{code:04x}>" for glyph, code in pairs[start : start + _AT_ONCE])
        blocks.append(f"{min(_AT_ONCE, len(pairs) - start)} beginbfchar\n{lines}\nendbfchar")
    return _TO_UNICODE.format(blocks="\n".join(blocks))
