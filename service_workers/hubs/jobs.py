"""What the hubs do by the clock."""

from collections.abc import Callable
from datetime import timedelta

from ganger.jobs import Job, Run, always, at_utc
from service_workers.hubs.communication import store
from service_workers.hubs.communication.carriers import Carriers
from service_workers.hubs.communication.delivering import Outbox

# Providers give up telling us of a message long before.
_KEEP_USED_HOOKS = timedelta(days=30)


def jobs(carriers: Callable[[], Carriers]) -> tuple[Job, ...]:
    """The jobs of the worker; every minute what waits in the outbox is looked at."""

    async def deliver(run: Run) -> None:
        await Outbox(run.db, carriers(), run.at).deliver_due()

    return (Job("deliver-messages", always, deliver), Job("forget-used-hooks", at_utc(9), _forget_used_hooks))


async def _forget_used_hooks(run: Run) -> None:
    await store.forget_used_hooks(run.db, run.at - _KEEP_USED_HOOKS)
