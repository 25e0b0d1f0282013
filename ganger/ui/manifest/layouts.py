"""Manifests of what frames and names a page."""

from ganger.ui.calls import call
from ganger.ui.manifest.navigation import CRUMB_FIELDS, CRUMBS
from ganger.ui.manifest.records import (
    Component,
    Group,
    Kind,
    Layout,
    State,
    choice,
    example,
    flag,
    markup,
    record,
    records,
    required,
    text,
    value,
)

_HEADER_PX = 160

PAGE_HEADER = Component(
    "page-header",
    "Page header",
    Group.LAYOUT,
    "Names the page and holds its actions.",
    "ui/layout.html",
    (
        required("title", "Tickets"),
        text("subtitle"),
        records("breadcrumbs", CRUMBS, *CRUMB_FIELDS, default="()"),
        markup("actions_html"),
        records(
            "stats",
            [{"label": "Open", "value": 14}],
            required("label", "Open"),
            value("value", 14, None),
            default="()",
        ),
    ),
    (
        example("minimal", call("page_header", "Tickets"), frame_px=_HEADER_PX),
        example("subtitle", call("page_header", "Tickets", subtitle="Of all locations"), frame_px=_HEADER_PX),
        example(
            "actions",
            call("page_header", "Tickets", actions_html=call("button", "New ticket", icon_left="plus")),
            frame_px=_HEADER_PX,
        ),
        example(
            "all",
            call(
                "page_header",
                "Tickets",
                subtitle="Of all locations",
                breadcrumbs=[{"label": "Desk", "href": "/"}, {"label": "Tickets"}],
                actions_html=call("button", "New ticket"),
                stats=[{"label": "Open", "value": 14}, {"label": "Due today", "value": 3}],
            ),
            frame_px=260,
        ),
    ),
    ("It holds the page's only first-level heading.",),
    do="Name the thing, not the kind of page: Gauze, not Item details.",
    dont="Put more than two or three actions beside it.",
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
        *(example(size, call("logo", size=size)) for size in ("sm", "md", "lg", "xl")),
        example("icon", call("logo", variant="icon")),
        example("linked", call("logo", href="/")),
    ),
    ("It is named Ganger Dermatology; linked, Ganger Dermatology home.",),
    do="Leave room around it, at least half its height.",
    dont="Draw it anew, recolour it or set it on a busy ground.",
)

APP_LAYOUT = Layout(
    "app-layout",
    "App layout",
    Group.LAYOUT,
    "The frame of every page for the staff.",
    "ui/app.html",
    (
        records(
            "nav",
            [{"label": "Stock", "href": "/stock", "current": True}],
            required("label", "Stock"),
            required("href", "/stock"),
            flag("current"),
            default="()",
        ),
        record(
            "banner",
            {"text": "You act as Pat Example.", "tone": "warning"},
            required("text", "Text"),
            choice("tone", "info", "info", "warning", "danger"),
        ),
    ),
    (
        State("signed in", {}, "ui/app.html"),
        State(
            "with sections",
            {
                "nav": [
                    {"label": "Stock", "href": "/stock", "current": True},
                    {"label": "Orders", "href": "/orders"},
                ]
            },
            "ui/app.html",
        ),
        State(
            "impersonation banner",
            {"banner": {"text": "You act as Pat Example.", "tone": "warning"}},
            "ui/app.html",
        ),
        State(
            "status banner",
            {"banner": {"text": "Orders are not sent at the moment.", "tone": "danger"}},
            "ui/app.html",
        ),
    ),
    (
        "A skip link, landmarks, one title of page, app and practice; a refused form's begins with Error.",
        "Sections whose labels do not fit the screen fold into a menu that names the present one.",
        "Who has several locations chooses one for all apps; the command menu is there with script.",
        "Live regions are there from the start.",
    ),
    do="Extend it and fill the block content.",
    dont="Write a header of your own.",
    keys={"Tab": "first to the skip link", "Escape": "closes an open menu"},
)

KIOSK_LAYOUT = Layout(
    "kiosk-layout",
    "Kiosk layout",
    Group.LAYOUT,
    "The frame of a patient's own screen, one step at a time.",
    "ui/kiosk.html",
    (
        required("step", 1, Kind.WHOLE),
        required("steps", 4, Kind.WHOLE),
        required("timeout", 90, Kind.WHOLE),
        required("restart", "/"),
    ),
    (
        State("step 1 of 4", {"step": 1, "steps": 4, "timeout": 90, "restart": "/"}, "ui/kiosk.html", 420),
        State("last step", {"step": 4, "steps": 4, "timeout": 60, "restart": "/"}, "ui/kiosk.html", 420),
    ),
    (
        "Everything that is touched is at least 60 px.",
        "20 seconds before it starts over it asks, and any key or touch goes on.",
        "Without script it does not start over by itself.",
    ),
    do="Ask one thing a step.",
    dont="Show anything of the patient before that.",
    keys={"any key": "goes on when it asks whether somebody is there"},
)

PAGES = (PAGE_HEADER, LOGO)
LAYOUTS = (APP_LAYOUT, KIOSK_LAYOUT)
