"""What the person who asks may do with a version."""

from app_workers.handouts.domain.states import (
    DECISIONS,
    Decider,
    actions_from,
    decision_problem,
    is_editable,
    is_withdrawn_by,
)
from app_workers.handouts.models.templates import ListedTemplate, TemplateAction
from app_workers.handouts.permissions import APPROVE, APPROVE_CLINICAL, MANAGE_TEMPLATES
from ganger.context import Context
from ganger.permissions import Role, is_allowed

RIGHTS = {
    TemplateAction.SUBMIT: MANAGE_TEMPLATES,
    TemplateAction.WITHDRAW: MANAGE_TEMPLATES,
    TemplateAction.ARCHIVE: MANAGE_TEMPLATES,
    TemplateAction.APPROVE: APPROVE,
    TemplateAction.REJECT: APPROVE,
}


def decider(ctx: Context) -> Decider:
    """The person as the rules of approval know them."""
    is_superadmin = ctx.user.role == Role.SUPERADMIN.value
    return Decider(ctx.user.id, is_superadmin, is_allowed(ctx.user, APPROVE_CLINICAL))


def actions(ctx: Context, template: ListedTemplate) -> list[TemplateAction]:
    """The steps that the person may take from where the version is."""
    person = decider(ctx)
    refused = set(() if decision_problem(template, person) is None else DECISIONS)
    if not is_withdrawn_by(template, person):
        refused.add(TemplateAction.WITHDRAW)
    steps = [each for each in actions_from(template.status) if each not in refused]
    return [each for each in steps if is_allowed(ctx.user, RIGHTS[each])]


def may_edit(ctx: Context, template: ListedTemplate) -> bool:
    """Whether the person may change the text of the version."""
    return is_editable(template.status) and is_allowed(ctx.user, MANAGE_TEMPLATES)
