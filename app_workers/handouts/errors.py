"""What this app refuses, besides what every app refuses.

BadRequest
├── InvalidRule             400 INVALID_RULE
└── UnknownVariable         400 UNKNOWN_VARIABLE
Conflict
├── DraftExists             409 DRAFT_EXISTS
├── NameTaken               409 NAME_TAKEN
└── NotEditable             409 NOT_EDITABLE
"""

from ganger.errors import BadRequest, Conflict


class InvalidRule(BadRequest):
    """A rule or dependence names what is not there, or a field depends on itself; see `details.problems`."""

    code = "INVALID_RULE"


class UnknownVariable(BadRequest):
    """A text names a variable that is neither a field nor a standard one; see `details.problems`."""

    code = "UNKNOWN_VARIABLE"


class DraftExists(Conflict):
    """The family has a version that is not decided yet, `details.template_id`."""

    code = "DRAFT_EXISTS"


class NameTaken(Conflict):
    """Another approved template of the language has this name."""

    code = "NAME_TAKEN"
