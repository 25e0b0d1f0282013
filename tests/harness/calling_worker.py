"""Takes the place of app_workers/showcase/worker.py: an app that calls whatever a test wants."""

from ganger.edge import ApplicationEntrypoint, application
from ganger.live_topic import Topic
from ganger.permissions import PUBLIC
from ganger.plain import PlainRecord
from ganger.routing import Route
from ganger.rpc import Method, Refusal, Service

__all__ = ["Default", "Topic"]


class Values(PlainRecord):
    """Any record."""

    def __init__(self, values):
        self.values = values

    def plain(self):
        return self.values

    @classmethod
    def checked(cls, value):
        return cls(value)


async def post_call(ctx):
    told = await ctx.request.json()
    service = Service("hubs", told["entrypoint"])
    method = Method(service, told["method"], Values, Values, float(told["within_s"]))
    answer = await ctx.call(method, Values(told["asked"]))
    if isinstance(answer, Refusal):
        return ctx.json({"refused": answer.code, "details": answer.details})
    return ctx.json(answer.values)


class Default(ApplicationEntrypoint):
    application = application((Route("POST", "/call", post_call, PUBLIC),))
