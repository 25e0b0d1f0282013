"""What a template says: sections with fields to fill, items to choose, and rules that show and hide.

A template's content is `{"sections": [section, …]}`, its rules `[condition, …]`. Text is plain: a blank line
begins a paragraph, `**x**` is bold, `{{name}}` stands for the value of a field or of a standard variable;
everything else stands for itself. Ids are unique among all sections, items and fields of a template.

`Answers` is what somebody filled in, `Evaluation` what comes of it (domain/evaluation.py).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ganger.documents import Block
from ganger.records import Record

MAX_SECTIONS = 60
MAX_FIELDS = 60
MAX_BYTES = 200_000
MAX_TEXT = 4000

STANDARD_VARIABLES = (
    "patient_full_name",
    "patient_first_name",
    "patient_last_name",
    "patient_mrn",
    "patient_dob",
    "provider_name",
    "location_name",
    "location_address",
    "location_phone",
    "current_date",
    "current_time",
)
PATIENT_PREFIX = "patient_"

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, pattern=r"^[^\r\n]+$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]

Value = str | bool | int | float | None


class TextFormat(StrEnum):
    """What a text field takes."""

    FREE = "free"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"


class _Field(Record):
    """`depends_on` is a field or an item: while that is unchecked or empty, this field does not count."""

    id: Id
    label: Short
    required: bool = False
    default: Value = None
    depends_on: Id | None = None


class TextField(_Field):
    """A line of text."""

    type: Literal["text"]
    max_length: int = Field(default=200, ge=1, le=500)
    format: TextFormat = TextFormat.FREE


class NumberField(_Field):
    """A number with so many decimals at most."""

    type: Literal["number"]
    min: float | None = None
    max: float | None = None
    decimals: int = Field(default=0, ge=0, le=2)


class Option(Record):
    """One choice; `text` is printed."""

    value: Short
    text: Short


class SelectField(_Field):
    """One of the options, or with `allow_custom` something else: a number in the range, if there is one."""

    type: Literal["select"]
    options: list[Option] = Field(min_length=2, max_length=30)
    allow_custom: bool = False
    custom_min: float | None = None
    custom_max: float | None = None


class CheckboxField(_Field):
    """Yes or no."""

    type: Literal["checkbox"]


class DateField(_Field):
    """A day; given as YYYY-MM-DD, printed as MM/DD/YYYY."""

    type: Literal["date"]


TemplateField = Annotated[
    TextField | NumberField | SelectField | CheckboxField | DateField, Field(discriminator="type")
]


class TextVariant(StrEnum):
    """How a text section looks."""

    NORMAL = "normal"
    HEADING = "heading"
    EMPHASIS = "emphasis"
    WARNING = "warning"


class _Section(Record):
    id: Id
    title: Title | None = None


class TextSection(_Section):
    """Paragraphs."""

    type: Literal["text"]
    content: Text
    variant: TextVariant = TextVariant.NORMAL


class ListSection(_Section):
    """Items that are always printed, each a line."""

    type: Literal["list"]
    items: list[Line] = Field(min_length=1, max_length=MAX_SECTIONS)
    ordered: bool = False


class FieldsSection(_Section):
    """A text with its blanks."""

    type: Literal["fields"]
    content: Text
    fields: list[TemplateField] = Field(min_length=1, max_length=MAX_FIELDS)


class ChecklistItem(Record):
    """What may be chosen for the patient; its fields count only when it is."""

    id: Id
    content: Text
    fields: list[TemplateField] = Field(default=[], max_length=MAX_FIELDS)
    required: bool = False
    default: bool = False


class ChecklistSection(_Section):
    """Items to choose from; those chosen are printed."""

    type: Literal["checklist"]
    items: list[ChecklistItem] = Field(min_length=1, max_length=40)
    min_selected: int | None = Field(default=None, ge=0, le=40)
    max_selected: int | None = Field(default=None, ge=1, le=40)


class WarningSection(_Section):
    """Paragraphs in a bordered box."""

    type: Literal["warning"]
    content: Text


class PageBreakSection(_Section):
    """What follows begins a page."""

    type: Literal["page_break"]


Section = Annotated[
    TextSection | ListSection | FieldsSection | ChecklistSection | WarningSection | PageBreakSection,
    Field(discriminator="type"),
]


class Content(Record):
    """All that a template says, in its order."""

    sections: list[Section] = Field(min_length=1, max_length=MAX_SECTIONS)


class Effect(StrEnum):
    """What a condition does to its targets while it holds."""

    SHOW_IF = "show_if"
    HIDE_IF = "hide_if"
    REQUIRE_IF = "require_if"


class Operator(StrEnum):
    """How a condition looks at a field or an item."""

    EQUALS = "equals"
    NOT_EQUALS = "not_equals"
    CONTAINS = "contains"
    IS_CHECKED = "is_checked"


class Condition(Record):
    """One rule. `field` is a field or an item; targets are sections, items and fields."""

    type: Effect
    field: Id
    operator: Operator
    value: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    target: list[Id] = Field(min_length=1, max_length=40)


Rules = list[Condition]


class Answers(Record):
    """What was filled in: values by field, and the chosen items by checklist.

    A field or checklist that is not named has its default.
    """

    fields: dict[str, Value] = Field(default={})
    checklists: dict[str, list[str]] = Field(default={})


class ProblemCode(StrEnum):
    """Why an answer cannot be printed."""

    REQUIRED = "REQUIRED"
    RANGE = "RANGE"
    OPTION = "OPTION"
    FORMAT = "FORMAT"
    TOO_LONG = "TOO_LONG"
    MIN_SELECTED = "MIN_SELECTED"
    MAX_SELECTED = "MAX_SELECTED"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"


class Problem(Record):
    """One thing that is wrong with answers; `field` is the id of a field, or of a checklist."""

    field: str
    code: ProblemCode


@dataclass(frozen=True, slots=True)
class ContentProblem:
    """One thing that is wrong with a template; `where` is the id of a section, item or field, or empty."""

    code: str
    where: str
    message: str

    def plain(self) -> dict[str, str]:
        """The problem as JSON values."""
        return {"code": self.code, "where": self.where, "message": self.message}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What comes of a template with these answers.

    `blocks` can be shown at any time, with nothing where an answer is missing; they are printed only when
    there are no problems. `shown` are the ids of the sections, chosen items and fields that count with these
    answers, `hidden` those that rules hide: a form shows sections and items that are not hidden, and of their
    fields those that are shown.
    """

    problems: tuple[Problem, ...]
    blocks: tuple[Block, ...]
    shown: frozenset[str]
    hidden: frozenset[str]
