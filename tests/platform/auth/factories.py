"""People who belong to one test, and the cookies of their sessions."""

import itertools
import time

from ganger.session import COOKIE, Session, seal_session, unseal_session
from ganger.tokens import KeyRing
from tests.harness.staff import StaffPortal
from tools.local.keys import development_vars

_numbers = itertools.count(1)
_AT = "2026-01-01T00:00:00.000Z"


def make_person(platform: StaffPortal, role="staff", home="loc_aa", is_active=True) -> str:
    """Write a person that no other test knows and return their id."""
    number = next(_numbers)
    person_id = f"usr_auth_{number}"
    platform.run(
        "INSERT INTO users (id, email, name, home_location_id, is_active, created_at, updated_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        person_id, f"auth{number}@example.test", f"Person {number}", home, int(is_active), _AT, _AT,
    )  # fmt: skip
    platform.run("INSERT INTO user_roles (user_id, role, granted_at) VALUES (?, ?, ?)", person_id, role, _AT)
    return person_id


def sign_in(platform: StaffPortal, person_id: str, **fields: str):
    """Post the development sign-in and return the answer."""
    return platform.post("/auth/development/sign-in", data={"person_id": person_id} | fields)


def cookie_of(answer) -> str:
    """The session cookie's value in an answer."""
    (header,) = set_cookies(answer)
    return header.partition(";")[0].partition("=")[2]


def set_cookies(answer) -> list[str]:
    """The Set-Cookie headers that concern the session."""
    return [header for header in answer.headers.get_list("set-cookie") if header.startswith(f"{COOKIE}=")]


def session_of(cookie: str) -> Session:
    """What a cookie says."""
    session = unseal_session(_ring(), cookie, time.time())
    assert session is not None
    return session


def stale(cookie: str) -> str:
    """The same cookie as it will be once its claims are no longer fresh."""
    session = session_of(cookie)
    return seal_session(_ring(), Session(session.person, int(time.time()) - 1, session.ends_at))


def with_cookie(cookie: str) -> dict[str, str]:
    """The request header that brings a session."""
    return {"cookie": f"{COOKIE}={cookie}"}


def _ring() -> KeyRing:
    return KeyRing.parse(development_vars()["SESSION_KEYS"])


def sign_in_on(
    platform: StaffPortal, person_id: str, user_agent: str = "", address: str = "192.0.2.1"
) -> str:
    """Sign in with a browser at an address and return the cookie's value."""
    headers = {"user-agent": user_agent, "cf-connecting-ip": address}
    data = {"person_id": person_id}
    return cookie_of(platform.post("/auth/development/sign-in", data=data, headers=headers))


def session_id_of(cookie: str) -> str:
    """The id of a cookie's session."""
    return session_of(cookie).person.session_id
