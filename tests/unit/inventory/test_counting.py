"""The rules of counts."""

import pytest

from app_workers.inventory.domain.counting import (
    blind,
    cancel_problem,
    decision_problem,
    is_within,
    judged,
    plan_problem,
    post_problem,
    shows_expected,
    status_after,
    submit_problem,
)
from app_workers.inventory.models.counts import (
    CountDecision,
    CountEntry,
    CountSession,
    CountStatus,
    EntryDecision,
    EntryStatus,
    NewScan,
)
from app_workers.inventory.models.settings import Settings
from ganger.errors import ValidationFailed
from tests.unit.inventory.shelves import make_count, make_scan


def make_session(**changes):
    fields = dict.fromkeys(CountSession.model_fields) | {
        "id": "cnt_1",
        "name": "Test count",
        "location_id": "loc_aa",
        "count_type": "full",
        "status": "in_progress",
        "started_by": "usr_pat",
        "started_by_name": "Pat Example",
        "planned_entries": 1,
        "counted_entries": 0,
        "total_entries": 1,
        "missing_entries": 1,
        "version": 1,
        "created_at": "2026-01-10T15:00:00.000Z",
    }
    return CountSession.model_validate(fields | changes)


def make_entry(expected=40, counted=40, **changes):
    fields = dict.fromkeys(CountEntry.model_fields) | {
        "id": "ent_1",
        "item_id": "itm_1",
        "item_name": "Gauze",
        "sku": "GZE",
        "stock_unit": "box",
        "unit_cost_cents": 500,
        "is_controlled": False,
        "expected_quantity": expected,
        "counted_quantity": counted,
        "variance": counted - expected,
        "on_hand": expected,
        "status": "counted",
        "counters": ["usr_pat"],
    }
    return CountEntry.model_validate(fields | changes)


def decide(session, entries, decision="approved", person="usr_mia", entry_id="ent_1", **rights):
    decisions = [EntryDecision(entry_id=entry_id, decision=decision)]
    return decision_problem(session, entries, decisions, person, **({"may_approve_own": False} | rights))


@pytest.mark.parametrize(
    ("expected", "counted", "cost", "status"),
    [
        (40, 38, 500, "auto_approved"),
        (40, 36, 500, "needs_approval"),
        (100, 95, 600, "needs_approval"),
        (100, 95, 500, "auto_approved"),
        (40, 42, 0, "auto_approved"),
        (0, 3, 1, "needs_approval"),
    ],
)
def test_small_differences_need_nobodys_approval(expected, counted, cost, status):
    """Worked example 11, first part."""
    entry = make_entry(expected, counted, unit_cost_cents=cost)
    assert judged([entry], Settings()) == {"ent_1": status}


def test_settings_of_the_location_decide_what_is_small():
    settings = Settings(count_tolerance_units=4, count_tolerance_percent=0, count_tolerance_cents=2000)
    assert is_within(settings, make_entry(40, 36))
    assert not is_within(settings.model_copy(update={"count_tolerance_cents": 1999}), make_entry(40, 36))


def test_controlled_item_is_always_looked_at_unless_nothing_differs():
    assert not is_within(Settings(), make_entry(40, 39, is_controlled=True, unit_cost_cents=1))
    assert is_within(Settings(), make_entry(40, 40, is_controlled=True))


def test_nothing_is_a_count_and_less_than_nothing_is_not():
    """Worked example 11, second part."""
    assert make_scan("X", 0).quantity == 0
    with pytest.raises(ValidationFailed, match="attention") as refused:
        make_scan("X", -1)
    assert refused.value.fields == {"quantity": "must be at least 0"}


@pytest.mark.parametrize("named", [{}, {"barcode": "1", "item_id": "itm_1"}], ids=["nothing", "two things"])
def test_scan_names_one_thing(named):
    fields = make_scan("X").plain() | {"barcode": None, "item_id": None} | named
    with pytest.raises(ValidationFailed):
        NewScan.checked(fields)


def test_only_a_cycle_count_names_categories():
    assert plan_problem(make_count(count_type="cycle")).fields.keys() == {"categories"}
    assert plan_problem(make_count(count_type="cycle", categories=["other"])) is None
    assert plan_problem(make_count(count_type="full", categories=["other"])).fields.keys() == {"categories"}


def test_count_with_something_missing_is_not_submitted():
    """Worked example 14, second part."""
    entries = [make_entry(id=f"ent_{number}") for number in range(47)]
    entries += [make_entry(id=f"gap_{number}", status="pending") for number in range(2)]
    entries += [make_entry(id="again", status="recount")]
    session = make_session()
    refused = submit_problem(session, entries, allow_missing=False, may_review=True)
    assert (refused.code, refused.details) == ("COUNT_INCOMPLETE", {"missing": 3})
    left_out = submit_problem(session, entries, allow_missing=True, may_review=False)
    assert left_out.code == "FORBIDDEN"
    assert submit_problem(session, entries, allow_missing=True, may_review=True) is None
    statuses = judged(entries, Settings())
    assert [statuses[name] for name in ("gap_0", "again")] == [EntryStatus.SKIPPED, EntryStatus.SKIPPED]


def test_count_of_nothing_is_not_submitted():
    refused = submit_problem(make_session(count_type="spot"), [], allow_missing=True, may_review=True)
    assert refused.code == "COUNT_INCOMPLETE"


def test_what_was_judged_stays_as_it_is():
    assert judged([make_entry(status="approved"), make_entry(status="needs_approval")], Settings()) == {}


def test_counter_does_not_approve_their_own_entry_but_may_ask_for_a_recount():
    session, entry = make_session(status="submitted"), make_entry(status="needs_approval")
    assert decide(session, [entry]) is None
    assert decide(session, [entry], person="usr_pat").code == "SELF_APPROVAL"
    assert decide(session, [entry], person="usr_pat", decision="recount") is None
    assert decide(session, [entry], person="usr_pat", may_approve_own=True) is None


def test_only_what_waits_for_a_decision_is_decided():
    session = make_session(status="submitted")
    assert decide(session, [make_entry(status="approved")]).code == "INVALID_TRANSITION"
    assert decide(session, [], entry_id="ent_9").code == "NOT_FOUND"
    assert decide(make_session(), [make_entry(status="needs_approval")]).code == "INVALID_TRANSITION"


def test_a_recount_opens_the_count_again():
    again = EntryDecision(entry_id="ent_1", decision=CountDecision.RECOUNT)
    fine = EntryDecision(entry_id="ent_2", decision=CountDecision.APPROVED)
    assert status_after([fine, again]) is CountStatus.IN_PROGRESS
    assert status_after([fine]) is CountStatus.SUBMITTED


@pytest.mark.parametrize("status", ["pending", "counted", "needs_approval", "recount"])
def test_undecided_entry_keeps_a_count_from_being_posted(status):
    session = make_session(status="submitted")
    assert post_problem(session, [make_entry(status=status)]).code == "COUNT_NOT_READY"
    ready = [make_entry(status=each) for each in ("approved", "auto_approved", "skipped")]
    assert post_problem(session, ready) is None


def test_only_an_open_count_is_cancelled_by_who_started_or_reviews_it():
    assert cancel_problem(make_session(), "usr_pat", may_review=False) is None
    assert cancel_problem(make_session(), "usr_wes", may_review=False).code == "FORBIDDEN"
    assert cancel_problem(make_session(status="submitted"), "usr_mia", may_review=True) is None
    for status in ("posted", "cancelled"):
        assert cancel_problem(make_session(status=status), "usr_pat", may_review=True)


def test_nobody_sees_what_is_expected_while_it_is_counted():
    assert not shows_expected(make_session(), may_review=True)
    assert not shows_expected(make_session(status="submitted"), may_review=False)
    assert shows_expected(make_session(status="submitted"), may_review=True)
    assert shows_expected(make_session(status="posted"), may_review=False)
    hidden = blind(make_entry())
    assert (hidden.expected_quantity, hidden.variance, hidden.on_hand) == (None, None, None)
