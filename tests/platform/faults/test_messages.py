"""Handouts while the communication hub is away: nothing is sent on unknown consent, and paper goes on."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from ganger.flash import read_flash

pytestmark = pytest.mark.runtime

PACKET = "/handouts/packets/pkt_01"  # Pat Example's, ready, of the demo
API = "/handouts/api/v1"
AS_PROGRAM = {"accept": "application/json"}
TEXT = {"channel": "sms", "destination": "734-555-0142", "destination_confirmed": True}
HUB = "handouts>HUBS_COMMUNICATION"
AGREED = {"consented": True, "method": "verbal"}


def ask(breakable, path, body):
    """Status and code of what a program is told."""
    answer = breakable.portal.post(f"{API}{path}", "usr_pat", headers=AS_PROGRAM, json=body)
    return answer.status_code, answer.json().get("error", {}).get("code")


def say(breakable, path, **typed):
    """What a person is told by the packet's page."""
    return breakable.portal.post(f"{PACKET}{path}", "usr_pat", data=typed)


def newest_of(breakable, packet_id):
    sql = "SELECT * FROM delivery_tracking WHERE handout_id = ? ORDER BY created_at DESC LIMIT 1"
    (row,) = breakable.portal.rows(sql, packet_id)
    return row


def written(breakable):
    """How many messages, links and words of patients there are, and how often Pat's packet was printed."""
    (row,) = breakable.portal.rows(
        "SELECT (SELECT COUNT(*) FROM delivery_tracking WHERE channel <> 'print') AS messages,"
        " (SELECT COUNT(*) FROM handout_links) AS links,"
        " (SELECT COUNT(*) FROM hub_consents) AS consents,"
        " (SELECT COUNT(*) FROM audit_logs WHERE action = 'handouts:send-packet') AS audits,"
        " (SELECT print_count FROM generated_handouts WHERE id = 'pkt_01') AS printed"
    )
    return row


def test_while_consent_cannot_be_read_nothing_is_sent_or_written_and_paper_is_unaffected(breakable):
    before = written(breakable)
    away = (503, "COMMUNICATION_UNAVAILABLE")
    with breakable.cut(HUB):
        assert ask(breakable, "/packets/pkt_01/deliveries", TEXT) == away
        assert ask(breakable, "/packets/pkt_01/deliveries", TEXT | {"consent": AGREED}) == away
        said = {"mrn": "10000001", "channel": "sms"} | AGREED
        assert ask(breakable, "/consents", said) == away
        page = breakable.portal.get(PACKET, "usr_pat")
        assert page.status_code == 200
        assert "cannot be looked up just now, so nothing can be sent" in page.text
        sent = say(breakable, "/deliveries", channel="sms", phone="734-555-0142", destination_confirmed="yes")
        assert (sent.status_code, "no message is sent. Print the packet instead." in sent.text) == (503, True)
        recorded = say(breakable, "/consents", channel="sms", consented="true", method="verbal")
        assert (recorded.status_code, "Try again later." in recorded.text) == (503, True)
        assert say(breakable, "/print").status_code == 303
    assert written(breakable) == before | {"printed": before["printed"] + 1}
    assert ask(breakable, "/packets/pkt_01/deliveries", TEXT | {"consent": AGREED})[0] == 202


def test_a_message_that_the_hub_does_not_take_is_tried_four_times_and_has_failed_then(breakable):
    """Example 13; of a patient without a chart number, whose consent comes with the request."""
    mail = {"channel": "email", "destination": "robin@example.test", "destination_confirmed": True}
    with breakable.cut(HUB):
        assert ask(breakable, "/packets/pkt_13/deliveries", mail | {"consent": AGREED})[0] == 202
        tries = []
        while (delivery := newest_of(breakable, "pkt_13"))["status"] == "queued":
            tries.append(datetime.fromisoformat(delivery["next_attempt_at"]))
            breakable.portal.local.scheduled("handouts", "* * * * *", tries[-1])
    first = datetime.fromisoformat(delivery["created_at"])
    assert [(each - first) // timedelta(minutes=1) for each in tries] == [1, 6, 21]
    assert (delivery["status"], delivery["attempts"]) == ("failed", 4)
    assert delivery["failure_code"] == "COMMUNICATION_UNAVAILABLE"


def test_a_packet_is_given_out_although_what_its_patient_says_cannot_be_recorded(breakable):
    patient = {"name": "Pat Example", "birth_date": "1985-06-15", "mrn": "10000001"}
    asked = {"location_id": "loc_aa", "client_ref": uuid4().hex, "manual": patient}
    portal = breakable.portal
    draft = portal.post(f"{API}/packets", "usr_pat", headers=AS_PROGRAM, json=asked).json()["id"]
    form = {"template": "tpl_sun", "provider_name": "Dr. Demo", "channel": "sms", "method": "verbal"}
    form |= {"consented": "true"}
    with breakable.cut(HUB):
        page = portal.post(
            f"/handouts/generate/{draft}", "usr_pat", data=form | {"lock_version": "1", "action": "consent"}
        )
        assert (page.status_code, "Not recorded" in page.text, "Dr. Demo" in page.text) == (503, True, True)
        given = portal.post(
            f"/handouts/generate/{draft}", "usr_pat", data=form | {"lock_version": "2", "action": "generate"}
        )
    assert (given.status_code, given.headers["location"]) == (303, f"/handouts/packets/{draft}")
    said = read_flash(dict(given.cookies))
    assert said is not None and (said.tone, "could not be recorded" in said.text) == ("warning", True)
