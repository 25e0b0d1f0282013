"""The live topic of one viewer's demonstrations."""

from ganger.context import Context
from ganger.live_rules import Change

_PREFIX = "showcase.demo."
PROGRESS_STEP = 20


def topic_of(ctx: Context) -> str:
    """The topic of this person's session, which nobody else joins."""
    return _PREFIX + ctx.user.session_id


def tell(ctx: Context, kind: str, value: int | str) -> None:
    """Tell the viewer's open pages; the instant orders what they are told."""
    ctx.live.publish(topic_of(ctx), Change(f"demo.{kind}", int(ctx.now.timestamp() * 1000), {"value": value}))
