"""Manifests of what shows data."""

from ganger.ui.manifest.records import (
    ATTRS,
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

_TEMPLATE = "ui/data.html"
_TONES = ("neutral", "primary", "success", "warning", "danger")
_COLUMNS = (
    '[{"key": "name", "header": "Name", "sortable": true}, {"key": "role", "header": "Role"}, '
    '{"key": "place", "header": "Location", "hide_below": "md"}, {"key": "state", "header": "Status"}]'
)
_ROWS = (
    '[{"id": 1, "name": "Pat Example", "role": "Medical Assistant", "place": "Plymouth", '
    '"state": "Active", "href": "/1"}, '
    '{"id": 2, "name": "Sam Sample", "role": "Nurse", "place": "Wixom", "state": "Active", "href": "/2"}, '
    '{"id": 3, "name": "Lee Placeholder", "role": "Technician", "place": "Ann Arbor", '
    '"state": "Inactive", "href": "/3"}]'
)


def _table(more: str, rows: str = _ROWS) -> str:
    return f"{{{{ ui.data_table({_COLUMNS}, {rows}, {more}) }}}}"


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
        Parameter("footer_html", '""', (), ""),
        ATTRS,
    ),
    (
        Example("plain", '{% call ui.card("Stock") %}<p>41 items are low.</p>{% endcall %}'),
        Example(
            "footer",
            '{% call ui.card("Stock", footer_html=ui.badge("Wixom")) %}<p>41 items are low.</p>{% endcall %}',
        ),
        Example(
            "linked",
            '{% call ui.card("Stock", href="/", shadow="md") %}<p>41 items are low.</p>{% endcall %}',
        ),
        Example(
            "disabled",
            '{% call ui.card("Stock", href="/", disabled=true) %}<p>Not at this location.</p>{% endcall %}',
        ),
    ),
    (
        "A linked card has one link, its title, which reaches over the whole card.",
        "The heading's level is given, not guessed.",
    ),
    block="<p>41 items are low.</p>",
)

STAT_CARD = Component(
    "stat-card",
    "Stat card",
    Group.DATA,
    "Shows one figure.",
    _TEMPLATE,
    (
        required("title", "Open tickets"),
        required("value", 14),
        text("unit", "days"),
        text("trend", {"percent": 12, "direction": "up", "good": True}),
        choice("tone", "default", "default", "success", "warning", "danger"),
        text("href", "/"),
    ),
    (
        Example("default", '{{ ui.stat_card("Open tickets", 14) }}'),
        Example("success", '{{ ui.stat_card("Closed today", 9, tone="success") }}'),
        Example("warning", '{{ ui.stat_card("Low items", 41, tone="warning") }}'),
        Example("danger", '{{ ui.stat_card("Expired lots", 2, tone="danger") }}'),
        Example(
            "better",
            '{{ ui.stat_card("Calls answered", 310, trend={"percent": 12, "direction": "up", '
            '"good": true}) }}',
        ),
        Example(
            "worse",
            '{{ ui.stat_card("Waiting time", 9, unit="min", trend={"percent": 3, "direction": "up", '
            '"good": false}) }}',
        ),
        Example("long value", '{{ ui.stat_card("Stock value", "$1,234,567.89", href="/") }}'),
        Example("no data", '{{ ui.stat_card("Last count", none) }}'),
    ),
    ("A trend is spoken in words, and says better or worse besides its colour.",),
)

DATA_TABLE = Component(
    "data-table",
    "Data table",
    Group.DATA,
    "Lists rows of the same kind.",
    _TEMPLATE,
    (
        required("columns", [{"key": "name", "header": "Name"}]),
        required("rows", [{"id": 1, "name": "Pat Example", "href": "/1"}]),
        required("caption", "People"),
        text("sort", "name"),
        choice("direction", "asc", "asc", "desc"),
        Parameter("empty", '"Nothing to show."', (), "Nobody."),
        flag("loading"),
        text("row_href", "href"),
        flag("selectable"),
        Parameter("url", '""', (), "/people?role=nurse"),
    ),
    (
        Example("rows", _table('caption="People"')),
        Example("sorted up, linked", _table('caption="People by name", sort="name", row_href="href"')),
        Example("sorted down", _table('caption="People from Z", sort="name", direction="desc"')),
        Example("selectable", _table('caption="Choose people", selectable=true')),
        Example("empty", _table('caption="Nobody", empty="No person matches."', "[]")),
        Example("loading", _table('caption="People to come", loading=true', "[]")),
    ),
    (
        "It is a real table with a caption; the sorted column says so.",
        "Below 640 px a row becomes a block of labels and values.",
        "The scroll area takes focus and has a name.",
    ),
    {"Arrow keys": "scroll the table when it has focus", "Enter": "follows a sort link or a row"},
)

BADGE = Component(
    "badge",
    "Badge",
    Group.DATA,
    "Says in a word how something stands.",
    _TEMPLATE,
    (required("text", "Pending"), choice("tone", "neutral", *_TONES), SIZE, flag("dot")),
    (
        *(Example(tone, f'{{{{ ui.badge("Pending", tone="{tone}") }}}}') for tone in _TONES),
        *(
            Example(size, f'{{{{ ui.badge("Pending", tone="primary", size="{size}") }}}}')
            for size in ("sm", "lg")
        ),
        Example("dot", '{{ ui.badge("Online", tone="success", dot=true) }}'),
        Example("count", "{{ ui.badge(7) }}"),
        Example("99+", '{{ ui.badge("99+", tone="danger") }}'),
    ),
    ("It always has a text; colour and dot only go with it.",),
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
            Example(f"initials, {size}", f'{{{{ ui.avatar("Pat Example", size="{size}") }}}}')
            for size in ("xs", "sm", "md", "lg", "xl")
        ),
        Example("alone", '{{ ui.avatar("Sam Sample", alone=true) }}'),
        Example("image", '{{ ui.avatar("Lee Placeholder", src="/assets/mark.svg") }}'),
        Example("broken image", '{{ ui.avatar("Lee Placeholder", src="/assets/none.png") }}'),
    ),
    (
        "Beside the written name it is decoration; alone it speaks the name.",
        "Its colour comes from the name and never says anything.",
    ),
)

DATA = (CARD, STAT_CARD, DATA_TABLE, BADGE, AVATAR)
