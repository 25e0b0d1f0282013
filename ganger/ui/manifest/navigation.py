"""Manifests of what leads on, and of what frames a page."""

from ganger.ui.manifest.records import Component, Example, Group, Layout, Parameter, choice, required, text

_TABS = (
    '[{"key": "facts", "label": "Facts"}, {"key": "notes", "label": "Notes", "count": 3}, '
    '{"key": "log", "label": "Log"}]'
)
_OFF = (
    '[{"key": "a", "label": "Facts"}, {"key": "b", "label": "Notes", "disabled": true}, {"key": "c", '
    '"label": "Log"}]'
)
_MANY = "[" + ", ".join(f'{{"key": "w{week}", "label": "Week {week}"}}' for week in range(1, 21)) + "]"
_PANEL = "<p>Panel of {{ key }}.</p>{% endcall %}"
_CRUMBS = [{"label": "Stock", "href": "/"}, {"label": "Gauze"}]

TABS = Component(
    "tabs",
    "Tabs",
    Group.NAVIGATION,
    "Shows one of several views of the same thing.",
    "ui/navigation.html",
    (
        required("id", "t"),
        required("items", [{"key": "facts", "label": "Facts"}, {"key": "notes", "label": "Notes"}]),
        text("active", "notes"),
        Parameter("label", '"Sections"', (), "Views of the item"),
    ),
    (
        Example("first", f'{{% call(key) ui.tabs("t1", {_TABS}) %}}{_PANEL}'),
        Example("other active, counts", f'{{% call(key) ui.tabs("t2", {_TABS}, active="notes") %}}{_PANEL}'),
        Example("disabled", f'{{% call(key) ui.tabs("t3", {_OFF}, active="a") %}}{_PANEL}'),
        Example("overflow", f'{{% call(key) ui.tabs("t4", {_MANY}) %}}{_PANEL}'),
        Example(
            "links",
            '{{ ui.tabs("t5", [{"key": "open", "label": "Open", "href": "?state=open"}, {"key": "done", '
            '"label": "Done", "href": "?state=done"}], active="open") }}',
        ),
    ),
    (
        "Tab goes from the chosen tab to its panel.",
        "Without script each tab is a link to ?tab= with its key.",
    ),
    {
        "Left, Right": "the tab before or after, around the ends",
        "Home, End": "the first or last tab",
        "Tab": "to the panel",
    },
)

PAGINATION = Component(
    "pagination",
    "Pagination",
    Group.NAVIGATION,
    "Leads through the pages of a list.",
    "ui/navigation.html",
    (
        required("page", 2),
        required("pages", 12),
        required("url", "/items"),
        text("total", 590),
        text("per_page", 50),
    ),
    (
        Example("first", '{{ ui.pagination(1, 3, "/items") }}'),
        Example("middle with gaps", '{{ ui.pagination(5, 12, "/items", total=590, per_page=50) }}'),
        Example("last", '{{ ui.pagination(3, 3, "/items", total=120) }}'),
        Example("one page shows nothing", '{{ ui.pagination(1, 1, "/items") }}'),
    ),
    ("The page one is on says so; at the ends, previous and next take no focus.",),
)

BREADCRUMBS = Component(
    "breadcrumbs",
    "Breadcrumbs",
    Group.NAVIGATION,
    "Says where a page stands, and leads up.",
    "ui/navigation.html",
    (required("items", _CRUMBS),),
    (
        Example("2", '{{ ui.breadcrumbs([{"label": "Stock", "href": "/"}, {"label": "Gauze"}]) }}'),
        Example(
            "5, the middle folded",
            '{{ ui.breadcrumbs([{"label": "Stock", "href": "/"}, {"label": "Wixom", "href": "/w"}, '
            '{"label": "Room 2", "href": "/r"}, '
            '{"label": "Shelf 4", "href": "/s"}, {"label": "Gauze"}]) }}',
        ),
    ),
    ("The last item is the page itself; the separators are not spoken.",),
)

PAGE_HEADER = Component(
    "page-header",
    "Page header",
    Group.LAYOUT,
    "Names the page and holds its actions.",
    "ui/layout.html",
    (
        required("title", "Tickets"),
        text("subtitle"),
        Parameter("breadcrumbs", "()", (), _CRUMBS),
        Parameter("actions_html", '""', (), ""),
        Parameter("stats", "()", (), [{"label": "Open", "value": 14}]),
    ),
    (
        Example("minimal", '{{ ui.page_header("Tickets") }}'),
        Example("subtitle", '{{ ui.page_header("Tickets", subtitle="Of all locations") }}'),
        Example(
            "actions",
            '{{ ui.page_header("Tickets", actions_html=ui.button("New ticket", icon_left="plus")) }}',
        ),
        Example(
            "all",
            '{{ ui.page_header("Tickets", subtitle="Of all locations", breadcrumbs=[{"label": "Desk", '
            '"href": "/"}, {"label": "Tickets"}], '
            'actions_html=ui.button("New ticket"), stats=[{"label": "Open", "value": 14}, '
            '{"label": "Due today", "value": 3}]) }}',
        ),
    ),
    ("It holds the page's only first-level heading.",),
)

LOGO = Component(
    "logo",
    "Logo",
    Group.BRAND,
    "The mark of the practice.",
    "ui/layout.html",
    (
        choice("size", "md", "sm", "md", "lg", "xl"),
        choice("variant", "full", "full", "icon"),
        text("href", "/"),
    ),
    (
        *(Example(size, f'{{{{ ui.logo(size="{size}") }}}}') for size in ("sm", "md", "lg", "xl")),
        Example("icon", '{{ ui.logo(variant="icon") }}'),
        Example("linked", '{{ ui.logo(href="/") }}'),
    ),
    ("It is named Ganger Dermatology; linked, Ganger Dermatology home.",),
)

APP_LAYOUT = Layout(
    "app-layout",
    "App layout",
    Group.LAYOUT,
    "The frame of every page for the staff.",
    "ui/app.html",
    (
        Parameter("nav", "()", (), [{"label": "Stock", "href": "/stock", "current": True}]),
        Parameter("banner", "none", (), {"text": "You act as Pat Example.", "tone": "warning"}),
    ),
    (
        "A skip link, landmarks, one title of page, app and practice; a refused form's begins with Error.",
        "Sections whose labels do not fit the screen fold into a menu that names the present one.",
        "Who has several locations chooses one for all apps; the command menu is there with script.",
        "Live regions are there from the start.",
    ),
)

KIOSK_LAYOUT = Layout(
    "kiosk-layout",
    "Kiosk layout",
    Group.LAYOUT,
    "The frame of a patient's own screen, one step at a time.",
    "ui/kiosk.html",
    (required("step", 1), required("steps", 4), required("timeout", 90), required("restart", "/")),
    (
        "Everything that is touched is at least 60 px.",
        "20 seconds before it starts over it asks, and any key or touch goes on.",
        "Without script it does not start over by itself.",
    ),
)

NAVIGATION = (TABS, PAGINATION, BREADCRUMBS, PAGE_HEADER, LOGO)
LAYOUTS = (APP_LAYOUT, KIOSK_LAYOUT)
