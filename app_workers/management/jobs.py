"""What the portal does by the clock: reminders, what ends by itself, and the morning's digest."""

from app_workers.management import labels, notices
from app_workers.management.domain.approvals import may_decide
from app_workers.management.domain.schedule import (
    REMIND_OVERDUE_EVERY,
    STALLED_FOR,
    UNANSWERED_FOR,
    is_hour,
    is_night,
    is_workday_morning,
)
from app_workers.management.models.tickets import Status, Ticket
from app_workers.management.store.changes import Note
from app_workers.management.store.members import members_at
from app_workers.management.store.reminders import (
    EVERYTHING,
    Reminder,
    ended_time_off,
    everywhere,
    overdue_tickets,
    pending_tickets,
    remind,
    send_digests,
    stalled_tickets,
    unanswered_tickets,
)
from app_workers.management.telling import Desk, change_and_tell, tell_all
from ganger.clock import iso_utc
from ganger.db import Value
from ganger.jobs import Job, Run


async def remind_of_overdue(run: Run) -> None:
    """Remind those who could go on with what is overdue, of each request once in 24 hours."""
    desk = await _desk(run)
    members = await members_at(run.db, run.at)
    for ticket in await overdue_tickets(run.db, desk.scope, run.at, REMIND_OVERDUE_EVERY):
        told = notices.overdue(ticket, members)
        if told and await remind(
            run.db, desk.scope, run.actor, ticket, Reminder.OVERDUE, REMIND_OVERDUE_EVERY, told
        ):
            tell_all(desk, told)


async def remind_of_stalled(run: Run) -> None:
    """Remind those who could go on with what has stalled for 14 days, and every 14 days from then on."""
    desk = await _desk(run)
    members = await members_at(run.db, run.at)
    for ticket in await stalled_tickets(run.db, desk.scope, run.at, STALLED_FOR):
        told = notices.stalled(ticket, members)
        if told and await remind(run.db, desk.scope, run.actor, ticket, Reminder.STALLED, STALLED_FOR, told):
            tell_all(desk, told)


async def complete_ended_time_off(run: Run) -> None:
    """Complete approved time off on the day after its last."""
    desk = await _desk(run)
    for ticket in await ended_time_off(run.db, desk.scope, run.at):
        await _move(desk, ticket, Status.COMPLETED, {"completed_at": iso_utc(run.at)})


async def cancel_unanswered(run: Run) -> None:
    """Cancel requests whose submitter has not answered a question for 14 days."""
    desk = await _desk(run)
    for ticket in await unanswered_tickets(run.db, desk.scope, run.at, UNANSWERED_FOR):
        await _move(desk, ticket, Status.CANCELLED, {})


async def send_digest(run: Run) -> None:
    """Tell each approver how many requests wait for them, if any do."""
    desk = await _desk(run)
    members = await members_at(run.db, run.at)
    pending = await pending_tickets(run.db, desk.scope)
    waiting = {
        member.id: sum(
            may_decide(ticket, decisions, member.id, member.rights) for ticket, decisions in pending
        )
        for member in members
    }
    told = notices.digests({person_id: count for person_id, count in waiting.items() if count})
    if told and await send_digests(run.db, run.actor, told):
        tell_all(desk, told)


async def _move(desk: Desk, ticket: Ticket, status: Status, columns: dict[str, Value]) -> None:
    # What somebody changes in this moment is looked at again in the next run.
    note = Note("status_change", labels.STATUSES[status], is_by_system=True)
    await change_and_tell(desk, ticket, ticket.version, {"status": status.value, **columns}, note)


async def _desk(run: Run) -> Desk:
    return Desk(run.db, run.live, await everywhere(run.db), EVERYTHING, run.actor)


JOBS = (
    Job("remind-of-overdue", is_hour, remind_of_overdue),
    Job("complete-ended-time-off", is_night, complete_ended_time_off),
    Job("cancel-unanswered", is_night, cancel_unanswered),
    Job("remind-of-stalled", is_night, remind_of_stalled),
    Job("send-digest", is_workday_morning, send_digest),
)
