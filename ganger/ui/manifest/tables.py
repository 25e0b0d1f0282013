"""Manifests of what lists rows."""

from ganger.ui.calls import Call, call
from ganger.ui.manifest.records import (
    Component,
    Group,
    Kind,
    Parameter,
    choice,
    example,
    flag,
    records,
    required,
    text,
)

_COLUMNS = [
    {"key": "name", "header": "Name", "sortable": True},
    {"key": "role", "header": "Role"},
    {"key": "place", "header": "Location", "hide_below": "md"},
    {"key": "state", "header": "Status"},
]
_ROWS = [
    {
        "id": 1,
        "name": "Pat Example",
        "role": "Medical Assistant",
        "place": "Plymouth",
        "state": "Active",
        "href": "/1",
    },
    {"id": 2, "name": "Sam Sample", "role": "Nurse", "place": "Wixom", "state": "Active", "href": "/2"},
    {
        "id": 3,
        "name": "Lee Placeholder",
        "role": "Technician",
        "place": "Ann Arbor",
        "state": "Inactive",
        "href": "/3",
    },
]
_NUMBERS = [
    {"key": "item", "header": "Item"},
    *({"key": f"m{month}", "header": f"Month {month}", "align": "right"} for month in range(1, 13)),
]
_WIDE = [
    {"item": item, **{f"m{month}": month * step for month in range(1, 13)}}
    for item, step in (("Gauze", 14), ("Gloves, medium", 120))
]


def _table(*, rows: object = _ROWS, **named: object) -> Call:
    return Call("data_table", (_COLUMNS, rows), named)


DATA_TABLE = Component(
    "data-table",
    "Data table",
    Group.DATA,
    "Lists rows of the same kind.",
    "ui/data.html",
    (
        records(
            "columns",
            [{"key": "name", "header": "Name"}],
            required("key", "name"),
            required("header", "Name"),
            flag("sortable"),
            choice("align", "left", "left", "center", "right"),
            Parameter("hide_below", "none", ("sm", "md", "lg"), kind=Kind.CHOICE),
        ),
        records("rows", [{"id": 1, "name": "Pat Example", "href": "/1"}]),
        required("caption", "People"),
        text("sort", "name"),
        choice("direction", "asc", "asc", "desc"),
        text("empty", "Nobody.", '"Nothing to show."'),
        flag("loading"),
        text("row_href", "href"),
        flag("selectable"),
        text("url", "/people?role=nurse", '""'),
    ),
    (
        example("rows", _table(caption="People")),
        example("sorted up, linked", _table(caption="People by name", sort="name", row_href="href")),
        example("sorted down", _table(caption="People from Z", sort="name", direction="desc")),
        example("selectable", _table(caption="Choose people", selectable=True)),
        example("empty", _table(rows=[], caption="Nobody", empty="No person matches.")),
        example("loading", _table(rows=[], caption="People to come", loading=True)),
        example("wide", call("data_table", _NUMBERS, _WIDE, caption="Use by month")),
    ),
    (
        "It is a real table with a caption; the sorted column says so.",
        "Below 640 px a row becomes a block of labels and values.",
        "The scroll area takes focus and has a name.",
    ),
    do="Put first what tells rows apart, and let it lead to the row's page.",
    dont="Lay out a page with it, or hide a column that is needed on a phone.",
    keys={"Arrow keys": "scroll the table when it has focus", "Enter": "follows a sort link or a row"},
)

TABLES = (DATA_TABLE,)
