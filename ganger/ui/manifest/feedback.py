"""Manifests of what tells people how things stand."""

from ganger.ui.manifest.dialogs import CONFIRM, MODAL
from ganger.ui.manifest.records import (
    SIZE,
    Component,
    Example,
    Group,
    Parameter,
    choice,
    flag,
    required,
    text,
)

_TEMPLATE = "ui/feedback.html"
_TONES = ("info", "success", "warning", "danger")
_SHAPES = ("text", "circle", "rect", "table", "card")
_ACTION = {"label": "Open", "href": "/"}

ALERT = Component(
    "alert",
    "Alert",
    Group.FEEDBACK,
    "Says in its place what happened, or what to mind.",
    _TEMPLATE,
    (required("text", "Saved"), choice("tone", "info", *_TONES), text("title"), flag("dismissible")),
    (
        *(
            Example(tone, f'{{{{ ui.alert("The count of Wixom was booked.", tone="{tone}") }}}}')
            for tone in _TONES
        ),
        Example(
            "title and link",
            '{% call ui.alert("It holds 3 vials.", tone="warning", '
            'title="The lot expires soon") %}<a href="/">Open the lot</a>{% endcall %}',
        ),
        Example("dismissible", '{{ ui.alert("Saved draft", tone="success", dismissible=true) }}'),
    ),
    (
        "Danger interrupts the reader, other tones wait.",
        "The tone is an icon and a hidden word besides the colour.",
    ),
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
        Parameter("duration", "5000", (), 0),
        text("action", _ACTION),
    ),
    (
        *(Example(tone, f'{{{{ ui.toast("The count was booked.", tone="{tone}") }}}}') for tone in _TONES),
        Example(
            "title and action",
            '{{ ui.toast("5 boxes of gauze.", tone="success", title="Received", '
            'action={"label": "Undo", "href": "/"}) }}',
        ),
        Example("stays", '{{ ui.toast("A new version is ready.", duration=0) }}'),
    ),
    (
        "It is spoken once; danger interrupts and stays until it is closed.",
        "It waits while it is pointed at or has focus. At most three stand at once, others wait.",
        "Without script it is an alert on the page.",
    ),
    {"Escape": "closes the newest"},
)

SPINNER = Component(
    "spinner",
    "Loading spinner",
    Group.FEEDBACK,
    "Says that something is on its way.",
    _TEMPLATE,
    (Parameter("text", '"Loading"', (), "Loading tickets"), SIZE, flag("center"), flag("inline")),
    (
        *(
            Example(size, f'{{{{ ui.spinner("Loading tickets", size="{size}") }}}}')
            for size in ("sm", "md", "lg")
        ),
        Example("center", '{{ ui.spinner("Loading tickets", size="lg", center=true) }}'),
        Example("inline", '<p>Tickets {{ ui.spinner("Loading tickets", size="sm", inline=true) }}</p>'),
    ),
    (
        "Its text is always there; inline it is for readers alone.",
        "It is seen after 300 ms, and stands still under reduced motion.",
    ),
)

SKELETON = Component(
    "skeleton",
    "Skeleton",
    Group.FEEDBACK,
    "Keeps the place of what is on its way.",
    _TEMPLATE,
    (choice("shape", "text", *_SHAPES), Parameter("lines", "3", (), 5)),
    tuple(Example(shape, f'{{{{ ui.skeleton("{shape}") }}}}') for shape in _SHAPES),
    ("Its container is busy; its shapes are hidden from readers.",),
)

PROGRESS = Component(
    "progress",
    "Progress",
    Group.FEEDBACK,
    "Shows how far something is.",
    _TEMPLATE,
    (
        Parameter("value", "none", (), 40),
        Parameter("max", "100", (), 8),
        Parameter("label", '""', (), "Upload"),
        choice("tone", "primary", "primary", "success", "warning", "danger"),
    ),
    (
        Example("0", '{{ ui.progress(0, label="Upload") }}'),
        Example("40", '{{ ui.progress(40, label="Upload") }}'),
        Example("100", '{{ ui.progress(100, label="Upload", tone="success") }}'),
        Example("3 of 8, warning", '{{ ui.progress(3, max=8, label="Shelves counted", tone="warning") }}'),
        Example("danger", '{{ ui.progress(95, label="Storage", tone="danger") }}'),
        Example("unknown", '{{ ui.progress(label="Import") }}'),
    ),
    (
        "It has a label, and says no value where nobody knows it.",
        "A value beyond the ends is shown at the end.",
    ),
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
        text("action", _ACTION),
        text("icon", "inbox"),
    ),
    (
        Example(
            "first use",
            '{{ ui.empty("No tickets", "Create the first one.", action={"label": "New ticket", '
            '"href": "/"}, icon="inbox") }}',
        ),
        Example(
            "no results",
            '<div role="status">{{ ui.empty("Nothing found", "Try fewer filters.", icon="search") }}</div>',
        ),
        Example(
            "no access",
            '{{ ui.empty("Not for your role", "Ask your manager if you need it.", icon="lock") }}',
        ),
        Example(
            "error", '{{ ui.empty("Tickets are not available", "Try again in a minute.", icon="warning") }}'
        ),
    ),
    (
        "A heading and one sentence; the icon is decoration.",
        "After a search it stands in an element with the role status.",
    ),
)

FEEDBACK = (MODAL, CONFIRM, ALERT, TOAST, SPINNER, SKELETON, PROGRESS, EMPTY)
