"""Text from outside: which characters it may hold, and JSON that is safe to parse. Standard library only."""

import json
import re
from collections.abc import Mapping
from typing import NoReturn
from unicodedata import normalize

MAX_JSON_DEPTH = 32

# Control characters but tab and line feed, halves of surrogate pairs, noncharacters, and the marks that
# turn the direction of text round, by which a name can be made to look like another.
_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# A JSON string; one without an end takes the rest, so that the search never goes back.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(code for code in range(256) if code not in b"[]{}")


class UnsafeText(ValueError):
    """The text holds a character that no field takes."""


class UnsafeJson(ValueError):
    """The text is not JSON, or not JSON that every parser reads alike."""


def safe_text(text: str) -> str:
    """The text in Unicode's composed form (NFC), its lines ended by line feeds alone.

    Raises:
        UnsafeText: it holds NUL, another control character, half a surrogate pair or the like.
    """
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n")
    if _REFUSED.search(plain):
        raise UnsafeText("The text holds a character that cannot be used here.")
    return normalize("NFC", plain)


def safe_line(text: str) -> str:
    """The text as `safe_text` has it; a tab or a line break is refused too.

    Raises:
        UnsafeText: it holds a character that cannot stand in one line.
    """
    if "\n" in text or "\t" in text:
        raise UnsafeText("The text holds a line break or a tab.")
    return safe_text(text)


def safe_values(value: object) -> object:
    """JSON values or form fields with every text in them made safe, names included.

    Raises:
        UnsafeText: its first argument is the place of the text, its parts joined by dots.
    """
    return _safe_at(value, ())


def read_json(body: bytes) -> object:
    """Parse a JSON body (RFC 8259).

    Raises:
        UnsafeJson: it is not UTF-8, not JSON, nested deeper than MAX_JSON_DEPTH, names a member twice or
            holds NaN or Infinity.
    """
    if _depth_exceeds(body, MAX_JSON_DEPTH):
        raise UnsafeJson("nested too deep")
    try:
        return json.loads(body.decode(), object_pairs_hook=_members, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnsafeJson("not JSON") from error


def _safe_at(value: object, place: tuple[str, ...]) -> object:
    if isinstance(value, str):
        try:
            return safe_text(value)
        except UnsafeText as error:
            raise UnsafeText(".".join(place)) from error
    if isinstance(value, Mapping):
        return {_safe_at(name, place): _safe_at(each, (*place, str(name))) for name, each in value.items()}
    if isinstance(value, list):
        return [_safe_at(each, (*place, str(index))) for index, each in enumerate(value)]
    return value


def _depth_exceeds(body: bytes, limit: int) -> bool:
    """Whether brackets nest deeper than the limit; each round takes the innermost pairs away."""
    brackets = _STRING.sub(b"", body).translate(_ONE_KIND, _NO_BRACKETS)
    for _ in range(limit):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise UnsafeJson("a member stands twice")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise UnsafeJson(f"{name} is not JSON")
