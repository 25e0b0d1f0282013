"""Manifests of what people choose."""

from ganger.ui.calls import call
from ganger.ui.manifest.forms import FIELD_RULES, NAMED, TEMPLATE, TEXTS
from ganger.ui.manifest.records import (
    ATTRS,
    ID,
    SIZE,
    Component,
    Group,
    Parameter,
    choice,
    example,
    flag,
    records,
    text,
    value,
)

_OPTIONS = [{"value": "aa", "label": "Ann Arbor"}, {"value": "wx", "label": "Wixom"}]
_PLACES = [
    {"value": "aa", "label": "Ann Arbor"},
    {"value": "py", "label": "Plymouth"},
    {"value": "wx", "label": "Wixom"},
]
_GROUPED = [
    {"value": 1, "label": "Gauze", "group": "Wound care"},
    {"value": 2, "label": "Gloves", "group": "Protection"},
]
_ONE_OFF = [{"value": 1, "label": "Gauze"}, {"value": 2, "label": "Gloves", "disabled": True}]
_DELIVERY = [
    {"value": "std", "label": "Standard", "description": "In three days"},
    {"value": "now", "label": "Express", "disabled": True},
]


def _options(last: Parameter) -> Parameter:
    return records(
        "options", _OPTIONS, value("value", "", None), text("label", "", None), flag("disabled"), last
    )


SELECT = Component(
    "select",
    "Select",
    Group.FORMS,
    "Takes one of several values that are known beforehand.",
    TEMPLATE,
    (*NAMED, _options(text("group")), value("value", "wx", '""'), *TEXTS, ID, ATTRS),
    (
        example(
            "placeholder",
            call("select", "place", "Location", options=_PLACES, placeholder="Choose a location"),
        ),
        example("chosen", call("select", "place", "Location", options=_PLACES, value="py")),
        example("groups", call("select", "item", "Item", options=_GROUPED)),
        example("disabled option", call("select", "item", "Item", options=_ONE_OFF)),
        example("error", call("select", "place", "Location", options=_PLACES, error="is missing")),
        example("disabled", call("select", "place", "Location", options=_PLACES, value="wx", disabled=True)),
    ),
    (*FIELD_RULES, "It is the browser's own select; its placeholder cannot be chosen."),
    do="Take it from six values on; for fewer a radio group shows them all.",
    dont="Use it to lead somewhere: choosing must not load a page.",
    keys={
        "Up, Down": "choose",
        "letters": "go to the value that begins so",
        "Enter, Space": "open and close",
    },
)

CHECKBOX = Component(
    "checkbox",
    "Checkbox",
    Group.FORMS,
    "Says yes or no to one thing.",
    TEMPLATE,
    (
        *NAMED,
        choice("checked", False, False, True, "mixed"),
        value("value", "yes", '"on"'),
        text("description"),
        text("error", "must be ticked"),
        flag("disabled"),
        ID,
        ATTRS,
    ),
    (
        example("off", call("checkbox", "urgent", "Urgent")),
        example("on", call("checkbox", "urgent", "Urgent", checked=True)),
        example("mixed", call("checkbox", "all", "All rooms", checked="mixed")),
        example(
            "description", call("checkbox", "urgent", "Urgent", description="Someone looks at it today.")
        ),
        example("error", call("checkbox", "read", "I have read it", error="must be ticked")),
        example("disabled", call("checkbox", "urgent", "Urgent", disabled=True)),
    ),
    ("The mixed state needs script; without it the box shows what the form would send, which is off.",),
    do="Word the label so that a tick means yes.",
    dont="Save at once when it is ticked: that is what a switch is for.",
    keys={"Space": "ticks and unticks"},
)

RADIO_GROUP = Component(
    "radio-group",
    "Radio group",
    Group.FORMS,
    "Takes one of a few values, all of them in sight.",
    TEMPLATE,
    (
        *NAMED,
        _options(text("description")),
        value("value", "wx", '""'),
        text("description"),
        text("error", "is missing"),
        flag("required"),
        flag("disabled"),
        ID,
    ),
    (
        example("nothing chosen", call("radio_group", "place1", "Location", options=_PLACES)),
        example(
            "chosen", call("radio_group", "place2", "Location", options=_PLACES, value="py", required=True)
        ),
        example(
            "described",
            call(
                "radio_group",
                "speed",
                "Delivery",
                options=_DELIVERY,
                value="std",
                description="Within Michigan",
            ),
        ),
        example("error", call("radio_group", "place3", "Location", options=_PLACES, error="is missing")),
        example(
            "disabled",
            call("radio_group", "place4", "Location", options=_PLACES, value="aa", disabled=True),
        ),
    ),
    ("The group has a legend; its error and description belong to the group.",),
    do="List the values in an order that people know.",
    dont="Choose one beforehand where the choice matters.",
    keys={"Arrow keys": "choose the next or the last one", "Space": "chooses"},
)

SWITCH = Component(
    "switch",
    "Switch",
    Group.FORMS,
    "Turns a setting on or off.",
    TEMPLATE,
    (
        *NAMED,
        flag("checked"),
        value("value", "yes", '"on"'),
        text("description"),
        flag("disabled"),
        SIZE,
        ID,
        ATTRS,
    ),
    (
        example("off", call("switch", "active", "Active")),
        example("on", call("switch", "active", "Active", checked=True)),
        example("small", call("switch", "active", "Active", checked=True, size="sm")),
        example("large", call("switch", "active", "Active", checked=True, size="lg")),
        example("description", call("switch", "mail", "E-mail", description="One message a day.")),
        example("disabled", call("switch", "active", "Active", checked=True, disabled=True)),
    ),
    ("Its state is also written, On or Off.", "Enter needs script; Space is enough without."),
    do="Name what is on: Active, E-mail.",
    dont="Use it for an answer in a form that is sent later.",
    keys={"Space": "switches", "Enter": "switches"},
)

CHOICES = (SELECT, CHECKBOX, RADIO_GROUP, SWITCH)
