"""Manifests of what people type and of what holds a form together."""

from ganger.ui.calls import call
from ganger.ui.manifest.records import (
    ATTRS,
    ID,
    Component,
    Group,
    choice,
    example,
    flag,
    number,
    records,
    required,
    text,
    value,
)

TEMPLATE = "ui/forms.html"
FIELD_RULES = (
    "The label is always seen; a placeholder never stands for it.",
    "An error replaces the helper, begins with the field's name and describes the control.",
)
NAMED = (required("name", "field"), required("label", "Field"))
TEXTS = (
    text("placeholder"),
    text("helper"),
    text("error", "is missing"),
    flag("required"),
    flag("disabled"),
)
_TYPES = ("text", "email", "tel", "number", "date", "time", "search", "password")
_TYPED = (flag("readonly"), text("autocomplete", "off"), number("maxlength", 100))
_MONTH = '<input class="control" type="month" id="{0}" name="m">'

INPUT = Component(
    "input",
    "Input",
    Group.FORMS,
    "Takes one line of text, a number, a date or a time.",
    TEMPLATE,
    (*NAMED, choice("type", "text", *_TYPES), value("value", "x", '""'), *TEXTS, *_TYPED, ID, ATTRS),
    (
        example("empty", call("input", "phone", "Phone", type="tel")),
        example("filled", call("input", "name", "Name", value="Pat Example")),
        example("helper", call("input", "lot", "Lot number", helper="Printed below the expiry date.")),
        example(
            "error", call("input", "email", "E-mail", type="email", value="pat", error="E-mail is not valid")
        ),
        example("required", call("input", "email", "E-mail", type="email", required=True)),
        example("disabled", call("input", "sku", "SKU", value="GZ-44", disabled=True)),
        example("readonly", call("input", "sku", "SKU", value="GZ-44", readonly=True)),
        example("date", call("input", "day", "Day", type="date")),
    ),
    FIELD_RULES,
    do="Give the type and autocomplete, so that phones show the fitting keys and browsers fill it in.",
    dont="Say in a placeholder what has to be known while typing: it is gone by then.",
)

TEXTAREA = Component(
    "textarea",
    "Textarea",
    Group.FORMS,
    "Takes several lines of text.",
    TEMPLATE,
    (
        *NAMED,
        value("value", "x", '""'),
        *TEXTS,
        *_TYPED,
        number("rows", 6, "4", most=100),
        flag("counter"),
        ID,
        ATTRS,
    ),
    (
        example("empty", call("textarea", "reason", "Reason", maxlength=500)),
        example("error", call("textarea", "reason", "Reason", error="is missing")),
        example("counter at 0", call("textarea", "note", "Note", maxlength=20, counter=True)),
        example(
            "counter at 90 %",
            call("textarea", "note", "Note", value="Eighteen letters..", maxlength=20, counter=True),
        ),
        example(
            "counter at 100 %",
            call("textarea", "note", "Note", value="Twenty letters here.", maxlength=20, counter=True),
        ),
    ),
    (*FIELD_RULES, "The counter is spoken when 90 and 100 percent are reached, not at each key."),
    do="Show a counter where the limit is near what people write.",
    dont="Ask for patient information in a free text without need.",
)

FORM_FIELD = Component(
    "form-field",
    "Form field",
    Group.FORMS,
    "Gives a control of one's own its label, helper and error.",
    TEMPLATE,
    (
        required("label", "Field"),
        required("id", "d"),
        text("helper"),
        text("error", "is missing"),
        flag("required"),
    ),
    tuple(
        example(title, call("form_field", "Month", id=key, block=_MONTH.format(key), **more))
        for key, title, more in (
            ("m1", "plain", {}),
            ("m2", "required", {"required": True}),
            ("m3", "helper", {"helper": "The first day counts."}),
            ("m4", "error", {"error": "is missing"}),
        )
    ),
    ("The block holds one control with the id, which gets the wiring.",),
    do="Use it for controls that the library does not have.",
    dont="Wire labels and errors by hand beside it.",
    block=('<input id="d" name="d">',),
)

ERROR_SUMMARY = Component(
    "error-summary",
    "Error summary",
    Group.FORMS,
    "Says after a failed post what is wrong, and leads there.",
    TEMPLATE,
    (
        records(
            "errors",
            [{"id": "q", "message": "Quantity is missing"}],
            required("id", "q"),
            required("message", ""),
        ),
    ),
    (
        example(
            "one",
            call("error_summary", [{"id": "q", "message": "Quantity is missing"}]),
            call("input", "q", "Quantity", error="is missing", id="q"),
            frame_px=260,
        ),
        example(
            "several",
            call(
                "error_summary",
                [{"id": "a", "message": "Name is missing"}, {"id": "b", "message": "Day is missing"}],
            ),
            call("input", "a", "Name", error="is missing", id="a"),
            call("input", "b", "Day", error="is missing", id="b"),
            frame_px=420,
        ),
    ),
    ("It is an alert that takes focus when the page comes; its links lead to the controls.",),
    do="Show it above everything else, with one line for each field in the order of the form.",
    dont="Let it stand alone: each field says its error too.",
)

FORMS = (INPUT, TEXTAREA, FORM_FIELD, ERROR_SUMMARY)
