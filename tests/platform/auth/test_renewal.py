"""What becomes of a session once its claims are stale: the router asks, and identity answers."""

import pytest

from tests.platform.auth.factories import (
    cookie_of,
    make_person,
    session_of,
    set_cookies,
    sign_in,
    stale,
    with_cookie,
)

pytestmark = pytest.mark.runtime


def visit(platform, cookie):
    return platform.get("/", headers=with_cookie(cookie))


def test_fresh_claims_are_believed_without_a_new_cookie(platform):
    answer = visit(platform, cookie_of(sign_in(platform, make_person(platform))))
    assert answer.status_code == 200
    assert set_cookies(answer) == []


def test_a_stale_cookie_is_renewed_and_its_end_moves_on(platform):
    cookie = cookie_of(sign_in(platform, make_person(platform)))
    answer = visit(platform, stale(cookie))
    assert answer.status_code == 200
    before, after = session_of(cookie), session_of(cookie_of(answer))
    assert after.ends_at >= before.ends_at
    assert after.person == before.person
    assert after.fresh_until >= before.fresh_until


def test_renewal_notes_when_the_person_was_last_seen(platform):
    cookie = cookie_of(sign_in(platform, make_person(platform)))
    session_id = session_of(cookie).person.session_id
    platform.run("UPDATE sessions SET last_seen_at = '2026-01-01T00:00:00.000Z' WHERE id = ?", session_id)
    visit(platform, stale(cookie))
    (row,) = platform.rows("SELECT last_seen_at, started_at FROM sessions WHERE id = ?", session_id)
    assert row["last_seen_at"] >= row["started_at"]


def test_a_changed_role_and_a_new_grant_hold_from_the_next_renewal(platform):
    person = make_person(platform)
    cookie = cookie_of(sign_in(platform, person))
    platform.run("UPDATE user_roles SET role = 'manager' WHERE user_id = ?", person)
    platform.run(
        "INSERT INTO user_permissions (user_id, permission, granted_at) VALUES (?, 'a:b', '2026-01-01')",
        person,
    )
    claims = session_of(cookie_of(visit(platform, stale(cookie)))).person
    assert (claims.role, claims.permissions) == ("manager", ("a:b",))
    assert len(claims.locations) == 3


def assert_sent_to_sign_in(answer):
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/auth/sign-in")
    (header,) = set_cookies(answer)
    assert header.startswith("__Host-ganger-session=; Max-Age=0")


def test_a_session_that_was_signed_out_has_ended(platform):
    cookie = cookie_of(sign_in(platform, make_person(platform)))
    platform.post("/auth/sign-out", headers=with_cookie(cookie))
    assert_sent_to_sign_in(visit(platform, stale(cookie)))


def test_deactivating_a_person_ends_their_session(platform):
    person = make_person(platform)
    cookie = cookie_of(sign_in(platform, person))
    platform.run("UPDATE users SET is_active = 0 WHERE id = ?", person)
    assert_sent_to_sign_in(visit(platform, stale(cookie)))


def test_taking_the_role_away_ends_their_session(platform):
    person = make_person(platform)
    cookie = cookie_of(sign_in(platform, person))
    platform.run("DELETE FROM user_roles WHERE user_id = ?", person)
    assert_sent_to_sign_in(visit(platform, stale(cookie)))


def test_a_session_past_its_time_in_the_database_has_ended(platform):
    cookie = cookie_of(sign_in(platform, make_person(platform)))
    session_id = session_of(cookie).person.session_id
    platform.run("UPDATE sessions SET expires_at = '2026-01-01T00:00:00.000Z' WHERE id = ?", session_id)
    assert_sent_to_sign_in(visit(platform, stale(cookie)))


def test_a_cookie_that_we_did_not_sign_is_no_session(platform):
    cookie = cookie_of(sign_in(platform, make_person(platform)))
    assert_sent_to_sign_in(visit(platform, cookie[:-2] + ("AA" if cookie[-2:] != "AA" else "BB")))


def test_nobody_is_signed_out_because_the_database_is_away(platform):
    cookie = cookie_of(sign_in(platform, make_person(platform)))
    platform.run("ALTER TABLE sessions RENAME TO sessions_away")
    try:
        answer = visit(platform, stale(cookie))
    finally:
        platform.run("ALTER TABLE sessions_away RENAME TO sessions")
    assert answer.status_code == 503
    assert set_cookies(answer) == []
    assert visit(platform, stale(cookie)).status_code == 200
