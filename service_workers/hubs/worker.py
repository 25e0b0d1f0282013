"""Integration hubs: the only holder of outside credentials."""

from typing import Any

from ganger.clock import system_clock
from ganger.edge import ApplicationEntrypoint, application, environment, services
from service_workers.hubs.communication.delivering import Outbox
from service_workers.hubs.communication.hooks import Hooks
from service_workers.hubs.health import provider_health
from service_workers.hubs.jobs import jobs
from service_workers.hubs.payments.hooks import payment_hook
from service_workers.hubs.worker_communication import Communication
from service_workers.hubs.worker_ehr import Ehr
from service_workers.hubs.worker_guard import Guard
from service_workers.hubs.worker_payments import Payments
from service_workers.hubs.worker_settings import (
    carriers,
    guards,
    hook_keys,
    staff_origin,
    stripe_secret,
    tell,
    till,
)

__all__ = ["Communication", "Default", "Ehr", "Guard", "Payments"]


class Default(ApplicationEntrypoint):
    """What providers tell us, how they are, and the outbox: by queue at once, and by the clock."""

    application = application(
        (*Hooks(hook_keys, tell).routes(), payment_hook(stripe_secret, till), provider_health(guards))
    )
    jobs = jobs(carriers, guards, tell, staff_origin)

    async def queue(self, batch: Any, _env: Any, _ctx: Any) -> None:
        """Look at the messages that were just accepted. What fails here is left to the job."""
        batch.ackAll()
        outbox = Outbox(services(environment()).db, carriers(), system_clock(), tell)
        await outbox.deliver_all([str(message.body) for message in batch.messages])
