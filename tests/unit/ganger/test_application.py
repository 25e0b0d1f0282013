"""The one way through an application: who is refused, in which order, and what every answer carries."""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from jinja2 import DictLoader

from ganger.addresses import AllowList
from ganger.app import Application
from ganger.context import Services
from ganger.headers import STAFF_HEADERS
from ganger.http import Request, Response, html_response
from ganger.identity import Location, Person
from ganger.pages import Pages
from ganger.permissions import PUBLIC, SIGNED_IN, Permission, Role
from ganger.platform import WorkerInfo
from ganger.ratelimit import LIMITS, Limit, Tier
from ganger.routing import Route

HOST = "staff.example.test"
OWN_PAGE = {"sec-fetch-site": "same-origin", "cf-connecting-ip": "198.51.100.7"}
WORKER = WorkerInfo(
    id="stock", kind="staff", name="ganger-stock", title="Stock", purpose="Counts.", in_service=True,
    busy=False, group="core", mount="/stock", host=None, binding="STOCK",
)  # fmt: skip
ADMINISTER = Permission("stock:administer", Role.SUPERADMIN, is_administration=True)
MANAGE = Permission("stock:manage", Role.MANAGER)


@dataclass
class CountingLimiter:
    """Counts for ever, and allows as many requests as it is told."""

    allowed: int = 1000
    keys: list[tuple[str, str]] = field(default_factory=list)

    async def allows(self, limit: Limit, key: str) -> bool:
        self.keys.append((limit.binding, key))
        return sum(each == (limit.binding, key) for each in self.keys) <= self.allowed


async def get_page(_ctx) -> Response:
    return html_response("<p>page</p>")


async def post_change(ctx) -> Response:
    return ctx.json({"params": dict(ctx.params)})


async def break_down(_ctx) -> Response:
    raise RuntimeError("Pat Example's secret")


ROUTES = (
    Route("GET", "/", get_page, SIGNED_IN),
    Route("GET", "/open", get_page, PUBLIC),
    Route("POST", "/open", post_change, PUBLIC),
    Route("GET", "/export", get_page, SIGNED_IN, Tier.EXPORT),
    Route("POST", "/items/{id}", post_change, SIGNED_IN),
    Route("GET", "/items/{id}", post_change, SIGNED_IN),
    Route("POST", "/manage", post_change, MANAGE),
    Route("POST", "/people", post_change, ADMINISTER),
    Route("GET", "/broken", break_down, PUBLIC),
)


def make_person(role="staff", **changes):
    facts = {
        "id": "usr_pat", "name": "Pat Example", "email": "pat@example.test", "role": role, "permissions": (),
        "locations": (Location("loc_aa", "Ann Arbor"),), "session_id": "ses_1",
    }  # fmt: skip
    return Person(**facts | changes)


def ask(method, path, person=None, limiter=None, administrators=None, worker=WORKER, **headers):
    sent = OWN_PAGE | {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    sent = {
        name: value for name, value in sent.items() if headers.get(name.replace("-", "_"), "") is not None
    }
    application = Application(worker, ROUTES, Pages(DictLoader({}), (), {}), STAFF_HEADERS)
    services = Services(lambda: datetime(2026, 11, 22, tzinfo=UTC), None, limiter, administrators)
    request = Request(method, "/stock" + path, headers=sent, host=HOST)
    return asyncio.run(application.respond(request, "req_1", person, services))


def test_without_a_person_only_public_routes_answer():
    assert ask("GET", "/open").status == 200
    assert ask("GET", "/").status == 401


def test_a_role_holds_what_lower_roles_hold_and_a_grant_adds_one_permission():
    statuses = {role: ask("POST", "/manage", make_person(role)).status for role in Role}
    assert statuses == {"staff": 403, "manager": 200, "superadmin": 200}
    assert ask("POST", "/manage", make_person(permissions=("stock:manage",))).status == 200
    assert ask("POST", "/manage", make_person(permissions=("stock:view", "stock:manage-all"))).status == 403


def test_a_change_from_another_site_is_refused_before_it_counts_or_is_authorized():
    limiter = CountingLimiter()
    answer = ask("POST", "/manage", make_person(), limiter, sec_fetch_site="cross-site")
    assert (answer.status, limiter.keys) == (403, [])
    assert "CROSS_ORIGIN" in answer.body


def test_a_change_without_any_word_of_its_origin_needs_to_be_nobodys():
    assert ask("POST", "/open", sec_fetch_site=None).status == 200
    assert ask("POST", "/open", make_person(), sec_fetch_site=None).status == 403


@pytest.mark.parametrize("address", ["198.51.100.7", "2001:db8::1"])
def test_administration_is_open_to_the_addresses_of_the_list(address):
    offices = AllowList.parse("198.51.100.0/24 2001:db8::/64")
    admin = make_person("superadmin")
    assert ask("POST", "/people", admin, None, offices, cf_connecting_ip=address).status == 200
    assert ask("POST", "/manage", admin, None, offices, cf_connecting_ip="192.0.2.1").status == 200


@pytest.mark.parametrize("address", ["192.0.2.1", None, ""])
def test_administration_from_anywhere_else_is_refused(address):
    offices = AllowList.parse("198.51.100.0/24")
    answer = ask(
        "POST",
        "/people",
        make_person("superadmin"),
        None,
        offices,
        cf_connecting_ip=address,
        x_forwarded_for="198.51.100.7",
    )
    assert answer.status == 403
    assert "ADDRESS_REFUSED" in answer.body


def test_an_empty_list_refuses_administration_and_no_list_allows_it():
    admin = make_person("superadmin")
    assert ask("POST", "/people", admin, None, AllowList(())).status == 403
    assert ask("POST", "/people", admin).status == 200


def test_one_request_too_many_is_told_when_to_come_back():
    limiter = CountingLimiter(allowed=2)
    statuses = [ask("GET", "/", make_person(), limiter).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    answer = ask("GET", "/", make_person(), limiter)
    assert answer.headers["retry-after"] == "60"
    assert '"code":"RATE_LIMITED"' in answer.body
    assert ask("GET", "/", make_person(id="usr_wes"), limiter).status == 200


def test_the_tiers_of_a_person_are_counted_apart():
    limiter = CountingLimiter()
    person = make_person()
    for method, path in (("GET", "/"), ("GET", "/export"), ("POST", "/manage"), ("GET", "/open")):
        ask(method, path, person, limiter)
    assert limiter.keys == [
        ("LIMIT_READ", "read:usr_pat"),
        ("LIMIT_EXPORT", "export:usr_pat"),
        ("LIMIT_WRITE", "write:usr_pat"),
        ("LIMIT_READ", "read:usr_pat"),
    ]


def test_who_is_not_signed_in_counts_by_address():
    limiter = CountingLimiter()
    ask("GET", "/open", None, limiter)
    ask("GET", "/open", None, limiter, cf_connecting_ip="2001:db8::1")
    ask("GET", "/open", None, limiter, cf_connecting_ip=None)
    assert limiter.keys == [
        ("LIMIT_PUBLIC", "public:198.51.100.7"),
        ("LIMIT_PUBLIC", "public:2001:db8::/64"),
        ("LIMIT_PUBLIC", "public:unknown"),
    ]


def test_changes_at_the_identity_worker_count_by_address_whoever_makes_them():
    limiter = CountingLimiter()
    service = WorkerInfo(
        **{name: getattr(WORKER, name) for name in WorkerInfo.__slots__} | {"kind": "service"}
    )
    ask("POST", "/open", make_person(), limiter, worker=service)
    ask("POST", "/open", None, limiter, worker=service)
    assert limiter.keys == [("LIMIT_SIGN_IN", "sign-in:198.51.100.7")] * 2


def test_health_answers_however_much_is_asked():
    limiter = CountingLimiter(allowed=0)
    assert ask("GET", "/health", None, limiter).status == 200
    assert limiter.keys == []


def test_limits_leave_room_for_people_at_work():
    assert all(limit.period_s in (10, 60) for limit in LIMITS.values())
    # Forty people of one location sign in within a minute, each in four steps.
    assert LIMITS[Tier.SIGN_IN].requests >= 40 * 4
    # A screen with ten parts that refresh every five seconds, in five windows.
    assert LIMITS[Tier.READ].requests >= 10 * 12 * 5


@pytest.mark.parametrize("segment", ["a%00b", "a%0Ab", "a%09", "%E2%80%AE"])
def test_a_path_with_control_characters_is_refused(segment):
    assert ask("GET", f"/items/{segment}", make_person()).status == 400


def test_a_path_is_composed():
    assert "Zo\u00eb" in ask("GET", "/items/Zoe%CC%88", make_person()).body


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/open", 200),
        ("GET", "/", 401),
        ("GET", "/no", 404),
        ("PUT", "/open", 405),
        ("GET", "/broken", 500),
    ],
)
def test_every_answer_carries_the_security_headers(method, path, status):
    answer = ask(method, path, origin="https://evil.test")
    assert answer.status == status
    assert STAFF_HEADERS.items() <= answer.headers.items()
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_preflight_is_told_which_methods_there_are_and_nothing_that_opens_the_door():
    answer = ask("OPTIONS", "/open", origin="https://evil.test", access_control_request_method="POST")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, POST")
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("path", "headers", "code"),
    [("/manage", {}, "FORBIDDEN"), ("/manage", {"sec_fetch_site": "cross-site"}, "CROSS_ORIGIN")],
)
def test_a_refusal_is_logged_with_who_and_what_and_nothing_else(capsys, path, headers, code):
    ask("POST", path, make_person(), **headers)
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert (line["event"], line["code"], line["user_id"]) == ("refused", code, "usr_pat")
    assert line.keys() == {"level", "event", "code", "permission", "user_id", "request_id"}


def test_a_defect_says_nothing_of_itself():
    assert "Pat" not in ask("GET", "/broken").body
