"""Mails to people of the practice, through the communication hub.

The hub is away at times: a mail that it did not take is tried again, and one that it took is asked after.
"""

from datetime import datetime

from app_workers.inventory.domain.mails import next_look, next_try, status_of
from app_workers.inventory.live import order_change, orders_topic_of
from app_workers.inventory.models.mails import Mail, MailKind, MailStatus
from app_workers.inventory.store.mails import begin_try, change_mail, due_mails
from app_workers.inventory.store.orders import find_order
from app_workers.inventory.store.people import everywhere
from ganger.clock import iso_utc
from ganger.contracts.communication import MESSAGE_STATE, MessageQuestion, MessageState
from ganger.contracts.staff_mail import SEND_STAFF_MAIL, StaffMail
from ganger.db import Value
from ganger.jobs import Run
from ganger.rpc import Refusal
from ganger.scope import Scope

_AT_ONCE = 25  # in one run of a minute


async def move_mails(run: Run) -> None:
    """Try the mails that the hub did not take, and ask after those that it took."""
    scope = await everywhere(run.db)
    for mail in await due_mails(run.db, scope, run.at, _AT_ONCE):
        is_new = mail.hub_message_id is None
        has_changed = await (_try(run, scope, mail) if is_new else _follow(run, scope, mail))
        if has_changed and mail.kind is MailKind.ORDER_SUMMARY:
            order = await find_order(run.db, scope, mail.reference_id)
            run.live.publish(orders_topic_of(order.location_id), order_change(order))


async def _try(run: Run, scope: Scope, mail: Mail) -> bool:
    tried = mail.model_copy(update={"attempts": mail.attempts + 1})
    again_at = next_try(tried.attempts, run.at)
    if not await begin_try(run.db, scope, run.actor, mail, again_at):
        return False
    asked = StaffMail(
        key=mail.id,
        to=mail.recipient,
        subject=mail.subject,
        text=mail.text,
        record_id=mail.reference_id,
        location_id=mail.location_id,
    )
    answer = await run.call(SEND_STAFF_MAIL, asked)
    if isinstance(answer, MessageState):
        return await _written(run, scope, tried, answer)
    if answer.is_passing and again_at is not None:
        return True
    failed: dict[str, Value] = {
        "status": MailStatus.FAILED.value,
        "failure_code": answer.code,
        "next_look_at": None,
    }
    return await change_mail(run.db, scope, run.actor, tried, failed)


async def _follow(run: Run, scope: Scope, mail: Mail) -> bool:
    answer = await run.call(MESSAGE_STATE, MessageQuestion(message_id=mail.hub_message_id or ""))
    if isinstance(answer, Refusal):
        look = {"next_look_at": _look(run, mail, mail.status)}
        await change_mail(run.db, scope, run.actor, mail, look)
        return False
    return await _written(run, scope, mail, answer)


async def _written(run: Run, scope: Scope, mail: Mail, state: MessageState) -> bool:
    status = status_of(state.status)
    columns: dict[str, Value] = {
        "status": status.value,
        "failure_code": state.failure,
        "hub_message_id": state.message_id,
        "next_look_at": _look(run, mail, status),
    }
    return await change_mail(run.db, scope, run.actor, mail, columns) and status is not mail.status


def _look(run: Run, mail: Mail, status: MailStatus) -> str | None:
    look = next_look(status, datetime.fromisoformat(mail.created_at), run.at)
    return iso_utc(look) if look else None
