"""Manifests of what shows data."""

from ganger.ui.calls import call
from ganger.ui.manifest.records import (
    ATTRS,
    SIZE,
    Component,
    Group,
    choice,
    example,
    flag,
    markup,
    record,
    required,
    text,
    value,
)

_TEMPLATE = "ui/data.html"
_TONES = ("neutral", "primary", "success", "warning", "danger")
_LOW = "<p>41 items are low.</p>"
_BETTER = {"percent": 12, "direction": "up", "good": True}
_WORSE = {"percent": 3, "direction": "up", "good": False}

CARD = Component(
    "card",
    "Card",
    Group.DATA,
    "Holds what belongs together.",
    _TEMPLATE,
    (
        text("title", "Stock"),
        choice("level", 2, 2, 3, 4, 5, 6),
        choice("padding", "md", "none", "sm", "md", "lg"),
        choice("shadow", "sm", "none", "sm", "md", "lg"),
        text("href", "/"),
        flag("disabled"),
        markup("footer_html"),
        ATTRS,
    ),
    (
        example("plain", call("card", "Stock", block=_LOW)),
        example("footer", call("card", "Stock", footer_html=call("badge", "Wixom"), block=_LOW)),
        example("linked", call("card", "Stock", href="/", shadow="md", block=_LOW)),
        example(
            "disabled", call("card", "Stock", href="/", disabled=True, block="<p>Not at this location.</p>")
        ),
    ),
    (
        "A linked card has one link, its title, which reaches over the whole card.",
        "The heading's level is given, not guessed.",
    ),
    do="Give the level that follows the heading above it.",
    dont="Put a card into a card, or buttons into one that is a link.",
    block=(_LOW,),
)

STAT_CARD = Component(
    "stat-card",
    "Stat card",
    Group.DATA,
    "Shows one figure.",
    _TEMPLATE,
    (
        required("title", "Open tickets"),
        value("value", 14, None),
        text("unit", "days"),
        record(
            "trend",
            _BETTER,
            value("percent", 12, None),
            choice("direction", "up", "up", "down"),
            flag("good"),
        ),
        choice("tone", "default", "default", "success", "warning", "danger"),
        text("href", "/"),
    ),
    (
        example("default", call("stat_card", "Open tickets", 14)),
        example("success", call("stat_card", "Closed today", 9, tone="success")),
        example("warning", call("stat_card", "Low items", 41, tone="warning")),
        example("danger", call("stat_card", "Expired lots", 2, tone="danger")),
        example("better", call("stat_card", "Calls answered", 310, trend=_BETTER)),
        example("worse", call("stat_card", "Waiting time", 9, unit="min", trend=_WORSE)),
        example("long value", call("stat_card", "Stock value", "$1,234,567.89", href="/")),
        example("no data", call("stat_card", "Last count", None)),
    ),
    ("A trend is spoken in words, and says better or worse besides its colour.",),
    do="Show few figures that somebody acts upon.",
    dont="Colour a figure that needs nobody.",
)

BADGE = Component(
    "badge",
    "Badge",
    Group.DATA,
    "Says in a word how something stands.",
    _TEMPLATE,
    (value("text", "Pending", None), choice("tone", "neutral", *_TONES), SIZE, flag("dot")),
    (
        *(example(tone, call("badge", "Pending", tone=tone)) for tone in _TONES),
        *(example(size, call("badge", "Pending", tone="primary", size=size)) for size in ("sm", "lg")),
        example("dot", call("badge", "Online", tone="success", dot=True)),
        example("count", call("badge", 7)),
        example("99+", call("badge", "99+", tone="danger")),
    ),
    ("It always has a text; colour and dot only go with it.",),
    do="Use the same tone for the same state everywhere.",
    dont="Make it a button: a badge only says.",
)

AVATAR = Component(
    "avatar",
    "Avatar",
    Group.DATA,
    "Stands for a person by picture or initials.",
    _TEMPLATE,
    (
        required("name", "Pat Example"),
        text("src", "/me.png"),
        choice("size", "md", "xs", "sm", "md", "lg", "xl"),
        flag("alone"),
    ),
    (
        *(
            example(f"initials, {size}", call("avatar", "Pat Example", size=size))
            for size in ("xs", "sm", "md", "lg", "xl")
        ),
        example("alone", call("avatar", "Sam Sample", alone=True)),
        example("image", call("avatar", "Lee Placeholder", src="/showcase/portrait.svg")),
        example("broken image", call("avatar", "Lee Placeholder", src="/showcase/no-portrait.svg")),
    ),
    (
        "Beside the written name it is decoration; alone it speaks the name.",
        "Its colour comes from the name and never says anything.",
    ),
    do="Write the name beside it wherever there is room.",
    dont="Tell people apart by its colour.",
)

DATA = (CARD, STAT_CARD, BADGE, AVATAR)
