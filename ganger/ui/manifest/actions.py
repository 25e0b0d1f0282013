"""Manifests of what starts something."""

from ganger.ui.manifest.records import ATTRS, SIZE, Component, Example, Group, choice, flag, required, text

_VARIANTS = ("primary", "secondary", "outline", "ghost", "destructive")
_SIZES = ("sm", "md", "lg")

BUTTON = Component(
    slug="button",
    title="Button",
    group=Group.ACTIONS,
    purpose="Starts an action, or leads to a page that does.",
    template="ui/actions.html",
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
            Example(f"{variant}, {size}", f'{{{{ ui.button("Save", variant="{variant}", size="{size}") }}}}')
            for variant in _VARIANTS
            for size in _SIZES
        ),
        Example("loading", '{{ ui.button("Saving", loading=true) }}'),
        Example("disabled", '{{ ui.button("Save", disabled=true) }}'),
        Example("full width", '{{ ui.button("Save", full_width=true) }}'),
        Example("icon on the left", '{{ ui.button("Add item", icon_left="plus") }}'),
        Example("icon on the right", '{{ ui.button("Next", icon_right="right") }}'),
        Example("icon alone", '{{ ui.button("", icon_left="edit", attrs={"aria-label": "Edit gauze"}) }}'),
        Example("link", '{{ ui.button("Open", href="/") }}'),
        Example("disabled link", '{{ ui.button("Open", href="/", disabled=true) }}'),
    ),
    rules=(
        "It is a real button, or a link where it has an href.",
        "While it loads it is disabled and busy, and keeps its label.",
        "An icon alone needs an aria-label.",
        "A destructive button opens a question first.",
    ),
    keys={"Enter": "presses", "Space": "presses a button"},
)

ACTIONS = (BUTTON,)
