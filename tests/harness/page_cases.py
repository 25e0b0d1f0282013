"""One page as the tests open it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.harness.staff import StaffPortal

_SEES_ALL = "usr_sam"


@dataclass(frozen=True, slots=True)
class Sample:
    """How one page is opened.

    `names` is SQL whose one row holds what the address names, in its order; `person` None is nobody;
    `form` is posted, and without one the page is got.
    """

    names: str = ""
    person: str | None = _SEES_ALL
    query: str = ""
    form: Mapping[str, str] | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class PageCase:
    """One page, or one state of it; `path` is as in the route table, with the mount before it."""

    path: str
    sample: Sample = field(default_factory=Sample)

    def __str__(self) -> str:
        return f"{self.path}{self.sample.query}{' posted' if self.sample.form is not None else ''}"

    def address(self, platform: StaffPortal) -> str:
        """The path and query to open."""
        path = self.path
        if self.sample.names:
            for value in platform.rows(self.sample.names)[0].values():
                start, end = path.index("{"), path.index("}")
                path = f"{path[:start]}{value}{path[end + 1 :]}"
        return path + self.sample.query
