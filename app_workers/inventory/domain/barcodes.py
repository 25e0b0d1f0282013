"""Barcodes as they are compared: one spelling for each product code."""

_GTIN_LENGTHS = (8, 12, 13, 14)
_LONGEST_GTIN = 14


def check_digit(digits: str) -> int:
    """The digit that makes `digits` plus it a valid GS1 code.

    Args:
        digits: the code without its last digit.
    Source: GS1 General Specifications, "Check digit calculations" (weights 3 and 1 from the right).
    """
    weighted = (int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return -sum(weighted) % 10


def has_valid_check_digit(code: str) -> bool:
    """Whether a code of digits ends in its check digit."""
    return check_digit(code[:-1]) == int(code[-1])


def normalise_barcode(text: str) -> str:
    """The spelling under which a barcode is stored and looked up.

    Product codes of 8, 12, 13 or 14 digits are padded to 14, so that a UPC and the EAN that contains
    it are the same. Anything else keeps its characters, without spaces and hyphens, in upper case.
    """
    code = "".join(text.split()).replace("-", "").upper()
    is_digits = code.isascii() and code.isdigit()
    if is_digits and len(code) in _GTIN_LENGTHS and has_valid_check_digit(code):
        return code.zfill(_LONGEST_GTIN)
    return code
