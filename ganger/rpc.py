"""Calls between workers over service bindings: what is asked, what is answered, and until when.

A contract is data that both sides import: a `Service` names the worker and its entrypoint, a `Method` what
one call of it asks and answers. Both are records: pydantic `Record`s, or `ganger.plain.PlainRecord`s where a
worker does without pydantic. One JSON text crosses the binding each way. Nothing is raised: an error
is a `Refusal`, a code with plain details and no sentence; so is a worker that is away or answers too late.

    FIND_PATIENT = Method(EHR, "find_patient", PatientQuestion, Patient)     # the contract

    found = await ctx.call(FIND_PATIENT, PatientQuestion(mrn=mrn))           # the caller
    if isinstance(found, Refusal):
        ...                                                                  # found.code says why

    class Ehr(RpcEntrypoint):                                                # the callee
        methods = (serve(FIND_PATIENT, find_patient),)

The time that is left travels along as a length, for two workers' clocks may differ. Whoever calls on while it
answers a call passes on no more than is left of it. Standard library only.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, Self, TypeVar

from ganger.audit import Actor
from ganger.errors import ValidationFailed
from ganger.forms import Checkable

# Codes of refusals that any call may end with, besides those of its own contract.
UNAVAILABLE = "UNAVAILABLE"  # the callee, or a part that it needs, is away
DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"  # the time was over; what was asked may still have been done
INTERNAL_ERROR = "INTERNAL_ERROR"  # a defect of the callee's
MALFORMED = "MALFORMED"  # one side does not understand what the other sent
_PASSING = frozenset({UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL_ERROR, "RATE_LIMITED", "NOT_CONFIGURED"})

Now = Callable[[], float]  # seconds of a clock that only goes forward


class Message(Checkable, Protocol):
    """What crosses: a record that is made from JSON values and told as such."""

    def plain(self) -> object:
        """The JSON values."""
        ...


A = TypeVar("A", bound=Message)
R = TypeVar("R", bound=Message)


@dataclass(frozen=True, slots=True)
class Service:
    """An entrypoint of a worker: `Service("hubs", "Communication")`.

    A caller binds it in wrangler/<id>.jsonc as `{"binding": "HUBS_COMMUNICATION", "service": "hubs",
    "entrypoint": "Communication"}`; the binding's name is always the one that follows from these two.
    """

    worker_id: str
    entrypoint: str

    @property
    def binding(self) -> str:
        """The name by which callers reach it."""
        return f"{self.worker_id}_{self.entrypoint}".upper().replace("-", "_")


@dataclass(frozen=True, slots=True)
class Method(Generic[A, R]):
    """One thing that a service does; a caller waits for it `within_s` seconds at most."""

    service: Service
    name: str
    asks: type[A]
    answers: type[R]
    within_s: float = 5.0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a call was not answered: a code of its contract or one of those above, and details without PHI."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_passing(self) -> bool:
        """Whether the same call may succeed later; what it asked for may also have been done all the same."""
        return self.code in _PASSING


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when somebody waits."""

    ends_at: float
    now: Now = time.monotonic

    @classmethod
    def within(cls, seconds: float, now: Now = time.monotonic) -> Self:
        """The deadline that many seconds from now."""
        return cls(now() + seconds, now)

    @property
    def left_s(self) -> float:
        """Seconds that are left; 0 when it is over."""
        return max(0.0, self.ends_at - self.now())

    def shortened(self, seconds: float) -> "Deadline":
        """This deadline, or the one that many seconds from now if that comes first."""
        return Deadline(min(self.ends_at, self.now() + seconds), self.now)


@dataclass(frozen=True, slots=True)
class Frame:
    """A call on its way: what is asked, by which worker, for whom, and how much time is left for it."""

    asked: object
    app: str
    user_id: str
    request_id: str
    ip_address: str | None
    left_ms: int

    def text(self) -> str:
        """The frame as it crosses the binding."""
        who = [self.app, self.user_id, self.request_id, self.ip_address]
        return json.dumps({"asked": self.asked, "who": who, "left_ms": self.left_ms}, separators=(",", ":"))


class Malformed(Exception):
    """The other side speaks another version of this."""


class Remotes(Protocol):
    """The services that a worker's bindings reach; `ganger.rpc_edge` is the runtime's."""

    async def call(self, method: Method[A, R], asked: A, actor: Actor, deadline: Deadline) -> R | Refusal:
        """Ask, and return the answer or why there is none; nothing is raised."""
        ...


def frame_of(asked: Message, app: str, actor: Actor, deadline: Deadline) -> Frame:
    """The frame of a call; its time is rounded down, so that it only ever shrinks."""
    left_ms = int(deadline.left_s * 1000)
    return Frame(asked.plain(), app, actor.user_id, actor.request_id, actor.ip_address, left_ms)


def read_frame(text: str) -> Frame:
    """The frame of a text.

    Raises:
        Malformed: it is not one of ours.
    """
    try:
        value = json.loads(text)
        app, user_id, request_id, ip_address = value["who"]
        return Frame(value["asked"], app, user_id, request_id, ip_address, int(value["left_ms"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Malformed from error


def answer_text(answer: Message | Refusal) -> str:
    """An answer as it crosses the binding."""
    if isinstance(answer, Refusal):
        value: object = {"refused": answer.code, "details": dict(answer.details)}
    else:
        value = {"answer": answer.plain()}
    return json.dumps(value, separators=(",", ":"))


def read_answer(method: Method[A, R], text: str) -> R | Refusal:
    """The answer of a text; one that is not understood is a refusal too."""
    try:
        value = json.loads(text)
        if "refused" in value:
            return Refusal(value["refused"], value["details"])
        return method.answers.checked(value["answer"])
    except (ValueError, KeyError, TypeError, ValidationFailed):
        return Refusal(MALFORMED)
