"""Records of this app. Checks of a review are judged pass, fail or na (does not apply)."""

from enum import StrEnum
from typing import Any, TypedDict

from pydantic import Field

from ganger.records import Record
from ganger.ui.manifest import Group

MAX_NOTES = 1000


class Theme(StrEnum):
    """In which colours a page is looked at."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Width(StrEnum):
    """How wide, in pixels, a page is looked at in a frame."""

    NARROW = "320"
    MEDIUM = "768"
    WIDE = "1024"


class View(Record):
    """How any page of this app is looked at."""

    theme: Theme = Theme.SYSTEM
    width: Width | None = None


class Standing(StrEnum):
    """How a component stands by its newest review."""

    CURRENT = "current"
    DUE = "due"
    FAILED = "failed"


class Outcome(StrEnum):
    """How one check went."""

    PASSED = "pass"
    FAILED = "fail"
    NA = "na"


class Result(StrEnum):
    """How a review went."""

    PASSED = "pass"
    FAILED = "fail"


class Checks(Record):
    """What a reviewer tries."""

    keyboard: Outcome
    screen_reader: Outcome
    contrast: Outcome
    zoom_400: Outcome
    reduced_motion: Outcome


class NewReview(Record):
    """A review as it is sent."""

    component: str = Field(max_length=60)
    version: str = Field(max_length=20)
    checks: Checks
    notes: str | None = Field(default=None, max_length=MAX_NOTES)


class Review(Record):
    """A review as it is kept."""

    id: str
    component: str
    version: str
    checks: Checks
    result: Result
    notes: str | None
    reviewer_id: str
    reviewer_name: str
    created_at: str


class CatalogueQuery(View):
    """What is looked for in the catalogue."""

    search: str | None = Field(default=None, max_length=100)
    group: Group | None = None
    review: Standing | None = None
    page: int = Field(default=1, ge=1, le=1000)
    limit: int = Field(default=50, ge=1, le=100)


class ReviewQuery(View):
    """Which reviews are looked for."""

    component: str | None = Field(default=None, max_length=60)
    result: Result | None = None
    page: int = Field(default=1, ge=1, le=1_000_000)
    limit: int = Field(default=50, ge=1, le=100)


class ReviewPageQuery(ReviewQuery):
    """The same for the page, which shows another table besides."""

    limit: int = Field(default=25, ge=1, le=100)


class RenderRequest(Record):
    """What the playground renders; the parameters are checked against the component's manifest."""

    component: str = Field(max_length=60)
    params: dict[str, Any] = Field(default_factory=dict)


class ContrastQuery(View):
    """Two colours; what they have to be, the rule says."""

    fg: str = ""
    bg: str = ""


class PatternQuery(View):
    """What the patterns ask for in their addresses."""

    place: str | None = Field(default=None, max_length=40)
    sort: str = Field(default="name", pattern="^(name|role|place|state)$")
    direction: str = Field(default="asc", pattern="^(asc|desc)$")
    page: int = Field(default=1, ge=1, le=1000)
    open: str | None = Field(default=None, max_length=40)
    progress: int | None = Field(default=None, ge=0, le=100)


class RenderedMarkup(TypedDict):
    """What a component makes of parameters, and the call that says so."""

    html: str
    call: str
