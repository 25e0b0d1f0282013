"""The versions of a template: which step leads where, and who may take it."""

from dataclasses import dataclass

from app_workers.handouts.models.templates import (
    Category,
    ListedTemplate,
    TemplateAction,
    TemplateFacts,
    TemplateStatus,
    TemplateStep,
)
from ganger.errors import AppError, Forbidden, InvalidTransition, NotEditable, SelfApproval, ValidationFailed

_WAYS = {
    TemplateAction.SUBMIT: (TemplateStatus.DRAFT, TemplateStatus.PENDING_APPROVAL),
    TemplateAction.WITHDRAW: (TemplateStatus.PENDING_APPROVAL, TemplateStatus.DRAFT),
    TemplateAction.APPROVE: (TemplateStatus.PENDING_APPROVAL, TemplateStatus.APPROVED),
    TemplateAction.REJECT: (TemplateStatus.PENDING_APPROVAL, TemplateStatus.REJECTED),
    TemplateAction.ARCHIVE: (TemplateStatus.APPROVED, TemplateStatus.ARCHIVED),
}
DECISIONS = (TemplateAction.APPROVE, TemplateAction.REJECT)
_EDITABLE = (TemplateStatus.DRAFT, TemplateStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class Decider:
    """Whoever takes a step: a superadmin decides on their own, `decides_clinical` on medicine."""

    id: str
    is_superadmin: bool
    decides_clinical: bool


def is_clinical(template: TemplateFacts) -> bool:
    """Whether only those decide on it who may decide on medicine."""
    return template.clinical_review or template.category is Category.MEDICATION


def actions_from(status: TemplateStatus) -> list[TemplateAction]:
    """The steps that lead on from a state."""
    return [action for action, (source, _) in _WAYS.items() if source is status]


def status_after(action: TemplateAction) -> TemplateStatus:
    """Where a step leads."""
    return _WAYS[action][1]


def is_editable(status: TemplateStatus) -> bool:
    """Whether the text of a version in this state may change."""
    return status in _EDITABLE


def edit_problem(template: ListedTemplate) -> AppError | None:
    """Why a version cannot be edited."""
    if is_editable(template.status):
        return None
    return NotEditable("Only drafts and rejected versions are edited. Make a new version of an approved one.")


def decision_problem(template: ListedTemplate, decider: Decider) -> AppError | None:
    """Why a person cannot decide on a version, whatever its state."""
    if is_clinical(template) and not decider.decides_clinical:
        return Forbidden("Only people who may approve clinical handouts decide on this one.")
    if template.submitted_by == decider.id and not decider.is_superadmin:
        return SelfApproval("Somebody else has to decide on what you submitted.")
    return None


def is_withdrawn_by(template: ListedTemplate, decider: Decider) -> bool:
    """Whether a person takes back what waits for a decision: whoever submitted it, and nobody else."""
    return template.submitted_by == decider.id


def step_problem(
    template: ListedTemplate, action: TemplateAction, asked: TemplateStep, decider: Decider
) -> AppError | None:
    """Why a step cannot be taken; who may ask for it at all is a matter of permissions."""
    source, _ = _WAYS[action]
    if template.status is not source:
        return InvalidTransition(f"This version is {template.status.value.replace('_', ' ')}.")
    if action in DECISIONS and (problem := decision_problem(template, decider)):
        return problem
    if action is TemplateAction.WITHDRAW and not is_withdrawn_by(template, decider):
        return Forbidden("Only whoever submitted this version takes it back.")
    if action is TemplateAction.REJECT and not asked.note:
        return ValidationFailed({"note": "is required, so that the author knows what to mend"})
    return None


def new_version_problem(template: ListedTemplate) -> AppError | None:
    """Why no new version can be made of this one."""
    if template.status is TemplateStatus.APPROVED:
        return None
    return InvalidTransition("A new version is made of an approved one.")
