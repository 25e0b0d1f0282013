"""Runs of text as lines of a width. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ganger.documents import Run
from service_workers.heavy.pdf.faces import Faces

_PIECES = re.compile(r"\n| +|[^ \n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line in one weight."""

    text: str
    is_bold: bool
    width: float


Line = tuple[Piece, ...]


def lines_of(runs: Iterable[Run], faces: Faces, size: float, width: float) -> list[Line]:
    """Break runs into lines that are no wider than `width` points; at least one line, which may be empty.

    A word is as long as no space is in it, whatever its weights; one that is wider than a line is split.
    """
    lines: list[list[Piece]] = [[]]
    used = 0.0
    for word in _words(runs, faces, size, width):
        if word[0].text == "\n":
            lines.append([])
            used = 0.0
            continue
        wide = sum(piece.width for piece in word)
        is_space = word[0].text.isspace()
        if used + wide > width and lines[-1] and not is_space:
            lines.append([])
            used = 0.0
        if is_space and not lines[-1]:
            continue
        lines[-1].extend(word)
        used += wide
    return [_joined(line, faces, size) for line in lines]


def _words(runs: Iterable[Run], faces: Faces, size: float, width: float) -> Iterator[list[Piece]]:
    """Words, spaces and line breaks in their order."""
    word: list[Piece] = []
    for run in runs:
        face = faces.weight(run.is_bold)
        for text in _PIECES.findall(faces.printable(run.text)):
            if text[0] not in " \n":
                word.append(Piece(text, run.is_bold, face.width(text, size)))
                continue
            yield from _fitting(word, faces, size, width)
            word = []
            yield [Piece(text, run.is_bold, 0.0 if text == "\n" else face.width(text, size))]
    yield from _fitting(word, faces, size, width)


def _fitting(word: list[Piece], faces: Faces, size: float, width: float) -> Iterator[list[Piece]]:
    if not word:
        return
    if sum(piece.width for piece in word) <= width:
        yield word
        return
    part: list[Piece] = []
    used = 0.0
    for piece in word:
        face = faces.weight(piece.is_bold)
        for character in piece.text:
            wide = face.width(character, size)
            if used + wide > width and part:
                yield part
                part, used = [], 0.0
            part.append(Piece(character, piece.is_bold, wide))
            used += wide
    yield part


def _joined(line: list[Piece], faces: Faces, size: float) -> Line:
    """The line with neighbours of one weight put together."""
    joined: list[tuple[str, bool]] = []
    for piece in line:
        if joined and joined[-1][1] == piece.is_bold:
            joined[-1] = (joined[-1][0] + piece.text, piece.is_bold)
        else:
            joined.append((piece.text, piece.is_bold))
    return tuple(Piece(text, bold, faces.weight(bold).width(text, size)) for text, bold in joined)
