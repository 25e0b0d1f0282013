"""What people are told of a request: kind, number and what happened, never what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app_workers.management import labels
from app_workers.management.domain.audience import Member, may_see, readers, step_approvers
from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Decision, Priority, Status, Ticket
from ganger.notifications import Notice

APP = "management"
DIGEST_LINK = "/approvals"
# What an approver says; the rest of a request's way is told in the portal alone.
_DECIDED = (Status.APPROVED, Status.DENIED, Status.INFO_REQUESTED)


@dataclass(frozen=True, slots=True)
class Told:
    """One notice and those whom it goes to; what `is_urgent` goes to their phones too."""

    notice: Notice
    to: tuple[str, ...]
    is_urgent: bool = False


def decision_wanted(
    ticket: Ticket, decisions: Sequence[Decision], members: Iterable[Member], actor_id: str
) -> list[Told]:
    """For those who decide the present step."""
    deciding = step_approvers(ticket, decisions, members)
    return _told(ticket, "your decision is wanted", deciding, actor_id, is_mailed=True)


def of_new(ticket: Ticket, members: Iterable[Member], actor_id: str) -> list[Told]:
    """For those who decide a new request's first step, and for whom it was given to."""
    found = _assigned(ticket, actor_id)
    if ticket.needs_approval:
        found += decision_wanted(ticket, (), members, actor_id)
    return found


def of_change(before: Ticket, after: Ticket, members: Iterable[Member], actor_id: str) -> list[Told]:
    """For those whom a change concerns: submitter and subject, and whoever works or shall work on it."""
    seeing = {member.id for member in members if may_see(after, member.id, member.rights)}
    found = []
    if after.assigned_to != before.assigned_to and after.assigned_to:
        found += _assigned(after, actor_id)
    concerned = [after.submitter_id, after.subject_user_id, after.assigned_to]
    to = [person_id for person_id in concerned if person_id in seeing]
    if after.status is not before.status:
        is_decided = after.status in _DECIDED
        found += _told(after, labels.STATUSES[after.status].lower(), to, actor_id, is_mailed=is_decided)
    elif after.approval_step != before.approval_step:
        found += _told(after, f"step {before.approval_step} approved", to, actor_id, is_mailed=True)
    return found


def of_comment(
    ticket: Ticket,
    comment_id: str,
    *,
    is_internal: bool,
    mentioned_ids: Iterable[str],
    earlier_ids: Iterable[str],
    members: Iterable[Member],
    actor_id: str,
    is_new: bool,
) -> list[Told]:
    """For those whom a comment mentions, and of a new one for all who take part, if they may read it.

    A comment's own link lets the store see who was told of it before.
    """
    reading = {member.id for member in readers(ticket, members, is_internal=is_internal)}
    named = [person_id for person_id in mentioned_ids if person_id in reading]
    taking_part = [ticket.submitter_id, ticket.assigned_to, *earlier_ids] if is_new else []
    part = [person_id for person_id in taking_part if person_id in reading and person_id not in named]
    what = "new internal comment" if is_internal else "new comment"
    anchor = f"entry-{comment_id}"
    return [
        *_told(ticket, "you are mentioned", named, actor_id, anchor, is_mailed=True),
        *_told(ticket, what, part, actor_id, anchor),
    ]


def overdue(ticket: Ticket, members: Iterable[Member]) -> list[Told]:
    """For the assignee; of a support request that nobody has, for all managers."""
    if ticket.assigned_to is None and ticket.form_type is not FormType.SUPPORT_TICKET:
        return []
    return _told(ticket, "overdue", _workers(ticket, members))


def stalled(ticket: Ticket, members: Iterable[Member]) -> list[Told]:
    """For the assignee, else for all managers."""
    return _told(ticket, "stalled for 14 days", _workers(ticket, members))


def digests(waiting: dict[str, int]) -> list[Told]:
    """For each approver, by how many requests wait for them."""
    found: dict[int, list[str]] = {}
    for person_id, count in waiting.items():
        found.setdefault(count, []).append(person_id)
    return [
        Told(
            Notice(
                APP, f"{count} request{' waits' if count == 1 else 's wait'} for your decision", DIGEST_LINK
            ),
            tuple(to),
        )
        for count, to in sorted(found.items())
    ]


def _assigned(ticket: Ticket, actor_id: str) -> list[Told]:
    told = _told(ticket, "assigned to you", [ticket.assigned_to], actor_id, is_mailed=True)
    is_urgent = ticket.form_type is FormType.SUPPORT_TICKET and ticket.priority is Priority.URGENT
    return [replace(each, is_urgent=is_urgent) for each in told]


def _workers(ticket: Ticket, members: Iterable[Member]) -> list[str]:
    if ticket.assigned_to is not None:
        return [ticket.assigned_to]
    return [member.id for member in members if member.rights.is_manager]


def _told(
    ticket: Ticket,
    what: str,
    to: Iterable[str | None],
    actor_id: str = "",
    anchor: str = "",
    *,
    is_mailed: bool = False,
) -> list[Told]:
    known = tuple(dict.fromkeys(person_id for person_id in to if person_id and person_id != actor_id))
    if not known:
        return []
    title = f"{labels.FORMS[ticket.form_type]} {ticket.ticket_number}: {what}"
    link = f"/requests/{ticket.ticket_number}" + (f"#{anchor}" if anchor else "")
    return [Told(Notice(APP, title, link, is_mailed), known)]
