"""What the stand-ins of the two channels have in common: the messages that they took, and their faults."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from tools.local.providers.exchange import Reply, json_reply, too_many
from tools.local.providers.fault import Fault


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that a stand-in took."""

    id: str
    channel: str
    to: str
    subject: str
    text: str
    at: datetime
    hook: str = ""  # where it tells of it
    ours: str = ""  # the hub's id, where the service takes one along


@dataclass
class Mailroom:
    """Messages of one stand-in, the latest last."""

    fault: Fault = Fault.NONE
    taken: list[Taken] = field(default_factory=list)
    asked: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    # Set when those who hang may go on; nobody waits longer for them than the hubs do.
    release: threading.Event = field(default_factory=threading.Event)
    told: Callable[[Taken], None] = lambda _: None

    def take(self, message: Taken, reply: Reply, wrong: Reply) -> Reply:
        """Take a message, unless a fault says otherwise.

        Args:
            wrong: what the service answers when its own part fails.
        """
        refusal = self.refusal()
        if refusal is not None:
            return refusal
        if self.fault is Fault.FAILS:
            return wrong
        self.taken.append(message)
        self.told(message)
        if self.fault is Fault.HANGS:
            self.release.wait(30)
        return wrong if self.fault is Fault.FAILS_LATE else reply

    def refusal(self) -> Reply | None:
        """The reply to anything at all, while a fault says so."""
        self.asked += 1
        if self.fault is Fault.THROTTLES:
            return too_many()
        return json_reply({"message": "Unauthorized"}, 401) if self.fault is Fault.REFUSES else None

    def number(self) -> int:
        """A number for the next message."""
        return next(self.numbers)

    def recover(self) -> None:
        """Be in order again."""
        self.fault = Fault.NONE
        self.release.set()
        self.release = threading.Event()


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)
