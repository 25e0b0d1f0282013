"""Who may see a request, who decides its step, and who is mentioned in a comment."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app_workers.management.domain.access import Rights
from app_workers.management.domain.approvals import is_managers_step, may_decide
from app_workers.management.domain.drafts import Draft
from app_workers.management.domain.states import may_comment_internally
from app_workers.management.models.tickets import Colleague, Decision, Ticket


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here, as the rules see them."""

    id: str
    name: str
    manager_id: str | None
    rights: Rights


def may_see(ticket: Ticket, person_id: str, rights: Rights) -> bool:
    """Whether the request exists for the person; managers have every open location.

    The same as `store.tickets` says in SQL of whoever asks; a test holds the two together. Only what support
    agents see besides at their locations, as long as nobody has it, is left out: they are told of what they
    are given.
    """
    if person_id in (ticket.submitter_id, ticket.subject_user_id, ticket.assigned_to):
        return True
    if ticket.needs_approval:
        return rights.decides(ticket.form_type) or person_id == ticket.subject_manager_id
    return rights.is_manager or person_id in participants(ticket)


def readers(ticket: Ticket, members: Iterable[Member], *, is_internal: bool) -> list[Member]:
    """Those who may read a comment on the request."""
    return [
        member
        for member in members
        if may_see(ticket, member.id, member.rights)
        and (not is_internal or may_comment_internally(ticket, member.id, member.rights))
    ]


def step_approvers(
    ticket: Ticket, decisions: Sequence[Decision], members: Iterable[Member]
) -> tuple[str, ...]:
    """Those whose decision the present step wants: the direct manager if it is theirs, else all who can."""
    able = [member.id for member in members if may_decide(ticket, decisions, member.id, member.rights)]
    if is_managers_step(ticket) and ticket.subject_manager_id in able:
        return (ticket.subject_manager_id,)
    return tuple(able)


def participants(ticket: Ticket) -> tuple[str, ...]:
    """Those who are asked to a meeting."""
    asked = ticket.form_data.get("participant_ids")
    return tuple(map(str, asked)) if isinstance(asked, list) else ()


def mentioned(text: str, members: Iterable[Member]) -> tuple[str, ...]:
    """Those whom a text names as `@Mia Demo`, whatever the case of the letters."""
    said = " ".join(text.split())
    return tuple(
        member.id
        for member in members
        if re.search(rf"(?<!\w)@{re.escape(' '.join(member.name.split()))}(?!\w)", said, re.IGNORECASE)
    )


def ticket_to_be(
    draft: Draft,
    ticket_id: str,
    submitter_id: str,
    subject_id: str,
    assignee: Colleague | None,
    members: Iterable[Member],
    at: str,
) -> Ticket:
    """A request as it will stand once it is saved, for the rules; `{}` stands for its number."""
    known = {member.id: member for member in members}
    manager_id = known[subject_id].manager_id
    columns: dict[str, object] = dict.fromkeys(Ticket.model_fields)
    columns |= {name: getattr(draft, name) for name in Draft.__slots__ if name in columns}
    return Ticket.model_validate(
        columns
        | {
            "id": ticket_id,
            "ticket_number": "{}",
            "submitter_id": submitter_id,
            "submitter_name": known[submitter_id].name,
            "subject_user_id": subject_id,
            "subject_name": known[subject_id].name,
            "subject_manager_id": manager_id if manager_id in known else None,
            "approval_step": int(draft.steps > 0),
            "approval_steps": draft.steps,
            "assigned_to": assignee.id if assignee else None,
            "assignee_name": assignee.name if assignee else None,
            "version": 1,
            "created_at": at,
            "updated_at": at,
        }
    )
