"""Manifests of what people fill in."""

from ganger.ui.manifest.records import (
    ATTRS,
    ID,
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

_TEMPLATE = "ui/forms.html"
_FIELD_RULES = (
    "The label is always seen; a placeholder never stands for it.",
    "An error replaces the helper, begins with the field's name and describes the control.",
)
_OPTIONS = [{"value": "aa", "label": "Ann Arbor"}, {"value": "wx", "label": "Wixom"}]
_PLACES = (
    '[{"value": "aa", "label": "Ann Arbor"}, {"value": "py", "label": "Plymouth"}, '
    '{"value": "wx", "label": "Wixom"}]'
)
_VALUE = Parameter("value", '""', (), "x")
_NAMED = (required("name", "field"), required("label", "Field"))
_TYPES = ("text", "email", "tel", "number", "date", "time", "search", "password")
_TEXTS = (
    text("placeholder"),
    text("helper"),
    text("error", "is missing"),
    flag("required"),
    flag("disabled"),
)
_TYPED = (flag("readonly"), text("autocomplete", "off"), text("maxlength", 100))

INPUT = Component(
    "input",
    "Input",
    Group.FORMS,
    "Takes one line of text, a number, a date or a time.",
    _TEMPLATE,
    (*_NAMED, choice("type", "text", *_TYPES), _VALUE, *_TEXTS, *_TYPED, ID, ATTRS),
    (
        Example("empty", '{{ ui.input("phone", "Phone", type="tel") }}'),
        Example("filled", '{{ ui.input("name", "Name", value="Pat Example") }}'),
        Example("helper", '{{ ui.input("lot", "Lot number", helper="Printed below the expiry date.") }}'),
        Example(
            "error",
            '{{ ui.input("email", "E-mail", type="email", value="pat", error="E-mail is not valid") }}',
        ),
        Example("required", '{{ ui.input("email", "E-mail", type="email", required=true) }}'),
        Example("disabled", '{{ ui.input("sku", "SKU", value="GZ-44", disabled=true) }}'),
        Example("readonly", '{{ ui.input("sku", "SKU", value="GZ-44", readonly=true) }}'),
        Example("date", '{{ ui.input("day", "Day", type="date") }}'),
    ),
    _FIELD_RULES,
)

TEXTAREA = Component(
    "textarea",
    "Textarea",
    Group.FORMS,
    "Takes several lines of text.",
    _TEMPLATE,
    (*_NAMED, _VALUE, *_TEXTS, *_TYPED, Parameter("rows", "4", (), 6), flag("counter"), ID, ATTRS),
    (
        Example("empty", '{{ ui.textarea("reason", "Reason", maxlength=500) }}'),
        Example("error", '{{ ui.textarea("reason", "Reason", error="is missing") }}'),
        Example("counter at 0", '{{ ui.textarea("note", "Note", maxlength=20, counter=true) }}'),
        Example(
            "counter at 90 %",
            '{{ ui.textarea("note", "Note", value="Eighteen letters.." , maxlength=20, counter=true) }}',
        ),
        Example(
            "counter at 100 %",
            '{{ ui.textarea("note", "Note", value="Twenty letters here.", maxlength=20, counter=true) }}',
        ),
    ),
    (*_FIELD_RULES, "The counter is spoken when 90 and 100 percent are reached, not at each key."),
)

SELECT = Component(
    "select",
    "Select",
    Group.FORMS,
    "Takes one of several values that are known beforehand.",
    _TEMPLATE,
    (*_NAMED, required("options", _OPTIONS), Parameter("value", '""', (), "wx"), *_TEXTS, ID, ATTRS),
    (
        Example(
            "placeholder",
            f'{{{{ ui.select("place", "Location", {_PLACES}, placeholder="Choose a location") }}}}',
        ),
        Example("chosen", f'{{{{ ui.select("place", "Location", {_PLACES}, value="py") }}}}'),
        Example(
            "groups",
            '{{ ui.select("item", "Item", [{"value": 1, "label": "Gauze", "group": "Wound care"}, '
            '{"value": 2, "label": "Gloves", "group": "Protection"}]) }}',
        ),
        Example(
            "disabled option",
            '{{ ui.select("item", "Item", [{"value": 1, "label": "Gauze"}, {"value": 2, '
            '"label": "Gloves", "disabled": true}]) }}',
        ),
        Example("error", f'{{{{ ui.select("place", "Location", {_PLACES}, error="is missing") }}}}'),
        Example(
            "disabled", f'{{{{ ui.select("place", "Location", {_PLACES}, value="wx", disabled=true) }}}}'
        ),
    ),
    (*_FIELD_RULES, "It is the browser's own select; its placeholder cannot be chosen."),
)

CHECKBOX = Component(
    "checkbox",
    "Checkbox",
    Group.FORMS,
    "Says yes or no to one thing.",
    _TEMPLATE,
    (
        *_NAMED,
        choice("checked", False, False, True, "mixed"),
        Parameter("value", '"on"', (), "yes"),
        text("description"),
        text("error", "must be ticked"),
        flag("disabled"),
        ID,
        ATTRS,
    ),
    (
        Example("off", '{{ ui.checkbox("urgent", "Urgent") }}'),
        Example("on", '{{ ui.checkbox("urgent", "Urgent", checked=true) }}'),
        Example("mixed", '{{ ui.checkbox("all", "All rooms", checked="mixed") }}'),
        Example(
            "description", '{{ ui.checkbox("urgent", "Urgent", description="Someone looks at it today.") }}'
        ),
        Example("error", '{{ ui.checkbox("read", "I have read it", error="must be ticked") }}'),
        Example("disabled", '{{ ui.checkbox("urgent", "Urgent", disabled=true) }}'),
    ),
    ("The mixed state needs script; without it the box shows what the form would send, which is off.",),
    {"Space": "ticks and unticks"},
)

RADIO_GROUP = Component(
    "radio-group",
    "Radio group",
    Group.FORMS,
    "Takes one of a few values, all of them in sight.",
    _TEMPLATE,
    (
        *_NAMED,
        required("options", _OPTIONS),
        Parameter("value", '""', (), "wx"),
        text("description"),
        text("error", "is missing"),
        flag("required"),
        flag("disabled"),
        ID,
    ),
    (
        Example("nothing chosen", f'{{{{ ui.radio_group("place1", "Location", {_PLACES}) }}}}'),
        Example(
            "chosen", f'{{{{ ui.radio_group("place2", "Location", {_PLACES}, value="py", required=true) }}}}'
        ),
        Example(
            "described",
            '{{ ui.radio_group("speed", "Delivery", [{"value": "std", "label": "Standard", '
            '"description": "In three days"}, '
            '{"value": "now", "label": "Express", "disabled": true}], value="std", '
            'description="Within Michigan") }}',
        ),
        Example("error", f'{{{{ ui.radio_group("place3", "Location", {_PLACES}, error="is missing") }}}}'),
        Example(
            "disabled",
            f'{{{{ ui.radio_group("place4", "Location", {_PLACES}, value="aa", disabled=true) }}}}',
        ),
    ),
    ("The group has a legend; its error and description belong to the group.",),
    {"Arrow keys": "choose the next or the last one", "Space": "chooses"},
)

SWITCH = Component(
    "switch",
    "Switch",
    Group.FORMS,
    "Turns a setting on or off.",
    _TEMPLATE,
    (
        *_NAMED,
        flag("checked"),
        Parameter("value", '"on"', (), "yes"),
        text("description"),
        flag("disabled"),
        SIZE,
        ID,
        ATTRS,
    ),
    (
        Example("off", '{{ ui.switch("active", "Active") }}'),
        Example("on", '{{ ui.switch("active", "Active", checked=true) }}'),
        Example("small", '{{ ui.switch("active", "Active", checked=true, size="sm") }}'),
        Example("large", '{{ ui.switch("active", "Active", checked=true, size="lg") }}'),
        Example("description", '{{ ui.switch("mail", "E-mail", description="One message a day.") }}'),
        Example("disabled", '{{ ui.switch("active", "Active", checked=true, disabled=true) }}'),
    ),
    ("Its state is also written, On or Off.", "Enter needs script; Space is enough without."),
    {"Space": "switches", "Enter": "switches"},
)

FORM_FIELD = Component(
    "form-field",
    "Form field",
    Group.FORMS,
    "Gives a control of one's own its label, helper and error.",
    _TEMPLATE,
    (
        required("label", "Field"),
        required("id", "d"),
        text("helper"),
        text("error", "is missing"),
        flag("required"),
    ),
    tuple(
        Example(
            title,
            f'{{% call ui.form_field("Month", '
            f'id="{key}"{more}) %}}<input class="control" type="month" id="{key}" name="m">{{% endcall %}}',
        )
        for key, title, more in (
            ("m1", "plain", ""),
            ("m2", "required", ", required=true"),
            ("m3", "helper", ', helper="The first day counts."'),
            ("m4", "error", ', error="is missing"'),
        )
    ),
    ("The block holds one control with the id, which gets the wiring.",),
    block='<input id="d" name="d">',
)

ERROR_SUMMARY = Component(
    "error-summary",
    "Error summary",
    Group.FORMS,
    "Says after a failed post what is wrong, and leads there.",
    _TEMPLATE,
    (required("errors", [{"id": "q", "message": "Quantity is missing"}]),),
    (
        Example(
            "one",
            '{{ ui.error_summary([{"id": "q", "message": "Quantity is missing"}]) }}{{ ui.input("q", '
            '"Quantity", error="is missing", id="q") }}',
        ),
        Example(
            "several",
            '{{ ui.error_summary([{"id": "a", "message": "Name is missing"}, {"id": "b", '
            '"message": "Day is missing"}]) }}'
            '{{ ui.input("a", "Name", error="is missing", id="a") }}{{ ui.input("b", "Day", '
            'error="is missing", id="b") }}',
        ),
    ),
    ("It is an alert that takes focus when the page comes; its links lead to the controls.",),
)

FORMS = (INPUT, TEXTAREA, SELECT, CHECKBOX, RADIO_GROUP, SWITCH, FORM_FIELD, ERROR_SUMMARY)
