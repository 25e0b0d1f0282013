"""The rows of a data table, written in one pass: this is the part of a page that runs per cell."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from ganger.ui.output import shown
from ganger.ui.rules import ComponentError, link

_ABSENT = '<span aria-hidden="true">–</span>'


def table_rows(
    columns: Sequence[Mapping[str, object]],
    classes: Sequence[str],
    rows: Sequence[Mapping[str, object]],
    row_href: str | None,
    selectable: bool,
) -> Markup:
    """The body of a table.

    Args:
        classes: of each column's cells.
        row_href: the key under which a row holds the address of its page, which its first cell links to.
        selectable: each row, which has an `id`, begins with a box to tick.
    Raises:
        ComponentError: an address could run script, or a row lacks what a column names.
    """
    if not columns:
        return Markup()
    # What a column says of each of its cells is written once.
    opened = [
        (
            str(column["key"]),
            f'<td role="cell" class="{escape(each)}" data-label="{escape(column["header"])}">',
        )
        for column, each in zip(columns, classes, strict=True)
    ]
    try:
        written = [_row(opened, row, row[row_href] if row_href else None, selectable) for row in rows]
    except KeyError as error:
        wanted = (
            [key for key, _ in opened] + ([row_href] if row_href else []) + (["id"] if selectable else [])
        )
        raise ComponentError("data_table", "rows", wanted) from error
    return Markup("".join(written))  # noqa: S704 - every value was escaped above


def _row(opened: Sequence[tuple[str, str]], row: Mapping[str, object], href: object, selectable: bool) -> str:
    (first, opening), *others = opened
    value = row[first]
    box = _box(row["id"], value) if selectable else ""
    if href:
        head = f'<a class="row-link" href="{shown(link("data_table", str(href)))}">{shown(value)}</a>'
    else:
        head = _cell(value)
    cells = "".join([f"</td>\n{opening}{_cell(row[key])}" for key, opening in others])
    return f'<tr role="row">{box}{opening}{head}{cells}</td>\n</tr>\n'


def _cell(value: object) -> str:
    return _ABSENT if value is None else f"<span>{shown(value)}</span>"


def _box(row_id: object, name: object) -> str:
    return (
        '<td role="cell" class="cell-select"><label class="check-label">'
        f'<input class="check-box" type="checkbox" name="selected" value="{escape(row_id)}">'
        f'<span class="visually-hidden">Select {escape(name)}</span></label></td>'
    )
