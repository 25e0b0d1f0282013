"""The options of a select, in one pass: a form that filters a list holds dozens of them."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from ganger.ui.output import as_markup, shown


def option_list(options: Iterable[Mapping[str, object]], chosen: object) -> Markup:
    """The options as markup, those of a group one after the other under its label.

    Args:
        options: with `value` and `label`, and some with `disabled` and `group`.
        chosen: the value of the one that is selected; both count as texts.
    """
    parts: list[str] = []
    wanted = str(chosen)
    open_group: object = ""
    for option in options:
        group = option.get("group", "")
        if group != open_group:
            parts.append(_between(open_group, group))
            open_group = group
        selected = " selected" if str(option["value"]) == wanted else ""
        disabled = " disabled" if option.get("disabled") else ""
        value, label = shown(option["value"]), shown(option["label"])
        parts.append(f'<option value="{value}"{selected}{disabled}>{label}</option>\n')
    parts.append(_between(open_group, ""))
    return as_markup("".join(parts))


def _between(group: object, following: object) -> str:
    ended = "</optgroup>" if group else ""
    return f'{ended}<optgroup label="{shown(following)}">' if following else ended
