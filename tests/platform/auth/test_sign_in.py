"""Signing in and out by the demo people, through the real router."""

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


def audit_rows(platform, session_id):
    return platform.rows(
        "SELECT user_id, action, record_type, request_id FROM audit_logs WHERE record_id = ? ORDER BY id",
        session_id,
    )


def test_the_sign_in_page_offers_every_active_person_with_role_and_locations(platform):
    page = platform.get("/auth/sign-in?to=/inventory")
    assert page.status_code == 200
    assert "Pat Example" in page.text and "staff, Ann Arbor" in page.text
    assert "manager, Ann Arbor, Plymouth, Wixom" in page.text
    assert 'name="to" value="/inventory"' in page.text
    assert "Ina Placeholder" not in page.text


@pytest.mark.parametrize("to", ["//evil.test", "https://evil.test/", "/\\evil.test", "/auth/sign-in"])
def test_the_sign_in_page_never_carries_a_foreign_target(platform, to):
    page = platform.get("/auth/sign-in", params={"to": to})
    assert 'name="to" value="/"' in page.text
    assert "evil" not in page.text


def test_who_is_signed_in_goes_straight_on(platform):
    answer = platform.get("/auth/sign-in?to=/inventory", person="usr_pat")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inventory")


def test_sign_in_sets_one_cookie_that_scripts_other_sites_and_plain_http_never_see(platform):
    answer = sign_in(platform, make_person(platform), to="/inventory?page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inventory?page=2")
    (cookie,) = set_cookies(answer)
    name, *attributes = cookie.split("; ")
    assert name.startswith("__Host-ganger-session=")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=86400", "Path=/", "SameSite=Lax", "Secure"]


def test_sign_in_writes_the_session_and_its_audit_row(platform):
    person = make_person(platform)
    answer = sign_in(platform, person)
    session = session_of(cookie_of(answer))
    (row,) = platform.rows("SELECT * FROM sessions WHERE id = ?", session.person.session_id)
    assert (row["user_id"], row["method"], row["ended_at"]) == (person, "development", None)
    (audit,) = audit_rows(platform, session.person.session_id)
    assert (audit["user_id"], audit["action"], audit["record_type"]) == (person, "auth:sign-in", "session")
    assert audit["request_id"] == answer.headers["x-request-id"]


def test_the_claims_name_role_grants_that_count_and_locations_own_first(platform):
    person = make_person(platform, home="loc_wx")
    platform.run("INSERT INTO user_locations VALUES (?, 'loc_aa')", person)
    for permission, expires_at in (("a:forever", None), ("b:past", "2020-01-01T00:00:00.000Z")):
        platform.run(
            "INSERT INTO user_permissions (user_id, permission, granted_at, expires_at) VALUES (?, ?, ?, ?)",
            person, permission, "2020-01-01T00:00:00.000Z", expires_at,
        )  # fmt: skip
    claims = session_of(cookie_of(sign_in(platform, person))).person
    assert (claims.role, claims.permissions) == ("staff", ("a:forever",))
    assert [location.name for location in claims.locations] == ["Wixom", "Ann Arbor"]


def test_a_manager_sees_all_locations_own_first(platform):
    claims = session_of(cookie_of(sign_in(platform, make_person(platform, "manager", "loc_py")))).person
    assert [location.id for location in claims.locations] == ["loc_py", "loc_aa", "loc_wx"]


@pytest.mark.parametrize("person", ["usr_nobody", "usr_ina", "' OR 1=1 --"])
def test_an_unknown_or_deactivated_person_is_refused_and_gets_no_session(platform, person):
    before = platform.rows("SELECT count(*) AS n FROM sessions WHERE user_id = ?", person)
    answer = sign_in(platform, person)
    assert answer.status_code == 403
    assert set_cookies(answer) == []
    assert platform.rows("SELECT count(*) AS n FROM sessions WHERE user_id = ?", person) == before


def test_a_refusal_tells_programs_its_code(platform):
    answer = platform.post(
        "/auth/development/sign-in", data={"person_id": "usr_ina"}, headers={"accept": "application/json"}
    )
    assert answer.json()["error"]["code"] == "SIGN_IN_REFUSED"


def test_a_form_without_a_person_is_a_bad_request(platform):
    assert platform.post("/auth/development/sign-in", data={"to": "/"}).status_code == 400


def test_another_site_cannot_sign_anyone_in_or_out(platform):
    for path in ("/auth/development/sign-in", "/auth/sign-out"):
        answer = platform.post(path, data={"person_id": "usr_pat"}, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403
        assert set_cookies(answer) == []


@pytest.mark.parametrize("to", ["//evil.test", "https://evil.test/", "/\\evil.test", "/\t/evil.test", ""])
def test_sign_in_leads_only_to_our_own_pages(platform, to):
    assert sign_in(platform, "usr_wes", to=to).headers["location"] == "/"


def test_sign_out_ends_the_session_and_forgets_the_cookie(platform):
    cookie = cookie_of(sign_in(platform, make_person(platform)))
    session_id = session_of(cookie).person.session_id
    answer = platform.post("/auth/sign-out", headers=with_cookie(cookie))
    assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sign-in")
    (header,) = set_cookies(answer)
    assert header.startswith("__Host-ganger-session=; Max-Age=0")
    (row,) = platform.rows("SELECT ended_at FROM sessions WHERE id = ?", session_id)
    assert row["ended_at"] is not None
    assert [row["action"] for row in audit_rows(platform, session_id)] == ["auth:sign-in", "auth:sign-out"]


def test_signing_out_twice_ends_the_session_once(platform):
    cookie = cookie_of(sign_in(platform, make_person(platform)))
    session_id = session_of(cookie).person.session_id
    first, second = (platform.post("/auth/sign-out", headers=with_cookie(cookie)) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert len(audit_rows(platform, session_id)) == 2


def test_signing_out_with_a_stale_cookie_leaves_no_session_in_the_browser(platform):
    cookie = stale(cookie_of(sign_in(platform, make_person(platform))))
    answer = platform.post("/auth/sign-out", headers=with_cookie(cookie))
    assert set_cookies(answer)[-1].startswith("__Host-ganger-session=; Max-Age=0")


def test_signing_in_over_an_ended_session_keeps_the_new_one(platform):
    person = make_person(platform)
    cookie = cookie_of(sign_in(platform, person))
    platform.post("/auth/sign-out", headers=with_cookie(cookie))
    answer = platform.post(
        "/auth/development/sign-in", data={"person_id": person}, headers=with_cookie(stale(cookie))
    )
    assert "Max-Age=86400" in set_cookies(answer)[-1]


def test_sign_out_without_a_session_still_leads_to_the_sign_in_page(platform):
    answer = platform.post("/auth/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sign-in")


def test_sign_out_by_get_does_nothing(platform):
    assert platform.get("/auth/sign-out").status_code == 405
