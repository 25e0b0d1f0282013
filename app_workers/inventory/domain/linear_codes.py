"""Codes of bars for labels, for scanners that read no QR codes: EAN-13 of product codes, Code 128 of others.

A code is a text of modules: 1 is dark, 0 is light. Quiet zones are up to whoever draws it.
"""

from itertools import cycle

from app_workers.inventory.domain.barcodes import has_valid_check_digit

MAX_CHARACTERS = 20  # more bars than that are too narrow on a label
_GTIN_LENGTH = 14

# EAN-13: each digit in the right half, and which places of the left half have even parity, by the first
# digit, which has no bars of its own. Source: ISO/IEC 15420.
_RIGHT = (
    "1110010", "1100110", "1101100", "1000010", "1011100",
    "1001110", "1010000", "1000100", "1001000", "1110100",
)  # fmt: skip
_EVEN = ("", "245", "235", "234", "145", "125", "123", "135", "134", "124")

# Code 128: widths of bars and spaces in turn, by value. Source: ISO/IEC 15417.
_WIDTHS = """
    212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132
    122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212
    322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311
    112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321
    331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
    112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212
    124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113
    411311 113141 114131 311141 411131 211412 211214 211232
""".split()  # noqa: SIM905 - a table is read by its rows
_STOP = "2331112"
_START_B, _START_C = 104, 105
_FIRST_OF_B, _LAST_OF_B = 32, 126  # characters of set B; its values begin with 0


def linear_code(text: str) -> str | None:
    """The modules of a text's code; None when it is too long for a label, or holds what no bars stand for."""
    if len(text) == _GTIN_LENGTH and text.isascii() and text.isdigit():
        if text.startswith("0") and has_valid_check_digit(text):
            return ean_13(text[1:])
        return code_128(text)
    fits = 0 < len(text) <= MAX_CHARACTERS
    return code_128(text) if fits and all(_FIRST_OF_B <= ord(each) <= _LAST_OF_B for each in text) else None


def ean_13(digits: str) -> str:
    """The 95 modules of 13 digits, the last of which is their check digit."""
    even = _EVEN[int(digits[0])]
    left = [_even(digit) if str(place) in even else _odd(digit) for place, digit in enumerate(digits[1:7])]
    right = [_RIGHT[int(digit)] for digit in digits[7:]]
    return "".join(("101", *left, "01010", *right, "101"))


def code_128(text: str) -> str:
    """The modules of a text of printable ASCII: pairs of digits where it is nothing else, else characters."""
    if len(text) % 2 == 0 and text.isdigit():
        values = [_START_C, *(int(text[at : at + 2]) for at in range(0, len(text), 2))]
    else:
        values = [_START_B, *(ord(character) - _FIRST_OF_B for character in text)]
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return "".join(_bars(widths) for widths in [*(_WIDTHS[value] for value in (*values, check)), _STOP])


def _odd(digit: str) -> str:
    return "".join("10"[int(module)] for module in _RIGHT[int(digit)])


def _even(digit: str) -> str:
    return _RIGHT[int(digit)][::-1]


def _bars(widths: str) -> str:
    return "".join(module * int(width) for module, width in zip(cycle("10"), widths, strict=False))
