"""How a part of ours gets on with a service that may be slow, down or busy. Pure: times and chance come in.

A circuit is what all isolates together know of one provider. While it is closed, calls go through; after
some failures in a row it opens, and whoever asks learns at once that the provider is away; after a while
it is half open and lets one call through to see. A bucket of calls keeps to the provider's rate.

Source of the jitter: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog 2015: "full jitter".
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Literal, Self

State = Literal["closed", "open", "half-open"]
# `failed`: no answer, or one that says the fault is theirs. `unused`: the admitted call never went.
Outcome = Literal["ok", "failed", "throttled", "unused"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one provider; the numbers stand in the worker's configuration."""

    timeout_s: float  # for one request
    tries: int  # of a question that changes nothing, within one call
    backoff_s: float  # before the second try at most; doubles from try to try
    backoff_max_s: float
    opens_after: int  # failures in a row
    stays_open_s: float
    calls_per_minute: int

    @classmethod
    def read(cls, values: Mapping[str, float]) -> Self:
        """The rules of a configured object.

        Raises:
            TypeError: a number is missing or not known.
        """
        return cls(**values)  # type: ignore[arg-type]  # a whole number passes for a number


@dataclass(frozen=True, slots=True)
class Circuit:
    """What is known of a provider. Instants are milliseconds since the epoch.

    `until_ms` is when an open circuit lets a call through, or when the one that it let through is lost;
    `changed_at_ms` is when the provider was last there after it was away, or away after it was there;
    `calls_left` is as of `counted_at_ms`. The counts run since the circuit was made.
    """

    state: State = "closed"
    failures_in_a_row: int = 0
    until_ms: int = 0
    changed_at_ms: int = 0
    calls_left: float | None = None
    counted_at_ms: int = 0
    paused_until_ms: int = 0
    calls: int = 0
    failures: int = 0
    refusals: int = 0

    def text(self) -> str:
        """The circuit as it is stored."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a call may be made now; if not, after how long to ask again, and why."""

    is_admitted: bool
    wait_ms: int = 0
    reason: Literal["", "open", "busy"] = ""


def admit(circuit: Circuit, rules: Rules, now_ms: int) -> tuple[Circuit, Admission]:
    """Ask for one call; whoever is admitted reports how it went."""
    if circuit.state != "closed" and now_ms < circuit.until_ms:
        return _refused(circuit, circuit.until_ms - now_ms, "open")
    if now_ms < circuit.paused_until_ms:
        return _refused(circuit, circuit.paused_until_ms - now_ms, "busy")
    left = _calls_left(circuit, rules, now_ms)
    if left < 1:
        return _refused(circuit, int((1 - left) * 60_000 / rules.calls_per_minute) + 1, "busy")
    taken = replace(circuit, calls_left=left - 1, counted_at_ms=now_ms, calls=circuit.calls + 1)
    if circuit.state != "closed":
        # The others wait for what becomes of this one, but not for ever.
        lost_ms = now_ms + int(rules.timeout_s * 2000)
        taken = replace(taken, state="half-open", until_ms=lost_ms)
    return taken, Admission(True)


def report(circuit: Circuit, rules: Rules, outcome: Outcome, now_ms: int, wait_ms: int = 0) -> Circuit:
    """Take up how an admitted call went.

    Args:
        wait_ms: of `throttled`, how long the provider wants to be left alone.
    """
    if outcome == "unused":
        back = replace(circuit, calls=circuit.calls - 1)
        return replace(back, state="open", until_ms=now_ms) if circuit.state == "half-open" else back
    if outcome == "throttled":
        # It answers, so it is there.
        return replace(_closed(circuit, now_ms), paused_until_ms=now_ms + wait_ms)
    if outcome == "ok":
        return _closed(circuit, now_ms)
    failed = replace(circuit, failures=circuit.failures + 1, failures_in_a_row=circuit.failures_in_a_row + 1)
    if circuit.state == "half-open" or failed.failures_in_a_row >= rules.opens_after:
        until_ms = now_ms + int(rules.stays_open_s * 1000)
        since_ms = now_ms if circuit.state == "closed" else circuit.changed_at_ms
        return replace(failed, state="open", until_ms=until_ms, changed_at_ms=since_ms)
    return failed


def backoff_s(rules: Rules, tries: int, chance: float) -> float:
    """How long to wait after so many tries: anything up to a bound that doubles from try to try.

    Args:
        tries: made so far, at least 1.
        chance: uniform in 0 to 1.
    """
    bound_s: float = min(rules.backoff_max_s, rules.backoff_s * 2 ** (tries - 1))
    return chance * bound_s


def _closed(circuit: Circuit, now_ms: int) -> Circuit:
    changed_at_ms = circuit.changed_at_ms if circuit.state == "closed" else now_ms
    return replace(circuit, state="closed", failures_in_a_row=0, until_ms=0, changed_at_ms=changed_at_ms)


def _refused(circuit: Circuit, wait_ms: int, reason: Literal["open", "busy"]) -> tuple[Circuit, Admission]:
    return replace(circuit, refusals=circuit.refusals + 1), Admission(False, wait_ms, reason)


def _calls_left(circuit: Circuit, rules: Rules, now_ms: int) -> float:
    if circuit.calls_left is None:
        return float(rules.calls_per_minute)
    since_ms = max(0, now_ms - circuit.counted_at_ms)
    return min(float(rules.calls_per_minute), circuit.calls_left + since_ms * rules.calls_per_minute / 60_000)
