"""What becomes of messages, and who sees it: hub, app and pages together, on the real runtime."""

import re
import time
from datetime import UTC, datetime
from statistics import median

import pytest
from websockets.exceptions import InvalidStatus

from tests.platform.handouts.packets import ask, begin, make_ready, text, until
from tests.platform.handouts_patient.site import Phone, add_link, add_packet
from tests.platform.live.members import member

pytestmark = pytest.mark.runtime

TIMES = 5


def status_of(platform, delivery):
    (row,) = platform.rows("SELECT status FROM delivery_tracking WHERE id = ?", delivery["id"])
    return row["status"]


def failed_text(platform):
    """A delivery whose message the provider could not bring."""
    delivery, message = text(platform, make_ready(platform, begin(platform)))
    until(lambda: status_of(platform, delivery) == "sent")
    assert platform.outside.sms.tell(message, "failed", "30003").status_code == 204
    until(lambda: status_of(platform, delivery) == "failed")
    return delivery


def test_viewers_are_told_what_the_hub_knows_and_nothing_goes_backwards(platform):
    packet = make_ready(platform, begin(platform))
    delivery, message = text(platform, packet)
    until(lambda: status_of(platform, delivery) == "sent")
    with member(platform, "usr_pat", f"handouts.packet.{packet['id']}") as pat:
        platform.outside.sms.tell(message, "delivered")
        assert pat.hear("event")["key"] == f"packet.{packet['id']}"
        assert status_of(platform, delivery) == "delivered"
        platform.outside.sms.tell(message, "sent")
        platform.outside.sms.tell(message, "failed", "30003")
        platform.outside.sms.tell(message, "delivered")
        (link,) = re.findall(r"(/view/\S+)", message.text)
        assert Phone(platform).tell(link).status_code == 303
        assert pat.hear("event")["values"] == {}
    assert status_of(platform, delivery) == "delivered"
    page = platform.get(f"/handouts/packets/{packet['id']}", "usr_pat").text
    assert "Delivered" in page and "Opened" in page
    told = platform.rows(
        "SELECT fields_json FROM audit_logs WHERE record_id = ? AND action = 'handouts:delivery'",
        packet["id"],
    )
    assert len(told) == 2  # sent, delivered


@pytest.mark.measured
def test_an_open_is_told_within_300_ms_of_it(platform):
    packet_id, _ = add_packet(platform)
    links = [f"/view/{add_link(platform, packet_id)}" for _ in range(TIMES)]
    took = []
    with (
        member(platform, "usr_pat", f"handouts.packet.{packet_id}") as pat,
        member(platform, "usr_mia", "handouts.location.loc_aa") as mia,
    ):
        for link in links:
            phone = Phone(platform)
            started = time.monotonic()
            assert phone.tell(link).status_code == 303
            pat.hear("event")
            took.append(time.monotonic() - started)
            assert mia.hear("event")["key"] == f"packet.{packet_id}"
    assert median(took) < 0.3, took


def test_topics_are_for_people_of_the_location(platform):
    packet_id, _ = add_packet(platform)
    for topic in (f"handouts.packet.{packet_id}", "handouts.location.loc_aa", "handouts.else.x"):
        with pytest.raises(InvalidStatus) as refused, member(platform, "usr_wes", topic):
            pass
        assert refused.value.response.status_code == 404


def test_a_message_that_did_not_arrive_is_sent_again_from_the_first_page(platform):
    delivery = failed_text(platform)
    path = f"/handouts/deliveries/{delivery['id']}/retry"
    assert path in platform.get("/handouts/", "usr_pat").text
    again = platform.post(path, "usr_pat", data={"from": "today"})
    assert (again.status_code, again.headers["location"]) == (303, "/handouts/")
    assert path not in platform.get("/handouts/", "usr_pat").text
    # What was tried again is still told of, with nothing left to do.
    failures = platform.get(f"/handouts/failures?on={datetime.now(UTC).date()}", "usr_wes").text
    assert delivery["handout_id"] not in failures


def test_who_answered_stop_is_not_tried_again(platform):
    """Example 13."""
    packet = make_ready(platform, begin(platform))
    _, message = text(platform, packet)
    assert platform.outside.sms.receive(f"{platform.url}/hooks/twilio", message.to, "STOP").status_code == 204
    asked = {
        "channel": "sms",
        "destination": message.to,
        "destination_confirmed": True,
        "consent": {"consented": True, "method": "verbal"},
    }
    delivery = ask(platform, "POST", f"/packets/{packet['id']}/deliveries", asked).json()
    assert (delivery["status"], delivery["attempts"]) == ("failed", 1)
    page = platform.get(f"/handouts/packets/{packet['id']}", "usr_pat").text
    assert "The patient wants no messages" in page


def test_managers_are_told_once_of_what_failed_the_day_before(platform):
    delivery = failed_text(platform)
    platform.run(
        "UPDATE delivery_tracking SET updated_at = '2015-06-02T15:00:00.000Z' WHERE id = ?", delivery["id"]
    )
    for _ in range(2):
        platform.local.scheduled("handouts", "* * * * *", datetime(2015, 6, 3, 12, tzinfo=UTC))
    told = platform.rows(
        "SELECT user_id, title, link FROM notifications WHERE app_key = 'handouts'"
        " AND created_at LIKE '2015%'"
    )
    people = {row["user_id"] for row in told}
    assert "usr_mia" in people and "usr_pat" not in people and len(people) == len(told)
    assert told[0]["title"] == "1 handout message did not arrive: Ann Arbor, 06/02/2015"
    page = platform.get(told[0]["link"], "usr_mia").text
    assert delivery["handout_id"] in page and "Send again" in page
    assert ask(platform, "GET", "/packets/nothing").status_code == 404
