"""Templates of handouts: the versions of a family, and what is asked of them."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from app_workers.handouts.models.content import Answers, Condition, Content
from ganger.records import Record

MAX_RULES = 60


class Category(StrEnum):
    """What a handout is for."""

    EDUCATION = "education"
    TREATMENT = "treatment"
    MEDICATION = "medication"
    PRE_PROCEDURE = "pre_procedure"
    POST_PROCEDURE = "post_procedure"


class Subcategory(StrEnum):
    """What a handout is about."""

    SKIN_CONDITIONS = "skin_conditions"
    PROCEDURES = "procedures"
    MEDICATIONS = "medications"
    INFECTIONS = "infections"
    CANCER_RELATED = "cancer_related"


class Language(StrEnum):
    """The language of a template's text."""

    EN = "en"
    ES = "es"


class TemplateType(StrEnum):
    """What has to be done before a handout can be printed: nothing, blanks, or choices."""

    STATIC = "static"
    DYNAMIC = "dynamic"
    CONDITIONAL = "conditional"


class TemplateAction(StrEnum):
    """What takes a version further, besides editing it."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REJECT = "reject"
    ARCHIVE = "archive"


class TemplateStatus(StrEnum):
    """How far a version is."""

    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    APPROVED = "approved"
    REJECTED = "rejected"
    ARCHIVED = "archived"


Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]


class TemplateFacts(Record):
    """What is known of a template besides its text. No `location_ids` means every location."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    category: Category
    subcategory: Subcategory | None = None
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    location_ids: list[str] = Field(default=[], max_length=20)
    tags: list[Tag] = Field(default=[], max_length=20)
    language: Language = Language.EN
    digital_enabled: bool = True
    clinical_review: bool = False


class ContentDraft(Record):
    """The text of a template."""

    content: Content
    rules: list[Condition] = Field(default=[], max_length=MAX_RULES)


class TemplateDraft(TemplateFacts, ContentDraft):
    """A template as it is to be written."""

    def as_edit(self, lock_version: int) -> "TemplateEdit":
        """The same as an edit of a version that was read; all of it was checked already."""
        return TemplateEdit.model_construct(**dict(self), lock_version=lock_version)


class TemplateEdit(TemplateDraft):
    """The same for a template that is there; `lock_version` as read."""

    lock_version: int = Field(ge=1)


class TemplateStep(Record):
    """What takes a version further; `lock_version` as read."""

    lock_version: int = Field(ge=1)
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class ListedTemplate(TemplateFacts):
    """One version as lists show it."""

    id: str
    family_id: str
    version: int
    template_type: TemplateType
    complexity: int
    estimated_minutes: int
    status: TemplateStatus
    submitted_by: str | None
    submitted_by_name: str | None
    decided_by: str | None
    decided_by_name: str | None
    decided_at: str | None
    decision_note: str | None
    created_by: str
    updated_by: str
    updated_by_name: str
    lock_version: int
    created_at: str
    updated_at: str


class Template(ListedTemplate):
    """One version with its text and rules."""

    content: Content
    rules: list[Condition]

    @property
    def draft(self) -> TemplateDraft:
        """What somebody wrote of it, without what became of it."""
        return TemplateDraft.model_construct(
            **{name: getattr(self, name) for name in TemplateDraft.model_fields}
        )


class ApprovedTemplates(Record):
    """What can be given out at a location, by category and name."""

    templates: list[ListedTemplate]


class PreviewRequest(Record):
    """What a preview is filled in with."""

    answers: Answers = Answers()


class TemplateQuery(Record):
    """Which templates a list shows."""

    category: Category | None = None
    status: TemplateStatus | None = None
    search: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    location_id: str | None = None
    page: int = Field(default=1, ge=1, le=10_000)
    limit: int = Field(default=50, ge=1, le=100)
