"""What patients see: codes, links, the date of birth, and what is closed."""

import json
import re
from datetime import timedelta

import pytest

from ganger.clock import iso_utc
from ganger.codes import PACKET_CODE_LENGTH, new_code, shown_code
from tests.harness.html import html_problems
from tests.platform.handouts_patient.site import BORN, Phone, add_general, add_link, add_packet, now

pytestmark = pytest.mark.runtime


@pytest.fixture
def phone(platform):
    return Phone(platform)


def statuses(answers):
    return [answer.status_code for answer in answers]


def test_a_typed_code_leads_to_the_date_of_birth_and_that_to_the_handouts(platform, phone):
    """Example 8."""
    handout_id, code = add_packet(platform)
    typed = phone.ask("POST", "/code", data={"code": f" {shown_code(code).lower().replace('-', ' ')} "})
    assert (typed.status_code, typed.headers["location"]) == (303, f"/qr/{code}")
    link = phone.scan(code)
    assert link.startswith("/view/")
    asked = phone.get(link)
    assert asked.status_code == 200
    assert "Date of birth" in asked.text and "Sun protection" not in asked.text
    wrong = phone.tell(link, "06/16/1985")
    assert wrong.status_code == 401 and "4 tries left" in wrong.text
    assert statuses([phone.tell(link, "tomorrow")]) == [400]
    right = phone.tell(link, "06/15/1985")
    assert (right.status_code, right.headers["location"]) == (303, link)
    shown = phone.get(link)
    assert "Sun protection" in shown.text and "&lt;b&gt;Often" in shown.text
    assert "Pat Example" not in shown.text
    (packet,) = platform.rows("SELECT * FROM generated_handouts WHERE id = ?", handout_id)
    assert (packet["qr_scan_count"], packet["failed_checks"]) == (1, 0)
    pages = {"asked": asked.text, "wrong": wrong.text, "shown": shown.text}
    assert html_problems(pages) == []


def test_a_scanned_link_is_for_one_browser_once_and_scanning_again_works(platform, phone):
    """Example 8."""
    _, code = add_packet(platform)
    link = phone.scan(code)
    assert phone.tell(link).status_code == 303
    assert phone.get(link).status_code == 200
    assert Phone(platform).get(link).status_code == 410
    assert Phone(platform).tell(link).status_code == 410
    assert phone.scan(code) != link


def test_five_wrong_dates_over_three_scans_lock_codes_and_links_until_staff_unlock(platform, phone):
    """Example 9."""
    handout_id, code = add_packet(platform)
    mailed = f"/view/{add_link(platform, handout_id, channel='email')}"
    links = [phone.scan(code), phone.scan(code), phone.scan(code), mailed, mailed]
    answers = [phone.tell(link, "1985-06-16") for link in links]
    assert statuses(answers) == [401, 401, 401, 401, 423]
    assert [phone.scan(code), phone.get(mailed).status_code, phone.tell(mailed).status_code] == [423] * 3
    platform.run("UPDATE generated_handouts SET access_locked_until = NULL WHERE id = ?", handout_id)
    assert phone.tell(mailed).status_code == 303


def test_a_code_opens_until_its_end_and_not_after(platform, phone):
    """Example 10."""
    _, open_code = add_packet(platform, qr_expires_at=iso_utc(now() + timedelta(seconds=60)))
    _, ended = add_packet(platform, qr_expires_at=iso_utc(now() - timedelta(seconds=1)))
    assert phone.scan(open_code).startswith("/view/")
    assert phone.scan(ended) == 410


def test_the_tenth_open_of_a_link_works_and_the_eleventh_does_not(platform):
    """Example 11."""
    handout_id, _ = add_general(platform)
    link = f"/view/{add_link(platform, handout_id, max_opens=3)}"
    assert statuses(Phone(platform).get(link) for _ in range(4)) == [200, 200, 200, 410]


def test_who_has_opened_a_general_packet_reads_on_without_opening_it_again(platform, phone):
    handout_id, code = add_general(platform)
    link = phone.scan(code)
    assert statuses([phone.get(link), phone.get(link)]) == [200, 200]
    (row,) = platform.rows("SELECT open_count FROM handout_links WHERE handout_id = ?", handout_id)
    assert row["open_count"] == 1


def test_what_is_revoked_is_gone_at_once_for_whoever_reads_it(platform, phone):
    """Example 12."""
    handout_id, code = add_packet(platform)
    link = phone.scan(code)
    phone.tell(link)
    platform.run("UPDATE generated_handouts SET status = 'revoked' WHERE id = ?", handout_id)
    assert [phone.get(link).status_code, phone.scan(code)] == [410, 410]


def test_a_proof_opens_its_own_link_alone(platform, phone):
    _, code = add_packet(platform)
    first, second = phone.scan(code), phone.scan(code)
    phone.tell(first)
    ((name, (proof, _)),) = phone.cookies.items()
    stranger = Phone(platform)
    stranger.cookies = {name: (proof, "/")}
    assert "Sun protection" in stranger.get(first).text
    assert "Sun protection" not in stranger.get(second).text


def test_eleven_unknown_codes_are_ten_too_many(platform, phone):
    """Example 15; a code that exists is then closed to the guesser too."""
    _, code = add_packet(platform)
    answers = [phone.scan(new_code(PACKET_CODE_LENGTH)) for _ in range(10)]
    assert answers == [404] * 10
    refused = phone.get(f"/qr/{code}")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "600")
    assert phone.ask("POST", "/code", data={"code": code}).status_code == 429
    assert Phone(platform).scan(code).startswith("/view/")


def test_ten_dates_of_birth_from_one_address_are_enough(platform, phone):
    links = [f"/view/{add_link(platform, add_packet(platform)[0])}" for _ in range(3)]
    sent = [phone.tell(link, "1985-06-16").status_code for link in links for _ in range(4)]
    assert sent == [401] * 10 + [429] * 2


def test_closed_pages_are_alike_and_name_no_packet(platform, phone):
    handout_id, gone = add_packet(platform, status="revoked", revoke_reason="wrong patient")
    _, locked = add_packet(platform, access_locked_until=iso_utc(now() + timedelta(hours=1)))
    pages = {path: phone.get(path) for path in (f"/qr/{gone}", f"/qr/{locked}", "/view/nobody", "/nowhere")}
    assert statuses(pages.values()) == [410, 423, 404, 404]
    for answer in pages.values():
        assert "734-555-0101" in answer.text
        assert handout_id not in answer.text and "wrong patient" not in answer.text
    assert html_problems({path: answer.text for path, answer in pages.items()}) == []


def test_wrong_length_is_a_form_that_says_so_and_codes_are_not_echoed_elsewhere(phone):
    answer = phone.ask("POST", "/code", data={"code": "7K3MQ"})
    assert answer.status_code == 400
    assert "must have 10 letters and digits" in answer.text
    assert html_problems({"code": answer.text}) == []


def test_the_site_speaks_the_language_that_is_asked_for_or_chosen(phone):
    spanish = phone.get("/", headers={"accept-language": "es-MX,es;q=0.9,en;q=0.5"})
    assert '<html lang="es">' in spanish.text and "Las hojas de su consulta" in spanish.text
    assert phone.get("/?lang=es").headers["cache-control"] == "no-store"
    assert "No encontramos esta página" in phone.get("/nowhere").text
    phone.get("/?lang=en")
    assert "We cannot find this page" in phone.get("/nowhere").text


def test_headers_of_every_answer(platform, phone):
    _, code = add_packet(platform)
    start = phone.get("/")
    assert start.headers["cache-control"] == "public, max-age=300"
    form = phone.get(phone.scan(code))
    paths = ("/robots.txt", "/nowhere", f"/qr/{code}", "/view/x")
    quiet = [phone.get(path) for path in paths]
    assert all(answer.headers["referrer-policy"] == "no-referrer" for answer in quiet)
    refused = [phone.ask("PUT", "/view/x"), phone.ask("DELETE", "/")]
    assert [answer.status_code for answer in refused] == [405, 405]
    answers = [start, form, *quiet, *refused, phone.get("/health")]
    for answer in answers:
        assert answer.headers["referrer-policy"] in ("no-referrer", "same-origin")
        assert answer.headers["x-robots-tag"] == "noindex"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert all(answer.headers["cache-control"] == "no-store" for answer in answers[1:])


def test_a_browser_that_tells_its_origin_alone_posts_its_forms(platform, phone):
    _, code = add_packet(platform)
    link = phone.scan(code)
    assert phone.get(link).headers["referrer-policy"] == "same-origin"

    def told(origin):
        # With a cookie, and without the header that today's browsers send.
        headers = phone.headers | {"cookie": "language=en", "origin": origin}
        return platform.client.post(platform.url + link, headers=headers, data={"dob": BORN}).status_code

    assert told("null") == 403
    assert told(f"http://{phone.headers['host']}") == 303


def test_opens_and_failed_checks_are_written_down_without_the_address(platform, phone):
    handout_id, code = add_packet(platform)
    link = phone.scan(code)
    phone.tell(link, "1985-06-16")
    phone.tell(link)
    phone.get(link)
    rows = platform.rows("SELECT * FROM audit_logs WHERE record_id = ? ORDER BY sequence", handout_id)
    assert [row["action"] for row in rows] == [
        "handouts:scan", "handouts:failed-check", "handouts:open", "handouts:read",
    ]  # fmt: skip
    assert {row["user_id"] for row in rows} == {"patient"}
    assert {json.loads(row["fields_json"])["channel"] for row in rows} == {"qr"}
    (address,) = {row["ip_address"] for row in rows}
    assert re.fullmatch("[0-9a-f]{64}", address)


def test_a_code_and_a_token_are_kept_nowhere_but_where_they_belong(platform, phone):
    handout_id, code = add_packet(platform)
    token = phone.scan(code).removeprefix("/view/")
    rows = platform.rows("SELECT * FROM handout_links WHERE handout_id = ?", handout_id)
    assert token not in json.dumps(rows)
    audit = platform.rows("SELECT * FROM audit_logs WHERE record_id = ?", handout_id)
    assert code not in json.dumps(audit) and token not in json.dumps(audit)
