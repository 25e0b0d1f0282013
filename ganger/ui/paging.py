"""Page numbers and query strings of lists. Pure rules."""

from itertools import pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_ALL_SHOWN = 7


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The page numbers to show, None for a gap: 5 of 12 gives 1 … 4 5 6 … 12.

    A gap stands for two pages or more; a single hidden page would be no shorter than its number.
    """
    if pages <= _ALL_SHOWN:
        return list(range(1, pages + 1))
    shown = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    numbers: list[int | None] = [1]
    for before, number in pairwise(shown):
        if number - before == 2:
            numbers.append(before + 1)
        elif number - before > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


def with_query(url: str, **changes: object) -> str:
    """The URL with these query parameters set; None takes a parameter out."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if name not in changes]
    added = [(name, str(value)) for name, value in changes.items() if value is not None]
    query = urlencode(kept + added)
    # An empty reference would keep the old query, so "no parameters" is spelt "?".
    return urlunsplit(parts._replace(query=query)) or "?"
