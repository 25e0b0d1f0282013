"""What a scanned code says: the product, and by GS1 also lot and expiry date."""

import calendar
from datetime import date

from app_workers.inventory.domain.barcodes import has_valid_check_digit, normalise_barcode
from app_workers.inventory.models.scanning import Parsed

MAX_CODE = 80
# The separator between elements; browsers let nobody type it, so pages write its picture instead.
SEPARATORS = ("\x1d", "\N{SYMBOL FOR GROUP SEPARATOR}")
_SYMBOLOGIES = ("]d2", "]C1", "]Q3")
# Application identifiers whose elements have a fixed length; every other one goes to the next separator.
# Source: GS1 General Specifications, "Element strings with predefined length".
_FIXED = {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
_PRODUCT, _LOT, _EXPIRY, _LONGEST_LOT = "01", "10", "17", 20


def parse_scan(text: str) -> Parsed:
    """The normalised product code of a scan, with the lot and the expiry date that a GS1 code names."""
    code = text.strip()
    for separator in SEPARATORS[1:]:
        code = code.replace(separator, SEPARATORS[0])
    for prefix in _SYMBOLOGIES:
        code = code.removeprefix(prefix)
    code = code.lstrip(SEPARATORS[0])
    product = code[len(_PRODUCT) : len(_PRODUCT) + _FIXED[_PRODUCT]]
    is_gs1 = code.startswith(_PRODUCT) and len(product) == _FIXED[_PRODUCT] and _is_digits(product)
    if not is_gs1 or not has_valid_check_digit(product):
        return Parsed(barcode=normalise_barcode(code.replace(SEPARATORS[0], "")))
    elements = _elements(code[len(_PRODUCT) + len(product) :])
    lot = elements.get(_LOT, "").strip().upper()[:_LONGEST_LOT]
    return Parsed(barcode=product, lot_number=lot or None, expires_on=_expiry(elements.get(_EXPIRY, "")))


def _elements(text: str) -> dict[str, str]:
    """The elements after the product code; of an identifier that stands twice, the first holds."""
    found: dict[str, str] = {}
    while len(text) > 2:
        identifier, rest = text[:2], text[2:]
        if identifier in _FIXED:
            value, text = rest[: _FIXED[identifier]], rest[_FIXED[identifier] :].lstrip(SEPARATORS[0])
        else:
            value, _, text = rest.partition(SEPARATORS[0])
        found.setdefault(identifier, value)
    return found


def _expiry(text: str) -> date | None:
    """The date of six digits YYMMDD; day 00 is the last of the month. What is no date is none."""
    if len(text) != _FIXED[_EXPIRY] or not _is_digits(text):
        return None
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
