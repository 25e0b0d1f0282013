"""What components accept: allowed values, attributes, links and markup. All refusals are ComponentError."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from zlib import crc32

from jinja2 import TemplateRuntimeError
from jinja2.runtime import Macro
from markupsafe import Markup, escape

_ATTRIBUTE_NAME = re.compile(r"id|name|form|(?:data|aria)-[a-z0-9]+(?:-[a-z0-9]+)*")
_ATTRIBUTES_ALLOWED = ("id", "name", "form", "data-*", "aria-*")
# htmx runs the text of these as script, which is what refusing on* is there to prevent.
_SCRIPT_ATTRIBUTES = ("data-hx-on", "data-hx-vars")

_LINK_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_LINK_SCHEMES = ("http", "https", "mailto", "tel")

_AVATAR_TONES = 6
# Only these may be escaped where a pattern is read with the flag `v`, as browsers do.
_PATTERN_SYNTAX = re.compile(r"[\^$\\.*+?()\[\]{}|/]")

_CONTROL = re.compile(r'<(?:input|select|textarea)\b(?=[^>]*?\sid="([^"]*)")')


class ComponentError(TemplateRuntimeError):
    """A component was called with a parameter or value it does not have.

    The value itself stays out of the text, for it may come from a patient's row.
    """

    def __init__(self, component: str, parameter: str, allowed: Iterable[object]) -> None:
        self.component = component
        self.parameter = parameter
        self.allowed = tuple(str(item) for item in allowed)
        super().__init__(f"{component}: {parameter} must be one of: {', '.join(self.allowed)}")


def choose(component: str, parameter: str, value: object, allowed: Collection[object]) -> object:
    """The value, if the component knows it; otherwise a ComponentError."""
    if value not in allowed:
        raise ComponentError(component, parameter, allowed)
    return value


def known_keys(
    component: str, parameter: str, entries: Iterable[Mapping[str, object]], allowed: Collection[str]
) -> str:
    """Refuse a misspelt key in a list of entries (columns, options, items); prints as nothing."""
    for entry in entries:
        if any(key not in allowed for key in entry):
            raise ComponentError(component, parameter, allowed)
    return ""


def checked(macro: Macro) -> Callable[..., str]:
    """The macro with its parameter names checked; what ui/components.html exports."""
    allowed = macro.arguments

    def call(*args: object, **kwargs: object) -> str:
        if len(args) > len(allowed):
            raise ComponentError(macro.name, "parameters", allowed)
        for name in kwargs:
            if name not in allowed and not (name == "caller" and macro.caller):
                raise ComponentError(macro.name, name, allowed)
        return macro(*args, **kwargs)

    return call


def attributes(component: str, attrs: Mapping[str, object], reserved: Collection[str] = ()) -> Markup:
    """Extra attributes as markup, each with a leading space.

    Args:
        component: named in a refusal.
        attrs: name to value; True gives a bare attribute, False and None leave it out.
        reserved: names that the component sets itself.
    Raises:
        ComponentError: a name outside id, name, form, data-* and aria-*; so on* and style too.
    """
    parts = []
    for name, value in attrs.items():
        refused = name in reserved or name.startswith(_SCRIPT_ATTRIBUTES)
        if refused or not _ATTRIBUTE_NAME.fullmatch(name):
            raise ComponentError(component, f"attrs[{name}]", _ATTRIBUTES_ALLOWED)
        if value is True:
            parts.append(f" {name}")
        elif value is not False and value is not None:
            parts.append(f' {name}="{escape(value)}"')
    return Markup("".join(parts))  # noqa: S704 - names are matched, values escaped above


def labelled(component: str, label: str, attrs: Mapping[str, object]) -> str:
    """The label; it may be empty (an icon alone) only where aria-label names the control instead."""
    if not label and not attrs.get("aria-label"):
        raise ComponentError(component, "label", ("a text", "attrs[aria-label]"))
    return label


def link(component: str, href: str) -> str:
    """The link target, unless its scheme could run script (javascript:, data:)."""
    scheme = _LINK_SCHEME.match(href)
    if scheme and scheme.group(1).lower() not in _LINK_SCHEMES:
        raise ComponentError(component, "href", ("a path", *_LINK_SCHEMES))
    return href


def markup(component: str, parameter: str, value: str) -> Markup:
    """The value of an *_html parameter, which has to be library output: plain text is refused."""
    if not isinstance(value, Markup) and value:
        raise ComponentError(component, parameter, ("output of a component",))
    return Markup(value)  # noqa: S704 - it is markup already, or empty


def error_text(label: str, error: str) -> str:
    """The error as said next to the field and in a summary: it starts with the field's name."""
    return error if error.casefold().startswith(label.casefold()) else f"{label}: {error}"


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def name_tone(name: str) -> int:
    """Which of the avatar colours a name has, 1 to 6: the same on every page and every day."""
    return crc32(name.encode()) % _AVATAR_TONES + 1


def clamped(component: str, value: float | None, limit: float) -> float | None:
    """The value between 0 and the limit; None, where nobody knows it, stays None."""
    if limit <= 0:
        raise ComponentError(component, "max", ("a number above 0",))
    return None if value is None else min(max(value, 0), limit)


def literal_pattern(text: str) -> str:
    """The `pattern` of an input that takes exactly this text."""
    return _PATTERN_SYNTAX.sub(r"\\\g<0>", text)


def wire(component: str, block: Markup, control_id: str, wiring: Markup) -> Markup:
    """Add the wiring attributes to the one control in the block that has the id.

    Raises:
        ComponentError: no input, select or textarea of the block has the id, or several have.
    """
    wanted = str(escape(control_id))
    ends = [match.end() for match in _CONTROL.finditer(block) if match.group(1) == wanted]
    if len(ends) != 1:
        raise ComponentError(component, "the call block", (f'one control with id="{wanted}"',))
    return block[: ends[0]] + wiring + block[ends[0] :]
