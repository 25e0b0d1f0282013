"""Where a person is signed in, how long that lasts, and when a session gets a new id."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from ganger.clock import iso_utc
from tests.platform.auth.factories import (
    cookie_of,
    make_person,
    session_id_of,
    session_of,
    set_cookies,
    sign_in,
    sign_in_on,
    stale,
    with_cookie,
)

pytestmark = pytest.mark.runtime

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
DAY_S = 86_400


def row_of(platform, session_id):
    (row,) = platform.rows("SELECT * FROM sessions WHERE id = ?", session_id)
    return row


def visit(platform, cookie, path="/"):
    return platform.get(path, headers=with_cookie(cookie))


def post(platform, path, cookie):
    return platform.post(path, headers=with_cookie(cookie))


def move_back(platform, session_id, **by):
    """Make a session look as if it had begun and been used that long ago."""
    row = row_of(platform, session_id)
    earlier = {
        name: iso_utc(datetime.fromisoformat(row[name]) - timedelta(**by))
        for name in ("started_at", "last_seen_at")
    }
    platform.run(
        "UPDATE sessions SET started_at = ?, last_seen_at = ? WHERE id = ?", *earlier.values(), session_id
    )


def is_ended(platform, cookie):
    return visit(platform, stale(cookie)).status_code == 303


def test_the_list_names_browser_and_addresses_and_marks_this_session(platform):
    person = make_person(platform)
    mine = sign_in_on(platform, person, FIREFOX, "192.0.2.7")
    sign_in_on(platform, person, "curl/8.0", "192.0.2.8")
    page = visit(platform, mine, "/auth/sessions")
    assert page.status_code == 200
    assert "Firefox on Linux" in page.text and "Other browser" in page.text
    assert "from 192.0.2.7" in page.text and "from 192.0.2.8" in page.text
    first, second = page.text.split('<li class="account-entry">')[1:]
    marked = first if session_id_of(mine) in first else second
    assert "This one" in marked and "This one" not in page.text.replace(marked, "")


def test_the_list_shows_nobody_elses_sessions(platform):
    theirs = sign_in_on(platform, make_person(platform))
    page = visit(platform, sign_in_on(platform, make_person(platform)), "/auth/sessions")
    assert session_id_of(theirs) not in page.text


def test_the_list_is_for_people_who_are_signed_in(platform):
    assert platform.get("/auth/sessions").status_code == 401


def test_use_moves_the_end_a_day_ahead(platform):
    cookie = sign_in_on(platform, make_person(platform))
    session_id = session_id_of(cookie)
    move_back(platform, session_id, days=2)
    renewed = session_of(cookie_of(visit(platform, stale(cookie))))
    assert renewed.ends_at == pytest.approx(time.time() + DAY_S, abs=60)
    expires_at = datetime.fromisoformat(row_of(platform, session_id)["expires_at"])
    assert expires_at.timestamp() == pytest.approx(renewed.ends_at, abs=1)


def test_no_use_moves_the_end_beyond_a_week_after_sign_in(platform):
    cookie = sign_in_on(platform, make_person(platform))
    move_back(platform, session_id_of(cookie), days=6, hours=20)
    renewed = session_of(cookie_of(visit(platform, stale(cookie))))
    assert renewed.ends_at == pytest.approx(time.time() + DAY_S - 20 * 3600, abs=60)


def test_one_session_can_be_ended_from_another(platform):
    person = make_person(platform)
    here, there = sign_in_on(platform, person), sign_in_on(platform, person)
    answer = post(platform, f"/auth/sessions/{session_id_of(there)}/end", here)
    assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sessions")
    assert is_ended(platform, there) and not is_ended(platform, here)


def test_ending_this_session_forgets_its_cookie(platform):
    cookie = sign_in_on(platform, make_person(platform))
    answer = post(platform, f"/auth/sessions/{session_id_of(cookie)}/end", cookie)
    assert answer.headers["location"] == "/auth/sign-in"
    assert set_cookies(answer)[-1].startswith("__Host-ganger-session=; Max-Age=0")
    assert is_ended(platform, cookie)


def test_nobody_ends_the_session_of_somebody_else(platform):
    theirs = sign_in_on(platform, make_person(platform))
    answer = post(
        platform, f"/auth/sessions/{session_id_of(theirs)}/end", sign_in_on(platform, make_person(platform))
    )
    assert answer.status_code == 404
    assert not is_ended(platform, theirs)


def test_all_others_can_be_ended_at_once(platform):
    person = make_person(platform)
    here, *others = (sign_in_on(platform, person) for _ in range(3))
    assert post(platform, "/auth/sessions/end-others", here).status_code == 303
    assert all(is_ended(platform, other) for other in others)
    assert not is_ended(platform, here)


def test_all_can_be_ended_at_once_and_that_is_audited(platform):
    person = make_person(platform)
    here, other = (sign_in_on(platform, person) for _ in range(2))
    answer = post(platform, "/auth/sessions/end-all", here)
    assert answer.headers["location"] == "/auth/sign-in"
    assert is_ended(platform, here) and is_ended(platform, other)
    rows = platform.rows("SELECT action, request_id FROM audit_logs WHERE record_id = ?", person)
    assert rows == [{"action": "auth:sign-out-everywhere", "request_id": answer.headers["x-request-id"]}]


def test_another_site_ends_no_session(platform):
    cookie = sign_in_on(platform, make_person(platform))
    headers = with_cookie(cookie) | {"sec-fetch-site": "cross-site"}
    assert platform.post("/auth/sessions/end-all", headers=headers).status_code == 403
    assert not is_ended(platform, cookie)


def test_signing_in_again_ends_the_session_that_the_browser_had(platform):
    person = make_person(platform)
    before = sign_in_on(platform, person)
    answer = platform.post(
        "/auth/development/sign-in", data={"person_id": person}, headers=with_cookie(before)
    )
    assert session_id_of(cookie_of(answer)) != session_id_of(before)
    assert is_ended(platform, before)


def test_changed_rights_give_the_session_a_new_id(platform):
    person = make_person(platform)
    before = sign_in_on(platform, person)
    platform.run("UPDATE user_roles SET role = 'manager' WHERE user_id = ?", person)
    after = cookie_of(visit(platform, stale(before)))
    assert session_id_of(after) != session_id_of(before)
    old, new = row_of(platform, session_id_of(before)), row_of(platform, session_id_of(after))
    assert old["replaced_by"] == new["id"] and old["ended_at"] is not None
    assert new["ended_at"] is None and new["started_at"] == old["started_at"]
    (audit,) = platform.rows(
        "SELECT user_id, action FROM audit_logs WHERE record_id = ?", session_id_of(after)
    )
    assert audit == {"user_id": person, "action": "auth:session-rotated"}


def test_unchanged_rights_keep_the_id(platform):
    before = sign_in_on(platform, make_person(platform))
    assert session_id_of(cookie_of(visit(platform, stale(before)))) == session_id_of(before)


def rotated(platform):
    """The cookie before and after a change of rights."""
    person = make_person(platform)
    before = sign_in_on(platform, person)
    platform.run("UPDATE user_roles SET role = 'manager' WHERE user_id = ?", person)
    return before, cookie_of(visit(platform, stale(before)))


def test_a_request_that_was_on_its_way_with_the_old_cookie_passes_and_sets_none(platform):
    before, _ = rotated(platform)
    answer = visit(platform, stale(before))
    assert answer.status_code == 200
    assert set_cookies(answer) == []


def test_the_old_cookie_is_useless_half_a_minute_later(platform):
    before, after = rotated(platform)
    earlier = iso_utc(datetime.now(UTC) - timedelta(seconds=31))
    platform.run("UPDATE sessions SET ended_at = ? WHERE id = ?", earlier, session_id_of(before))
    assert is_ended(platform, before)
    assert not is_ended(platform, after)


def test_the_old_cookie_is_useless_once_the_new_session_has_ended(platform):
    before, after = rotated(platform)
    post(platform, "/auth/sign-out", after)
    assert is_ended(platform, before)


def test_signing_out_with_the_old_cookie_ends_the_session_under_its_new_id(platform):
    before, after = rotated(platform)
    post(platform, "/auth/sign-out", before)
    assert is_ended(platform, after)


def test_a_page_of_identity_hands_on_the_cookie_of_the_new_id(platform):
    person = make_person(platform)
    before = sign_in_on(platform, person)
    platform.run("UPDATE user_roles SET role = 'manager' WHERE user_id = ?", person)
    answer = visit(platform, stale(before), "/auth/sessions")
    assert answer.status_code == 200
    assert session_id_of(cookie_of(answer)) != session_id_of(before)


def test_a_new_address_is_noted_with_the_next_renewal(platform):
    cookie = cookie_of(sign_in(platform, make_person(platform)))
    session_id = session_id_of(cookie)
    platform.run("UPDATE sessions SET last_address = '198.51.100.9' WHERE id = ?", session_id)
    visit(platform, stale(cookie))
    row = row_of(platform, session_id)
    assert row["last_address"] == row["first_address"]
