"""The queue by which the communication hub tells what became of messages."""

import json
from typing import Any

from app_workers.handouts.sending import take_up
from app_workers.handouts.store.everywhere import everywhere
from ganger.clock import system_clock
from ganger.contracts.communication import MessageNews
from ganger.edge import environment, services
from ganger.jobs import Run
from ganger.log import log_exception


async def receive(batch: Any) -> None:
    """Take up each piece of news for itself; what cannot be written down now comes again."""
    run = Run("message-news", system_clock(), services(environment()))
    scope = await everywhere(run.db)
    for message in batch.messages:
        try:
            await take_up(run, scope, MessageNews.checked(json.loads(str(message.body))))
        except Exception as error:  # noqa: BLE001 - one message holds up none of the others
            log_exception(error, request_id="message-news")
            message.retry()
        else:
            message.ack()
