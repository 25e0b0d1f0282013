"""The batch of each step of a version, with its audit row and the notice to whom it concerns."""

from app_workers.handouts.domain.states import Decider, is_clinical, status_after, step_problem
from app_workers.handouts.errors import NameTaken
from app_workers.handouts.models.templates import Template, TemplateAction, TemplateStep
from app_workers.handouts.permissions import APPROVE, APPROVE_CLINICAL
from app_workers.handouts.store.template_writes import change, outdated
from app_workers.handouts.store.templates import approved_of, find_template
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, Statement, Value, expect
from ganger.errors import AppError
from ganger.notifications import Notice, Recipients, notify, people

_OLDER_AS_READ = """
    (SELECT id FROM handout_templates WHERE family_id = ? AND status = 'approved') IS ?
"""
_ARCHIVE = """
    UPDATE handout_templates SET status = 'archived', lock_version = lock_version + 1, updated_at = ?
    WHERE id = ? AND status = 'approved'
"""
_DECIDERS = """
    users.id <> ? AND users.id IN (
        SELECT user_id FROM user_roles WHERE role IN ({roles})
        UNION SELECT user_id FROM user_permissions
        WHERE permission = ? AND (expires_at IS NULL OR expires_at > ?)
    )
"""
_OUTCOMES = {TemplateAction.APPROVE: "is approved", TemplateAction.REJECT: "was sent back"}


async def take_action(
    db: Database,
    actor: Actor,
    template_id: str,
    action: TemplateAction,
    asked: TemplateStep,
    decider: Decider,
) -> Template | AppError:
    """Take a version further, if the rules allow it."""
    template = await find_template(db, template_id)
    if template.lock_version != asked.lock_version:
        return outdated(template)
    problem = step_problem(template, action, asked, decider)
    if problem is not None:
        return problem
    status = status_after(action).value
    columns = {"status": status, **_columns(actor, action, asked)}
    more = [*_notices(actor, template, action)]
    if action is TemplateAction.APPROVE:
        older = await approved_of(db, template.family_id)
        more += _take_place_of(actor, template.family_id, older)
    told: dict[str, object] = {"status": [template.status.value, status]}
    try:
        return await change(db, actor, template, f"handouts:{action.value}-template", columns, told, more)
    except ConstraintFailed as failure:
        if "handout_templates.name" not in str(failure):
            raise
        return NameTaken("Another approved template of this language has this name.")


def _columns(actor: Actor, action: TemplateAction, asked: TemplateStep) -> dict[str, Value]:
    match action:
        case TemplateAction.SUBMIT:
            undecided = {"decided_by": None, "decided_at": None, "decision_note": None}
            return {"submitted_by": actor.user_id, **undecided}
        case TemplateAction.WITHDRAW:
            return {"submitted_by": None}
        case TemplateAction.APPROVE | TemplateAction.REJECT:
            at, note = iso_utc(actor.at), asked.note or None
            return {"decided_by": actor.user_id, "decided_at": at, "decision_note": note}
        case TemplateAction.ARCHIVE:
            return {}


def _take_place_of(actor: Actor, family_id: str, older: Template | None) -> list[Statement]:
    """What archives the version that was given out until now, before the next takes its place."""
    relied = expect("older as read", _OLDER_AS_READ, family_id, older.id if older else None)
    if older is None:
        return [relied]
    told = {"status": ["approved", "archived"]}
    return [
        relied,
        Statement(_ARCHIVE, (iso_utc(actor.at), older.id)),
        audit_row(actor, "handouts:archive-template", "handout_template", older.id, None, told),
    ]


def _notices(actor: Actor, template: Template, action: TemplateAction) -> list[Statement]:
    link = f"/handouts/templates/{template.id}"
    if action is TemplateAction.SUBMIT:
        roles, right = "'manager', 'superadmin'", APPROVE
        if is_clinical(template):
            roles, right = "'superadmin'", APPROVE_CLINICAL
        asking = Notice("handouts", f"Handout {template.name} waits for approval", link)
        values = (actor.user_id, right.name, iso_utc(actor.at))
        return [notify(actor.at, asking, Recipients(_DECIDERS.format(roles=roles), values))]
    if action in _OUTCOMES and template.submitted_by is not None:
        told = Notice("handouts", f"Handout {template.name} {_OUTCOMES[action]}", link)
        return [notify(actor.at, told, people([template.submitted_by]))]
    return []
