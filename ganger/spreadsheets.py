"""Tables for spreadsheet programs, as CSV (RFC 4180) that none of them takes for formulas."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

CSV = "text/csv; charset=utf-8"
_BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows that it is UTF-8
# A cell that begins like this is run as a formula by Excel and others (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> str:
    """The file's text. A text that a program would run as a formula gets an apostrophe before it."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return _BYTE_ORDER_MARK + text.getvalue()


def _harmless(cell: str | int | None) -> str | int | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
