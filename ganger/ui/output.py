"""What compiled templates call for each value that they put out, and for each macro.

tools/build/specialised.py writes these calls.
"""

import re

from jinja2 import Environment
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

_METHODS = frozenset(dir(dict))
_SPECIAL = re.compile(r"[&<>'\"]")


def as_markup(text: str) -> Markup:
    """A text that is markup, without the question whether it offers markup of its own."""
    return str.__new__(Markup, text)


def shown(value: object) -> str:
    """The value as markup. Most are markup already, numbers, or words that hold nothing to escape."""
    kind = type(value)
    if kind is Markup or (kind is str and _SPECIAL.search(value) is None):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return str(value) if kind is int else escape(value)


def part_of(value: object, name: str, environment: Environment) -> object:
    """What Jinja2 finds at `value.name`: an attribute or else an entry, or else its word for nothing."""
    if type(value) is dict and name not in _METHODS:
        found = value.get(name, missing)
        return environment.undefined(obj=value, name=name) if found is missing else found
    try:
        return getattr(value, name)
    except AttributeError:
        return environment.getattr(value, name)


class PageMacro(Macro):
    """A macro of our templates: what it puts out is escaped already, and nobody hands it a context."""

    def __call__(self, *args: object, **kwargs: object) -> str:
        """The macro's markup; TypeError, as Macro has it, for arguments that it does not take."""
        takes_caller = self.caller and not self.explicit_caller
        values, used = list(args), 0
        for name in self.arguments[len(args) :]:
            if name in kwargs:
                values.append(kwargs[name])
                used += 1
            else:
                values.append(missing)
        if takes_caller and "caller" in kwargs:
            values.append(kwargs["caller"])  # last, as the compiled function has it
            used += 1
        if used != len(kwargs) or len(values) != len(self.arguments) + takes_caller:
            return super().__call__(*args, **kwargs)  # refuses it
        return as_markup(self._func(*values))
