"""Manifests of what stands over the page."""

from ganger.ui.calls import Call, call
from ganger.ui.manifest.records import (
    Component,
    Example,
    Group,
    choice,
    example,
    flag,
    markup,
    required,
    text,
)

_TEMPLATE = "ui/dialogs.html"


def _opener(id: str, label: str, variant: str = "primary") -> Call:
    return call("button", label, variant=variant, href=f"?open={id}", attrs={"data-opens": id})


def _modal(state: str, id: str, title: str, block: tuple[Call | str, ...] | str, **named: object) -> Example:
    return example(state, _opener(id, title), call("modal", id, title, block=block, **named))


MODAL = Component(
    "modal",
    "Modal",
    Group.FEEDBACK,
    "Does a small piece of work over the page.",
    _TEMPLATE,
    (
        required("id", "edit"),
        required("title", "Edit item"),
        choice("size", "md", "sm", "md", "lg", "xl"),
        flag("dismissible", "true"),
        markup("footer_html"),
        flag("open"),
    ),
    (
        _modal("closed", "plain", "About this lot", "<p>It came on Monday.</p>"),
        _modal(
            "with form",
            "edit",
            "Edit item",
            (
                '<form id="edit-form" method="post" action="/edit">',
                call("input", "place", "Shelf"),
                "</form>",
            ),
            footer_html=call("button", "Save", type="submit", attrs={"form": "edit-form"}),
        ),
        _modal(
            "long content",
            "long",
            "All steps",
            ("<p>Step by step</p>", call("skeleton", "text", 60)),
            size="sm",
        ),
        _modal(
            "not dismissible", "must", "Sign the log", (call("button", "Sign", href="/"),), dismissible=False
        ),
        example(
            "open in its own page",
            call("modal", "own", "Edit item", open=True, block="<p>Shelf A3</p>"),
            frame_px=200,
        ),
    ),
    (
        "Focus goes to the first field or the heading, stays inside, and returns to what opened it.",
        "The page behind neither takes input nor scrolls.",
        "Without script the opener leads to a page that shows the same dialog.",
    ),
    do="Keep it to one small piece of work that belongs to the page behind.",
    dont="Open one from another, or put a long form into it.",
    keys={"Tab": "goes round inside", "Escape": "closes, unless it must be answered"},
    block=("<p>It came on Monday.</p>",),
)

CONFIRM = Component(
    "confirm",
    "Confirm dialog",
    Group.FEEDBACK,
    "Asks before something is done that cannot be taken back.",
    _TEMPLATE,
    (
        required("id", "del"),
        required("title", "Delete item?"),
        required("message", "It cannot be brought back."),
        required("action", "/delete"),
        required("confirm", "Delete item"),
        choice("tone", "default", "default", "danger"),
        text("require_text", "GZ-44"),
        flag("open"),
    ),
    (
        example(
            "normal",
            _opener("send", "Send order"),
            call(
                "confirm",
                "send",
                "Send the order?",
                message="It goes to the vendor now.",
                action="/send",
                confirm="Send order",
            ),
        ),
        example(
            "destructive",
            _opener("drop", "Delete item", "destructive"),
            call(
                "confirm",
                "drop",
                "Delete item?",
                message="It cannot be brought back.",
                action="/delete",
                confirm="Delete item",
                tone="danger",
            ),
        ),
        example(
            "type to confirm",
            _opener("wipe", "Delete location", "destructive"),
            call(
                "confirm",
                "wipe",
                "Delete location?",
                message="Its shelves go too.",
                action="/delete",
                confirm="Delete location",
                tone="danger",
                require_text="Wixom",
            ),
        ),
    ),
    (
        "Focus begins on Cancel; the other button repeats the verb.",
        "The server asks for the typed text again.",
    ),
    do="Say what will be gone, and repeat the verb on the button.",
    dont="Ask for what can be undone: do it, and offer the way back.",
    keys={"Tab": "goes round inside", "Escape": "cancels"},
)

DIALOGS = (MODAL, CONFIRM)
