"""Manifests of what stands over the page."""

from ganger.ui.manifest.records import Component, Example, Group, Parameter, choice, flag, required, text

_TEMPLATE = "ui/dialogs.html"


def _opener(id: str, label: str, variant: str = "primary") -> str:
    return (
        f'{{{{ ui.button("{label}", variant="{variant}", href="?open={id}", '
        f'attrs={{"data-opens": "{id}"}}) }}}}'
    )


def _modal(id: str, title: str, more: str, block: str) -> str:
    return f'{_opener(id, title)}{{% call ui.modal("{id}", "{title}"{more}) %}}{block}{{% endcall %}}'


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
        Parameter("dismissible", "true", (True, False)),
        Parameter("footer_html", '""', (), ""),
        flag("open"),
    ),
    (
        Example("closed", _modal("plain", "About this lot", "", "<p>It came on Monday.</p>")),
        Example(
            "with form",
            _modal(
                "edit",
                "Edit item",
                ', footer_html=ui.button("Save", type="submit", attrs={"form": "edit-form"})',
                '<form id="edit-form" method="post" action="/edit">{{ ui.input("place", "Shelf") }}</form>',
            ),
        ),
        Example(
            "long content",
            _modal(
                "long",
                "All steps",
                ', size="sm"',
                "{% for step in range(1, 41) %}<p>Step {{ step }}</p>{% endfor %}",
            ),
        ),
        Example(
            "not dismissible",
            _modal("must", "Sign the log", ", dismissible=false", '{{ ui.button("Sign", href="/") }}'),
        ),
        Example(
            "open in its own page",
            '{% call ui.modal("own", "Edit item", open=true) %}<p>Shelf A3</p>{% endcall %}',
        ),
    ),
    (
        "Focus goes to the first field or the heading, stays inside, and returns to what opened it.",
        "The page behind neither takes input nor scrolls.",
        "Without script the opener leads to a page that shows the same dialog.",
    ),
    {"Tab": "goes round inside", "Escape": "closes, unless it must be answered"},
    block="<p>It came on Monday.</p>",
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
        Example(
            "normal",
            _opener("send", "Send order")
            + '{{ ui.confirm("send", "Send the order?", "It goes to the vendor now.", action="/send", '
            'confirm="Send order") }}',
        ),
        Example(
            "destructive",
            _opener("drop", "Delete item", "destructive")
            + '{{ ui.confirm("drop", "Delete item?", "It cannot be brought back.", action="/delete", '
            'confirm="Delete item", tone="danger") }}',
        ),
        Example(
            "type to confirm",
            _opener("wipe", "Delete location", "destructive")
            + '{{ ui.confirm("wipe", "Delete location?", "Its shelves go too.", action="/delete", '
            'confirm="Delete location", tone="danger", require_text="Wixom") }}',
        ),
    ),
    (
        "Focus begins on Cancel; the other button repeats the verb.",
        "The server asks for the typed text again.",
    ),
    {"Tab": "goes round inside", "Escape": "cancels"},
)
