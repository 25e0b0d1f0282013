"""What the hubs do by the clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from ganger.jobs import Job, Run, always, at_utc
from ganger.log import log
from ganger.notifications import SUPERADMINS, Notice, notify
from service_workers.hubs.communication import store
from service_workers.hubs.communication.carriers import Carriers
from service_workers.hubs.communication.delivering import Outbox
from service_workers.hubs.communication.notifying import take_notifications
from service_workers.hubs.communication.telling import Tell
from service_workers.hubs.health import Guards

# Providers give up telling us of a message long before.
_KEEP_USED_HOOKS = timedelta(days=30)
# A provider that is away for longer is news for superadmins.
_ALERT_AFTER = timedelta(minutes=5)
_TITLES = {"sms": "Text messages", "email": "E-mails", "ehr": "Patient look-ups", "payments": "Payments"}


def jobs(
    carriers: Callable[[], Carriers], guards: Guards, tell: Tell, origin: Callable[[], str]
) -> tuple[Job, ...]:
    """The jobs of every minute: notifications, what waits in the outbox, and providers that are away.

    Args:
        origin: where staff reach the portal.
    """

    async def take(run: Run) -> None:
        await take_notifications(run, carriers(), origin())

    async def deliver(run: Run) -> None:
        await Outbox(run.db, carriers(), run.at, tell).deliver_due()

    async def alert(run: Run) -> None:
        for name, guard in guards().items():
            circuit = await guard.circuit()
            since = datetime.fromtimestamp(circuit.changed_at_ms / 1000, UTC)
            if circuit.state != "closed" and run.at - since > _ALERT_AFTER:
                log("error", "provider away", provider=name)
                notice = Notice("hubs", f"{_TITLES[name]} do not work: the service does not answer.")
                # Once for each time that it goes away.
                await run.db.batch([notify(run.at, notice, SUPERADMINS, quiet_since=since)])

    return (
        # Before the next one, which sends them.
        Job("take-notifications", always, take),
        Job("deliver-messages", always, deliver),
        Job("alert-of-outages", always, alert),
        Job("forget-used-hooks", at_utc(9), _forget_used_hooks),
    )


async def _forget_used_hooks(run: Run) -> None:
    await store.forget_used_hooks(run.db, run.at - _KEEP_USED_HOOKS)
