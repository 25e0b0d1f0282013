"""Manifests of what starts something."""

from ganger.ui.calls import call
from ganger.ui.manifest.records import ATTRS, SIZE, Component, Group, choice, example, flag, required, text

_VARIANTS = ("primary", "secondary", "outline", "ghost", "destructive")
_SIZES = ("sm", "md", "lg")

BUTTON = Component(
    "button",
    "Button",
    Group.ACTIONS,
    "Starts an action, or leads to a page that does.",
    "ui/actions.html",
    params=(
        required("label", "Save"),
        choice("variant", "primary", *_VARIANTS),
        SIZE,
        choice("type", "button", "button", "submit"),
        flag("loading"),
        flag("disabled"),
        flag("full_width"),
        text("icon_left", "plus"),
        text("icon_right", "right"),
        text("href", "/"),
        ATTRS,
    ),
    examples=(
        *(
            example(f"{variant}, {size}", call("button", "Save", variant=variant, size=size))
            for variant in _VARIANTS
            for size in _SIZES
        ),
        example("loading", call("button", "Saving", loading=True)),
        example("disabled", call("button", "Save", disabled=True)),
        example("full width", call("button", "Save", full_width=True)),
        example("icon on the left", call("button", "Add item", icon_left="plus")),
        example("icon on the right", call("button", "Next", icon_right="right")),
        example("icon alone", call("button", "", icon_left="edit", attrs={"aria-label": "Edit gauze"})),
        example("link", call("button", "Open", href="/")),
        example("disabled link", call("button", "Open", href="/", disabled=True)),
    ),
    rules=(
        "It is a real button, or a link where it has an href.",
        "While it loads it is disabled and busy, and keeps its label.",
        "An icon alone needs an aria-label.",
        "A destructive button opens a question first.",
    ),
    do="Say with a verb what happens: Save, Send order, Delete item.",
    dont="Put two primary buttons side by side: nobody sees which one is meant.",
    keys={"Enter": "presses", "Space": "presses a button"},
)

ACTIONS = (BUTTON,)
