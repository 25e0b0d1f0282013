"""The embedded faces: which glyph a character has, how wide it is, and what stands for what they lack."""

import unicodedata
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

# What stands for a character that the faces lack. The micro sign as safe prescribing writes it (ISMP): mcg.
_INSTEAD = {
    "\t": " ",
    "\xad": "",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "–",
    "\u2015": "—",
    "\u2032": "'",
    "\u2033": '"',
    "\u00b5": "mc",
    "\u03bc": "mc",
    "\u2192": "->",
    "\u2190": "<-",
    "\u2713": "x",
    "\u2610": "[ ]",
}
_SPACES = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNKNOWN = "?"


@dataclass(frozen=True)
class Face:
    """One face; measures in thousandths of its size."""

    name: str
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]
    glyphs: Mapping[int, tuple[int, int]]
    file: str  # the TrueType file, compressed by zlib, in base64
    size: int  # of that file in bytes

    def width(self, text: str, size: float) -> float:
        """How wide a printable text is, in points."""
        glyphs = self.glyphs
        return sum(glyphs[ord(character)][1] for character in text) * size / 1000

    def encoded(self, text: str) -> str:
        """A printable text as the hexadecimal string of a PDF."""
        glyphs = self.glyphs
        return "".join(f"{glyphs[ord(character)][0]:04x}" for character in text)

    @property
    def packed(self) -> bytes:
        """The TrueType file, compressed by zlib."""
        return b64decode(self.file)

    @cached_property
    def widths(self) -> dict[int, int]:
        """Glyph -> width."""
        return dict(self.glyphs.values())


@dataclass(frozen=True)
class Faces:
    """The two weights of a document; both have the same characters."""

    regular: Face
    bold: Face

    @classmethod
    def of(cls, facts: Mapping[str, Mapping[str, Any]]) -> "Faces":
        """The faces of the generated module `compiled_fonts`."""
        return cls(Face(**facts["regular"]), Face(**facts["bold"]))

    def weight(self, is_bold: bool) -> Face:
        """The face of a weight."""
        return self.bold if is_bold else self.regular

    def printable(self, text: str) -> str:
        """The text in characters that the faces have; newlines stay.

        A letter whose accent they lack stands without it, anything else that they lack as a question mark.
        """
        return "".join(self._instead(character) for character in unicodedata.normalize("NFC", text))

    def _instead(self, character: str) -> str:
        if character == "\n" or ord(character) in self.regular.glyphs:
            return character
        if character in _SPACES:
            return " "
        if character in _INSTEAD:
            return _INSTEAD[character]
        if unicodedata.category(character) in ("Cc", "Cf", "Mn"):
            return ""
        plain = unicodedata.normalize("NFKD", character)[0]
        return plain if ord(plain) in self.regular.glyphs else _UNKNOWN
