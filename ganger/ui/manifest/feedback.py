"""Manifests of what tells people how things stand."""

from ganger.ui.calls import call
from ganger.ui.manifest.records import (
    SIZE,
    Component,
    Group,
    Kind,
    choice,
    example,
    flag,
    number,
    record,
    required,
    text,
)

_TEMPLATE = "ui/feedback.html"
_TONES = ("info", "success", "warning", "danger")
_SHAPES = ("text", "circle", "rect", "table", "card")
_ACTION = record("action", {"label": "Open", "href": "/"}, required("label", "Open"), required("href", "/"))
_TOAST_PX = 120

ALERT = Component(
    "alert",
    "Alert",
    Group.FEEDBACK,
    "Says in its place what happened, or what to mind.",
    _TEMPLATE,
    (required("text", "Saved"), choice("tone", "info", *_TONES), text("title"), flag("dismissible")),
    (
        *(example(tone, call("alert", "The count of Wixom was booked.", tone=tone)) for tone in _TONES),
        example(
            "title and link",
            call(
                "alert",
                "It holds 3 vials.",
                tone="warning",
                title="The lot expires soon",
                block='<a href="/">Open the lot</a>',
            ),
        ),
        example("dismissible", call("alert", "Saved draft", tone="success", dismissible=True)),
    ),
    (
        "Danger interrupts the reader, other tones wait.",
        "The tone is an icon and a hidden word besides the colour.",
    ),
    do="Say what happened and what to do, in one or two sentences.",
    dont="Use danger for what can wait: it interrupts whoever listens.",
)

TOAST = Component(
    "toast",
    "Toast",
    Group.FEEDBACK,
    "Says in passing that something was done.",
    _TEMPLATE,
    (
        required("text", "Saved"),
        choice("tone", "info", *_TONES),
        text("title"),
        number("duration", 0, "5000"),
        _ACTION,
    ),
    (
        *(
            example(tone, call("toast", "The count was booked.", tone=tone), frame_px=_TOAST_PX)
            for tone in _TONES
        ),
        example(
            "title and action",
            call(
                "toast",
                "5 boxes of gauze.",
                tone="success",
                title="Received",
                action={"label": "Undo", "href": "/"},
            ),
            frame_px=_TOAST_PX,
        ),
        example("stays", call("toast", "A new version is ready.", duration=0), frame_px=_TOAST_PX),
        example(
            "three at once",
            *(call("toast", f"Item {number} was saved.", tone="success") for number in (1, 2, 3)),
            frame_px=220,
        ),
    ),
    (
        "It is spoken once; danger interrupts and stays until it is closed.",
        "It waits while it is pointed at or has focus. At most three stand at once, others wait.",
        "Without script it is an alert on the page.",
    ),
    do="Say what is done in the words of the button that did it.",
    dont="Tell in a toast alone what must not be missed.",
    keys={"Escape": "closes the newest"},
)

SPINNER = Component(
    "spinner",
    "Loading spinner",
    Group.FEEDBACK,
    "Says that something is on its way.",
    _TEMPLATE,
    (text("text", "Loading tickets", '"Loading"'), SIZE, flag("center"), flag("inline")),
    (
        *(example(size, call("spinner", "Loading tickets", size=size)) for size in ("sm", "md", "lg")),
        example("center", call("spinner", "Loading tickets", size="lg", center=True)),
        example("inline", "<p>Tickets ", call("spinner", "Loading tickets", size="sm", inline=True), "</p>"),
    ),
    (
        "Its text is always there; inline it is for readers alone.",
        "It is seen after 300 ms, and stands still under reduced motion.",
    ),
    do="Say what is loading.",
    dont="Cover the whole page while a part of it loads.",
)

SKELETON = Component(
    "skeleton",
    "Skeleton",
    Group.FEEDBACK,
    "Keeps the place of what is on its way.",
    _TEMPLATE,
    (choice("shape", "text", *_SHAPES), number("lines", 5, "3", most=100)),
    tuple(example(shape, call("skeleton", shape)) for shape in _SHAPES),
    ("Its container is busy; its shapes are hidden from readers.",),
    do="Take the shape of what is to come, so that nothing jumps.",
    dont="Show one for longer than a few seconds without a word.",
)

PROGRESS = Component(
    "progress",
    "Progress",
    Group.FEEDBACK,
    "Shows how far something is.",
    _TEMPLATE,
    (
        number("value", 40, kind=Kind.NUMBER),
        number("max", 8, "100", Kind.NUMBER),
        text("label", "Upload", '""'),
        choice("tone", "primary", "primary", "success", "warning", "danger"),
    ),
    (
        example("0", call("progress", 0, label="Upload")),
        example("40", call("progress", 40, label="Upload")),
        example("100", call("progress", 100, label="Upload", tone="success")),
        example("3 of 8, warning", call("progress", 3, max=8, label="Shelves counted", tone="warning")),
        example("danger", call("progress", 95, label="Storage", tone="danger")),
        example("unknown", call("progress", label="Import")),
    ),
    (
        "It has a label, and says no value where nobody knows it.",
        "A value beyond the ends is shown at the end.",
    ),
    do="Count what people know: shelves, pages, files.",
    dont="Invent a value: without one it says that nobody knows.",
)

EMPTY = Component(
    "empty",
    "Empty state",
    Group.FEEDBACK,
    "Says why there is nothing, and what to do.",
    _TEMPLATE,
    (
        required("title", "No tickets"),
        required("text", "Create the first one."),
        _ACTION,
        text("icon", "inbox"),
    ),
    (
        example(
            "first use",
            call(
                "empty",
                "No tickets",
                "Create the first one.",
                action={"label": "New ticket", "href": "/"},
                icon="inbox",
            ),
        ),
        example(
            "no results",
            '<div role="status">',
            call("empty", "Nothing found", "Try fewer filters.", icon="search"),
            "</div>",
        ),
        example(
            "no access", call("empty", "Not for your role", "Ask your manager if you need it.", icon="lock")
        ),
        example(
            "error", call("empty", "Tickets are not available", "Try again in a minute.", icon="warning")
        ),
    ),
    (
        "A heading and one sentence; the icon is decoration.",
        "After a search it stands in an element with the role status.",
    ),
    do="Say the one thing that helps, and offer it as a button.",
    dont="Leave an empty table without a word.",
)

FEEDBACK = (ALERT, TOAST, SPINNER, SKELETON, PROGRESS, EMPTY)
