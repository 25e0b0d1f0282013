"""What this app refuses, besides what every app refuses.

NotFound
└── UnknownComponent        404 UNKNOWN_COMPONENT
Conflict
├── ReviewReused            409 REVIEW_REUSED
└── VersionOutdated         409 VERSION_OUTDATED
PayloadTooLarge
└── ParamsTooLarge          413 PARAMS_TOO_LARGE
Unprocessable
├── InvalidColor            422 INVALID_COLOR
├── InvalidParameter        422 INVALID_PARAMETER
└── NotesRequired           422 NOTES_REQUIRED
Unavailable
└── RenderTimeout           503 RENDER_TIMEOUT
"""

from collections.abc import Iterable

from ganger.errors import Conflict, NotFound, PayloadTooLarge, Unavailable, Unprocessable


class UnknownComponent(NotFound):
    """No manifest has this slug."""

    code = "UNKNOWN_COMPONENT"


class ReviewReused(Conflict):
    """The request's own reference already stands for another review."""

    code = "REVIEW_REUSED"


class VersionOutdated(Conflict):
    """The review is of a version that is no longer shown; `details.current` is the one that is."""

    code = "VERSION_OUTDATED"


class ParamsTooLarge(PayloadTooLarge):
    """More was given than the playground renders."""

    code = "PARAMS_TOO_LARGE"


class InvalidColor(Unprocessable):
    """A colour is not written as #rrggbb; `details.field` says which."""

    code = "INVALID_COLOR"


class InvalidParameter(Unprocessable):
    """The component does not take this; `details` holds `name`, and in `allowed` what it takes."""

    code = "INVALID_PARAMETER"

    def __init__(self, name: str, allowed: Iterable[object]) -> None:
        listed = [str(each) for each in allowed]
        said = f"must be one of: {', '.join(listed)}" if listed else "takes nothing beside the others"
        super().__init__(f"{name} {said}", name=name, allowed=listed)
        self.name = name
        self.allowed = tuple(listed)


class NotesRequired(Unprocessable):
    """A review that fails says why."""

    code = "NOTES_REQUIRED"


class RenderTimeout(Unavailable):
    """Rendering took longer than the playground waits."""

    code = "RENDER_TIMEOUT"
