"""The states of a message in the outbox. Pure.

    queued ──► sending ──► sent ──► delivered | failed | bounced
      ▲  │        │ │
      │  │        │ └────► failed
      └──┼────────┤
         │        └──────► uncertain ──► sending | sent | failed
         └──► cancelled | failed

`sending` is claimed by one run; `uncertain` was given to the provider without an answer, and the provider is
asked for it before it is given again. For apps both are `queued`.
"""

from datetime import datetime, timedelta

from ganger.contracts.communication import FINAL, Status

_RANK = {"queued": 0, "sending": 0, "uncertain": 0, "sent": 1}
_FINAL_RANK = 2


def public_status(status: str) -> Status:
    """The state as apps see it."""
    return "queued" if status in ("sending", "uncertain") else status  # type: ignore[return-value]  # one of the rest


def moves_forward(before: str, after: Status) -> bool:
    """Whether news of the provider may change the state: never back, and never out of a final one."""
    return rank(after) > rank(before)


def rank(status: str) -> int:
    """How far a state is on its way."""
    return _FINAL_RANK if status in FINAL else _RANK[status]


def next_try(at: datetime, wait_s: float, expires_at: datetime) -> datetime:
    """When to look at a message again: not beyond its end, at which it is given up."""
    return min(at + timedelta(seconds=wait_s), expires_at)
