"""From the text of an author to the runs of a document.

Bold is found before values are put in, so that no value changes how a text looks, nor names another variable.
"""

import re
from collections.abc import Mapping

from app_workers.handouts.domain.parts import VARIABLE
from ganger.documents import Entry, Run

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def paragraphs(text: str, values: Mapping[str, str]) -> tuple[Entry, ...]:
    """The paragraphs of a text with its variables' values; those that end up empty are left out.

    Args:
        values: by variable; one that is missing prints as nothing.
    """
    found = (_runs(part, values) for part in _BLANK_LINES.split(_lines(text)))
    return tuple(entry for entry in found if entry)


def one_entry(text: str, values: Mapping[str, str]) -> tuple[Entry, ...]:
    """A text as one entry, such as an item of a list; none when it ends up empty."""
    entry = _runs(_BLANK_LINES.sub("\n", _lines(text)), values)
    return (entry,) if entry else ()


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _runs(text: str, values: Mapping[str, str]) -> Entry:
    # Split at a group, a text alternates between what is outside of it and what is inside.
    parts = enumerate(_BOLD.split(text))
    runs = tuple(Run(_filled(part, values), bool(place % 2)) for place, part in parts)
    if not "".join(run.text for run in runs).strip():
        return ()
    return tuple(run for run in runs if run.text)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return VARIABLE.sub(lambda found: values.get(found[1].strip(), ""), text)
