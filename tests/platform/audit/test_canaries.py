"""What people send never gets into the log or into the text of an error, whichever route they send it to."""

from itertools import islice
from urllib.parse import quote

import pytest

from ganger.session import COOKIE
from tools.build.environments import DEVELOPMENT
from tools.local.keys import development_vars
from tools.paths import ROOT
from tools.permissions import routes_of
from tools.registry import Kind, load_registry

pytestmark = pytest.mark.runtime

CANARY = "zq7canary"
SENTENCE = f"{CANARY} Pat Example, born 1970-01-01, 555-0142 <pat@example.test> '\";--"
FIELDS = ("to", "person_id", "name", "q", "location_id", "item_id", "quantity", "lot_number", "note", CANARY)
JSON = "application/json"
HTML = "text/html"

SEES_ALL = "usr_sam"

IN_SERVICE = [worker for worker in load_registry().workers.values() if worker.in_service]


def targets():
    """Every route of every worker behind the router, as method, path and the names in it."""
    for worker in IN_SERVICE:
        if worker.kind is Kind.ROUTER:
            continue
        mount = (worker.mount or "").rstrip("/")
        for route in routes_of(ROOT, load_registry(), worker, DEVELOPMENT):
            yield pytest.param(
                route.method, mount + route.path, id=f"{worker.id} {route.method} {route.path}"
            )
    for method in ("GET", "POST"):
        for path in ("/health", "/health/deep", "/nowhere/{name}", "/kiosk/{name}", "/provoked/fails"):
            yield pytest.param(method, path, id=f"{method} {path}")


def paths(watched, path):
    """The path with what a person may type for its names, and with the identifiers of real rows."""
    yield (
        path.replace("{", "").replace("}", "") if "{" not in path else _filled(path, quote(SENTENCE, safe=""))
    )
    if "{item_id}" in path:
        (item,) = watched.rows("SELECT id FROM inventory_items ORDER BY id LIMIT 1")
        yield path.replace("{item_id}", item["id"])


def _filled(path, value):
    parts = (value if part.startswith("{") else part for part in path.split("/"))
    return "/".join(parts)


def bodies():
    """A form, JSON flat and deep, an upload, and bytes that are none of these."""
    fields = dict.fromkeys(FIELDS, SENTENCE)
    yield {"data": fields}
    yield {"json": fields}
    yield {"json": [{CANARY: [{SENTENCE: SENTENCE}]}, SENTENCE]}
    yield {"files": {"file": (f"{CANARY}.pdf", SENTENCE.encode(), f"text/{CANARY}")}}
    yield {"content": f'{{"{SENTENCE}'.encode(), "headers": {"content-type": JSON}}
    yield {"content": b"\xff\x00" + SENTENCE.encode(), "headers": {"content-type": CANARY}}


def headers(accept):
    """Headers that people and programs may send as they like."""
    return {
        "accept": accept,
        "accept-language": CANARY,
        "authorization": f"Bearer {CANARY}",
        # The runtime closes a connection whose body nobody read, at times after the next request has begun.
        "connection": "close",
        "cookie": f"ganger-flash={CANARY}; {CANARY}={CANARY}",
        "referer": f"https://{CANARY}.example.test/{CANARY}",
        "user-agent": CANARY,
        "x-ganger-identity": f"dev.{CANARY}.{CANARY}",
        "x-ganger-route": CANARY,
        "x-request-id": CANARY,
        f"x-{CANARY}": CANARY,
    }


def requests(watched, method, path):
    """Every request to one route."""
    query = {"to": SENTENCE, "q": SENTENCE, "page": SENTENCE, CANARY: SENTENCE}
    for filled in paths(watched, path):
        for person in (None, "usr_pat", SEES_ALL):
            for options in sent_by(person, method, path):
                for accept in (JSON, HTML):
                    given = dict(options)
                    all_headers = headers(accept) | given.pop("headers", {})
                    yield filled, person, {**given, "headers": all_headers, "params": query}


def sent_by(person, method, path):
    """All bodies by whoever may do everything, and where nobody needs to sign in.

    A body is read once its sender is allowed the route, and then alike, whoever that is. So the first two,
    a form and JSON, will do of others.
    """
    if method in ("GET", "HEAD"):
        return [{}]
    is_read = person == SEES_ALL or path.startswith(("/auth/", "/hooks/"))
    return list(bodies()) if is_read else list(islice(bodies(), 2))


def is_error(answer):
    """Whether the body is the envelope or the error page, rather than a form that shows what was typed."""
    if answer.headers.get("content-type", "").startswith(JSON):
        return "error" in answer.json()
    return answer.status_code >= 400 and '<form method="post"' not in answer.text.replace("'", '"')


def secrets_of(watched):
    keys = [entry.partition(":")[2] for value in development_vars().values() for entry in value.split()]
    tokens = [value for value in development_vars().values() if ":" not in value]
    return [secret for secret in (*keys, *tokens, *watched._cookies.values()) if secret]


def assert_quiet(watched):
    """Nothing that was sent, and nothing secret, stands in the log."""
    text = "\n".join(line["message"] for line in watched.logged)
    assert CANARY not in text.lower()
    assert "Pat Example" not in text
    assert "eyJ" not in text  # how the payload of a cookie or of an identity header begins
    assert not [secret for secret in secrets_of(watched) if secret in text]


@pytest.mark.parametrize(("method", "path"), [*targets()])
def test_nothing_that_is_sent_gets_into_the_log_or_into_an_error(watched, method, path):
    watched.logged.clear()
    if path.startswith("/auth/"):
        watched._cookies.clear()  # some of these end sessions
    for filled, person, options in requests(watched, method, path):
        answer = watched.request(method, filled, person, **options)
        assert answer.status_code < 500 or answer.status_code == 503 or "/provoked/" in path, answer.text
        # Webhooks are signed by whoever sends them, and nobody signs in for one.
        assert answer.status_code != 401 or person is None or path.startswith(("/auth/", "/hooks/"))
        if is_error(answer):
            assert SENTENCE not in answer.text
            assert "Pat Example" not in answer.text
            assert not [secret for secret in secrets_of(watched) if secret in answer.text]
    assert_quiet(watched)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("accept", [JSON, HTML])
def test_patient_and_service_workers_are_quiet_too(watched, method, accept):
    watched.logged.clear()
    addresses = watched.local.addresses()
    direct = [worker for worker in load_registry().workers.values() if worker.kind is Kind.PATIENT]
    for worker in (worker for worker in direct if worker.id in addresses):
        for options in bodies() if method == "POST" else [{}]:
            given = dict(options)
            url = f"{addresses[worker.id]}/view/{quote(SENTENCE, safe='')}"
            sent = headers(accept) | given.pop("headers", {})
            answer = watched.client.request(method, url, headers=sent, params={"q": SENTENCE}, **given)
            assert CANARY not in answer.text
    assert_quiet(watched)


def test_a_bad_session_cookie_is_not_logged(watched):
    watched.logged.clear()
    for value in (CANARY, f"dev.{CANARY}.{CANARY}", f"{watched.sign_in('usr_pat')}{CANARY}"):
        answer = watched.get("/inventory", headers={"cookie": f"{COOKIE}={value}"})
        assert CANARY not in answer.text
    assert_quiet(watched)


def test_an_exception_that_quotes_what_was_sent_is_logged_by_type_and_place_alone(watched):
    watched.logged.clear()
    answer = watched.post(
        f"/provoked/fails?q={CANARY}", person="usr_pat", data={"note": SENTENCE}, headers={"accept": JSON}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "INTERNAL_ERROR")
    assert CANARY not in answer.text
    line = watched.logged.facts("ValueError")[0]
    assert (line["type"], line["cause"]) == ("ValueError", "KeyError")
    assert any("post_fails" in place for place in line["at"])
    assert line["request_id"] == answer.headers["x-request-id"]
    assert_quiet(watched)


def test_facts_that_the_log_does_not_know_are_replaced(watched):
    watched.logged.clear()
    fields = {"patient_name": CANARY, "reason": SENTENCE, "user_id": SENTENCE}
    answer = watched.post("/provoked/logs", person="usr_pat", data=fields, headers={"accept": JSON})
    assert answer.status_code == 200
    line = watched.logged.facts("provoked")[0]
    assert {line[name] for name in fields} == {"[redacted]"}
    assert_quiet(watched)
