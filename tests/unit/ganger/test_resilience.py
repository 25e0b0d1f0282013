import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ganger.resilience import Circuit, Rules, admit, backoff_s, report

RULES = Rules(
    timeout_s=5, tries=3, backoff_s=1, backoff_max_s=8, opens_after=3, stays_open_s=30, calls_per_minute=60
)
T0 = 1_000_000_000


def failed(times, circuit=None, at=T0):
    circuit = circuit or Circuit()
    for _ in range(times):
        circuit, admission = admit(circuit, RULES, at)
        assert admission.is_admitted
        circuit = report(circuit, RULES, "failed", at)
    return circuit


def test_a_circuit_opens_after_failures_in_a_row_and_then_refuses_at_once():
    assert failed(2).state == "closed"
    opened = failed(3)
    assert opened.state == "open"
    refused, admission = admit(opened, RULES, T0 + 10_000)
    assert (admission.is_admitted, admission.wait_ms, admission.reason) == (False, 20_000, "open")
    assert refused.refusals == 1


def test_a_success_between_failures_keeps_it_closed():
    circuit = report(failed(2), RULES, "ok", T0)
    assert failed(2, circuit).state == "closed"


def test_after_a_while_one_call_goes_through_to_see():
    circuit, first = admit(failed(3), RULES, T0 + 30_000)
    assert (first.is_admitted, circuit.state) == (True, "half-open")
    _, second = admit(circuit, RULES, T0 + 30_001)
    assert not second.is_admitted


def test_what_becomes_of_that_call_closes_or_opens_it():
    circuit, _ = admit(failed(3), RULES, T0 + 30_000)
    assert report(circuit, RULES, "ok", T0 + 31_000).state == "closed"
    again = report(circuit, RULES, "failed", T0 + 31_000)
    assert (again.state, again.until_ms, again.changed_at_ms) == ("open", T0 + 61_000, T0)


def test_a_call_that_never_reports_does_not_hold_the_circuit_for_ever():
    circuit, _ = admit(failed(3), RULES, T0 + 30_000)
    _, later = admit(circuit, RULES, T0 + 40_000)
    assert later.is_admitted


def test_a_call_that_never_went_lets_the_next_one_try():
    circuit, _ = admit(failed(3), RULES, T0 + 30_000)
    _, next_one = admit(report(circuit, RULES, "unused", T0 + 30_001), RULES, T0 + 30_001)
    assert next_one.is_admitted


def test_a_provider_that_asks_for_patience_is_left_alone_and_is_not_down():
    circuit, _ = admit(Circuit(), RULES, T0)
    circuit = report(circuit, RULES, "throttled", T0, wait_ms=7_000)
    assert circuit.state == "closed"
    _, early = admit(circuit, RULES, T0 + 6_999)
    assert (early.is_admitted, early.reason) == (False, "busy")
    _, then = admit(circuit, RULES, T0 + 7_000)
    assert then.is_admitted


def test_calls_keep_to_the_rate():
    circuit = Circuit()
    for _ in range(60):
        circuit, admission = admit(circuit, RULES, T0)
        assert admission.is_admitted
    _, beyond = admit(circuit, RULES, T0)
    assert (beyond.is_admitted, beyond.reason) == (False, "busy")
    _, later = admit(circuit, RULES, T0 + beyond.wait_ms)
    assert later.is_admitted


@given(tries=st.integers(1, 30), chance=st.floats(0, 1))
def test_waits_are_between_nothing_and_a_doubling_bound(tries, chance):
    assert 0 <= backoff_s(RULES, tries, chance) <= min(8, 2 ** (tries - 1))


def test_a_clock_that_goes_back_gives_no_calls_away():
    circuit = replace(Circuit(), calls_left=0.0, counted_at_ms=T0)
    _, admission = admit(circuit, RULES, T0 - 60_000)
    assert not admission.is_admitted


def test_the_states_of_a_circuit_survive_being_stored():
    circuit = failed(3)
    assert Circuit(**json.loads(circuit.text())) == circuit
