"""What the members of a topic hear: changes, who comes and goes, who is typing, and what they missed."""

import json
import time
from statistics import median
from uuid import uuid4

import pytest

from tests.platform.inventory.factories import add_item, add_stock
from tests.platform.inventory.test_changes import change
from tests.platform.live.members import ANN_ARBOR, PLYMOUTH, WIXOM, add_stocked_item, member, receive

pytestmark = pytest.mark.runtime

TIMES = 5


@pytest.mark.measured
def test_a_change_is_seen_by_everybody_within_300_ms(platform):
    item_id = add_stocked_item(platform)
    took = []
    with member(platform, "usr_pat") as pat, member(platform, "usr_mia") as mia:
        for version in range(1, TIMES + 1):
            started = time.monotonic()
            receive(platform, item_id, version)
            heard = pat.hear("event")
            took.append(time.monotonic() - started)
            on_hand = 14 + 12 * version
            assert heard["key"] == f"stock.{item_id}.loc_aa"
            assert heard["version"] == version + 1
            assert heard["values"] == {"on_hand": on_hand, "usable": on_hand, "status": "ok"}
            assert mia.hear("event") == heard
    # From the request on: saving the delivery is in it.
    assert median(took) < 0.3, took


def test_a_change_is_heard_at_its_location_alone(platform):
    item_id = add_stocked_item(platform, "loc_wx")
    with member(platform, "usr_wes", WIXOM) as wes, member(platform, "usr_fay", PLYMOUTH) as fay:
        receive(platform, item_id, 1, "loc_wx")
        wes.hear("event")
        with pytest.raises(TimeoutError):
            fay.hear("event", within_s=0.3)


def test_steps_of_an_order_are_told_to_its_location_alone(platform):
    body = {"vendor_id": "ven_demo_medical", "location_id": "loc_wx", "client_ref": str(uuid4())}
    orders = "inventory.orders."
    with (
        member(platform, "usr_wes", orders + "loc_wx") as wes,
        member(platform, "usr_pat", orders + "loc_aa") as pat,
    ):
        order = platform.post("/inventory/api/v1/orders", "usr_wes", json=body).json()["order"]
        heard = wes.hear("event")
        assert (heard["key"], heard["values"]) == (f"order.{order['id']}", {"order_status": "draft"})
        step = {"version": order["version"], "reason": "bought elsewhere"}
        platform.post(f"/inventory/api/v1/orders/{order['id']}/cancel", "usr_wes", json=step)
        assert wes.hear("event")["values"] == {"order_status": "cancelled"}
        with pytest.raises(TimeoutError):
            pat.hear("event", within_s=0.3)


def test_alerts_that_a_change_opens_are_told_after_the_stock(platform):
    item_id = add_item(platform)
    add_stock(platform, item_id, 12, reorder_point=10, par_level=20)
    with member(platform, "usr_wes", WIXOM) as wes, member(platform, "usr_pat") as pat:
        used = change(platform, item_id, "usage", 4)
        assert used.status_code == 201
        assert pat.hear("event")["key"] == f"stock.{item_id}.loc_aa"
        heard = pat.hear("event")
        assert (heard["key"], heard["values"]) == ("alerts.loc_aa", {"opened": 1})
        alerts = platform.get(
            "/inventory/api/v1/alerts?location_id=loc_aa&type=low_stock&limit=100", "usr_pat"
        ).json()
        (alert,) = [each for each in alerts["items"] if each["item_id"] == item_id]
        platform.post(f"/inventory/api/v1/alerts/{alert['id']}/acknowledge", "usr_pat", json={})
        assert pat.hear("event")["values"] == {"acknowledged": 1}
        with pytest.raises(TimeoutError):
            wes.hear("event", within_s=0.3)


@pytest.mark.measured
def test_presence_is_told_within_150_ms(platform):
    joined, left = [], []
    with member(platform, "usr_pat") as pat:
        assert pat.people() == ["usr_pat"]
        for _ in range(TIMES):
            with member(platform, "usr_mia") as mia:
                started = time.monotonic()
                assert mia.people() == ["usr_pat", "usr_mia"]
                person = pat.hear("joined")["person"]
                joined.append(time.monotonic() - started)
                assert (person["id"], person["name"]) == ("usr_mia", "Mia Demo")
                assert abs(person["since_ms"] / 1000 - time.time()) < 5
                started = time.monotonic()
            assert pat.hear("left") == {"type": "left", "id": "usr_mia"}
            left.append(time.monotonic() - started)
    assert median(joined) < 0.15, joined
    assert median(left) < 0.15, left


def test_a_person_with_two_pages_is_here_once_and_leaves_with_the_last(platform):
    with member(platform, "usr_pat") as pat:
        with member(platform, "usr_mia") as first:
            pat.hear("joined")
            with member(platform, "usr_mia") as second:
                assert second.people() == ["usr_pat", "usr_mia"]
            with pytest.raises(TimeoutError):
                pat.hear("left", within_s=0.3)
            assert first.people() == ["usr_pat", "usr_mia"]
        pat.hear("left")


def test_typing_is_told_to_the_others(platform):
    with member(platform, "usr_pat") as pat, member(platform, "usr_mia") as mia:
        mia.say('{"type": "typing", "field": "note"}')
        notice = pat.hear("typing")
        assert notice == {"type": "typing", "id": "usr_mia", "name": "Mia Demo", "field": "note"}
        with pytest.raises(TimeoutError):
            mia.hear("typing", within_s=0.3)


def test_who_was_cut_off_is_told_what_they_missed(platform):
    item_id = add_stocked_item(platform)
    with member(platform, "usr_pat") as pat:
        receive(platform, item_id, 1)
        last_seen = pat.hear("event")["sequence"]
    receive(platform, item_id, 2)
    receive(platform, item_id, 3)
    with member(platform, "usr_pat", sequence=last_seen) as again:
        missed = again.welcome["missed"]
        assert [event["sequence"] for event in missed] == [last_seen + 1, last_seen + 2]
        assert [event["values"]["on_hand"] for event in missed] == [38, 50]
        assert again.welcome["sequence"] == last_seen + 2
        assert again.welcome["reload"] is False


def test_what_changed_between_a_page_and_its_connection_is_not_lost(platform):
    item_id = add_stocked_item(platform)
    page_ms = int(time.time() * 1000)
    receive(platform, item_id, 1)
    time.sleep(0.3)  # the topic is told once the answer is on its way
    with member(platform, "usr_pat", page_ms=page_ms) as pat:
        assert pat.welcome["missed"][-1]["key"] == f"stock.{item_id}.loc_aa"


def test_who_knows_a_sequence_that_the_topic_does_not_reloads(platform):
    with member(platform, "usr_pat", sequence=1_000_000) as pat:
        assert pat.welcome["reload"] is True
        assert pat.welcome["missed"] == []


def test_a_topic_that_slept_goes_on_with_its_members_and_its_sequence(platform):
    item_id = add_stocked_item(platform)
    with member(platform, "usr_pat") as pat, member(platform, "usr_mia") as mia:
        receive(platform, item_id, 1)
        before = pat.hear("event")["sequence"]
        platform.local.evict("inventory", "Topic", ANN_ARBOR)
        receive(platform, item_id, 2)
        assert pat.hear("event")["sequence"] == before + 1
        platform.local.evict("inventory", "Topic", ANN_ARBOR)
        mia.say('{"type": "typing", "field": "note"}')
        assert pat.hear("typing")["id"] == "usr_mia"
        platform.local.evict("inventory", "Topic", ANN_ARBOR)
        mia.socket.close()
        assert pat.hear("left")["id"] == "usr_mia"


def test_a_beat_is_answered(platform):
    with member(platform, "usr_pat") as pat:
        pat.say("ping")
        assert pat.socket.recv(timeout=5) == "pong"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("hello", 1007),
        ('{"type": "event", "key": "stock.x", "version": 1, "values": {}}', 1007),
        (json.dumps({"type": "typing", "field": "Pat Example, born 1970"}), 1007),
        (json.dumps({"type": "typing", "field": "x" * 600}), 1009),
        (b"\x00\x01", 1007),
    ],
)
def test_a_browser_may_only_say_that_somebody_types(platform, message, code):
    with member(platform, "usr_pat") as pat, member(platform, "usr_mia") as mia:
        mia.say(message)
        assert mia.closed() == code
        assert pat.hear("left")["id"] == "usr_mia"


def test_who_says_too_much_is_cut_off(platform):
    with member(platform, "usr_pat") as pat, member(platform, "usr_mia") as mia:
        for _ in range(30):
            mia.say('{"type": "typing", "field": "note"}')
        assert mia.closed() == 1008
        assert pat.hear("left")["id"] == "usr_mia"
