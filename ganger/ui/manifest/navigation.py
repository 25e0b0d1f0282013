"""Manifests of what leads on."""

from ganger.ui.calls import KEY, Call, call
from ganger.ui.manifest.records import (
    Component,
    Group,
    Kind,
    example,
    flag,
    number,
    records,
    required,
    text,
    value,
)

TEMPLATE = "ui/navigation.html"
CRUMBS = [{"label": "Stock", "href": "/"}, {"label": "Gauze"}]
CRUMB_FIELDS = (required("label", "Stock"), text("href", "/"))
_TABS = [
    {"key": "facts", "label": "Facts"},
    {"key": "notes", "label": "Notes", "count": 3},
    {"key": "log", "label": "Log"},
]
_OFF = [
    {"key": "a", "label": "Facts"},
    {"key": "b", "label": "Notes", "disabled": True},
    {"key": "c", "label": "Log"},
]
_MANY = [{"key": f"w{week}", "label": f"Week {week}"} for week in range(1, 21)]
_LINKS = [
    {"key": "open", "label": "Open", "href": "?state=open"},
    {"key": "done", "label": "Done", "href": "?state=done"},
]
_PANEL = ("<p>Panel of ", KEY, ".</p>")


def _tabs(id: str, items: object, **named: object) -> Call:
    return call("tabs", id, items, block=_PANEL, **named)


TABS = Component(
    "tabs",
    "Tabs",
    Group.NAVIGATION,
    "Shows one of several views of the same thing.",
    TEMPLATE,
    (
        required("id", "t"),
        records(
            "items",
            [{"key": "facts", "label": "Facts"}, {"key": "notes", "label": "Notes"}],
            required("key", "facts"),
            required("label", "Facts"),
            value("count", 3),
            flag("disabled"),
            text("href", "/"),
        ),
        text("active", "notes"),
        text("label", "Views of the item", '"Sections"'),
    ),
    (
        example("first", _tabs("t1", _TABS)),
        example("other active, counts", _tabs("t2", _TABS, active="notes")),
        example("disabled", _tabs("t3", _OFF, active="a")),
        example("overflow", _tabs("t4", _MANY)),
        example("links", call("tabs", "t5", _LINKS, active="open")),
    ),
    (
        "Tab goes from the chosen tab to its panel.",
        "Without script each tab is a link to ?tab= with its key.",
    ),
    do="Divide views that people look at one at a time.",
    dont="Hide in a tab what has to be seen beside another.",
    keys={
        "Left, Right": "the tab before or after, around the ends",
        "Home, End": "the first or last tab",
        "Tab": "to the panel",
    },
    block=_PANEL,
)

PAGINATION = Component(
    "pagination",
    "Pagination",
    Group.NAVIGATION,
    "Leads through the pages of a list.",
    TEMPLATE,
    (
        required("page", 2, Kind.WHOLE),
        required("pages", 12, Kind.WHOLE),
        required("url", "/items"),
        number("total", 590),
        number("per_page", 50),
    ),
    (
        example("first", call("pagination", 1, 3, url="/items")),
        example("middle with gaps", call("pagination", 5, 12, url="/items", total=590, per_page=50)),
        example("last", call("pagination", 3, 3, url="/items", total=120)),
        example("one page shows nothing", call("pagination", 1, 1, url="/items")),
    ),
    ("The page one is on says so; at the ends, previous and next take no focus.",),
    do="Keep filters and sort in the links.",
    dont="Show it for one page.",
    keys={"Tab, Enter": "follow a link"},
)

BREADCRUMBS = Component(
    "breadcrumbs",
    "Breadcrumbs",
    Group.NAVIGATION,
    "Says where a page stands, and leads up.",
    TEMPLATE,
    (records("items", CRUMBS, *CRUMB_FIELDS),),
    (
        example("2", call("breadcrumbs", CRUMBS)),
        example(
            "5, the middle folded",
            call(
                "breadcrumbs",
                [
                    {"label": "Stock", "href": "/"},
                    {"label": "Wixom", "href": "/w"},
                    {"label": "Room 2", "href": "/r"},
                    {"label": "Shelf 4", "href": "/s"},
                    {"label": "Gauze"},
                ],
            ),
        ),
    ),
    ("The last item is the page itself; the separators are not spoken.",),
    do="Follow how the pages are ordered, not how one came.",
    dont="Use them on a page without one above it.",
    keys={"Tab, Enter": "follow a link, or unfold the middle"},
)

NAVIGATION = (TABS, PAGINATION, BREADCRUMBS)
