"""Takes the place of service_workers/hubs/worker.py: a service that other workers call."""

import asyncio

from ganger.edge import ApplicationEntrypoint, application
from ganger.errors import Conflict
from ganger.plain import PlainRecord
from ganger.rpc import Method, Service
from ganger.rpc_entrypoint import RpcEntrypoint
from ganger.rpc_serving import serve

__all__ = ["Default", "Numbers"]


class Values(PlainRecord):
    """Any record: this service tells what it was asked."""

    def __init__(self, values):
        self.values = values

    def plain(self):
        return self.values

    @classmethod
    def checked(cls, value):
        return cls(value)


class TooOdd(Conflict):
    code = "TOO_ODD"


NUMBERS = Service("hubs", "Numbers")


async def tell(call, asked):
    who = [call.app, call.actor.user_id, call.actor.ip_address]
    return Values({"asked": asked.values, "who": who, "left_ms": int(call.deadline.left_s * 1000)})


async def refuse(_call, asked):
    raise TooOdd("Pat Example is odd.", number=asked.values["number"])


async def fail(_call, _asked):
    raise KeyError("Pat Example")


async def wait(_call, _asked):
    await asyncio.sleep(60)


HANDLERS = {"tell": tell, "refuse": refuse, "fail": fail, "wait": wait}


class Default(ApplicationEntrypoint):
    application = application(())


class Numbers(RpcEntrypoint):
    methods = tuple(serve(Method(NUMBERS, name, Values, Values), each) for name, each in HANDLERS.items())
