"""The words that pages use for codes."""

from collections.abc import Mapping

from app_workers.handouts.models.content import Effect, Operator, TextFormat, TextVariant
from app_workers.handouts.models.templates import (
    Category,
    Language,
    Subcategory,
    TemplateAction,
    TemplateStatus,
    TemplateType,
)

CATEGORIES = {
    Category.EDUCATION: "Education",
    Category.TREATMENT: "Treatment",
    Category.MEDICATION: "Medication",
    Category.PRE_PROCEDURE: "Before a procedure",
    Category.POST_PROCEDURE: "After a procedure",
}

SUBCATEGORIES = {
    Subcategory.SKIN_CONDITIONS: "Skin conditions",
    Subcategory.PROCEDURES: "Procedures",
    Subcategory.MEDICATIONS: "Medications",
    Subcategory.INFECTIONS: "Infections",
    Subcategory.CANCER_RELATED: "Skin cancer",
}

LANGUAGES = {Language.EN: "English", Language.ES: "Spanish"}

TYPES = {
    TemplateType.STATIC: "Ready to print",
    TemplateType.DYNAMIC: "With blanks",
    TemplateType.CONDITIONAL: "With choices",
}

STATUSES = {
    TemplateStatus.DRAFT: "Draft",
    TemplateStatus.PENDING_APPROVAL: "To approve",
    TemplateStatus.APPROVED: "Approved",
    TemplateStatus.REJECTED: "Sent back",
    TemplateStatus.ARCHIVED: "Archived",
}

TONES = {
    TemplateStatus.DRAFT: "neutral",
    TemplateStatus.PENDING_APPROVAL: "warning",
    TemplateStatus.APPROVED: "success",
    TemplateStatus.REJECTED: "danger",
    TemplateStatus.ARCHIVED: "neutral",
}

ACTIONS = {
    TemplateAction.SUBMIT: "Submit for approval",
    TemplateAction.WITHDRAW: "Take back to edit",
    TemplateAction.APPROVE: "Approve",
    TemplateAction.REJECT: "Send back",
    TemplateAction.ARCHIVE: "Archive",
}

DONE = {
    TemplateAction.SUBMIT: "Submitted. Somebody else decides on it.",
    TemplateAction.WITHDRAW: "Taken back: it is a draft again.",
    TemplateAction.APPROVE: "Approved: it is given out from now on.",
    TemplateAction.REJECT: "Sent back to its author.",
    TemplateAction.ARCHIVE: "Archived: it is no longer given out.",
}

BLOCKS = {
    "text": "Text",
    "list": "List",
    "fields": "Text with blanks",
    "checklist": "Checklist",
    "warning": "Warning",
    "page_break": "Page break",
}

VARIANTS = {
    TextVariant.NORMAL: "Paragraphs",
    TextVariant.HEADING: "Heading",
    TextVariant.EMPHASIS: "Emphasis",
    TextVariant.WARNING: "Warning",
}

FIELD_TYPES = {
    "text": "Text",
    "number": "Number",
    "select": "Choice",
    "checkbox": "Yes or no",
    "date": "Date",
}

FORMATS = {
    TextFormat.FREE: "Anything",
    TextFormat.INTEGER: "Whole number",
    TextFormat.DECIMAL: "Number with decimals",
    TextFormat.PERCENT: "Percent",
}

EFFECTS = {Effect.SHOW_IF: "Show", Effect.HIDE_IF: "Hide", Effect.REQUIRE_IF: "Require"}

OPERATORS = {
    Operator.IS_CHECKED: "is checked",
    Operator.EQUALS: "equals",
    Operator.NOT_EQUALS: "does not equal",
    Operator.CONTAINS: "contains",
}

FIELDS = {
    "name": "Name",
    "category": "Category",
    "subcategory": "Subject",
    "description": "Description",
    "location_ids": "Locations",
    "tags": "Tags",
    "language": "Language",
    "digital_enabled": "May be sent",
    "clinical_review": "Clinical review",
    "note": "Note",
    "content": "Text",
    "rules": "Rules",
    "lock_version": "Version",
}


def options(labels: Mapping[str, str], everything: str) -> list[dict[str, str]]:
    """The options of a filter: `everything` first, with an empty value."""
    return [{"value": "", "label": everything}, *choices(labels)]


def choices(labels: Mapping[str, str]) -> list[dict[str, str]]:
    """The options of a choice that has to be made."""
    return [{"value": str(value), "label": label} for value, label in labels.items()]
