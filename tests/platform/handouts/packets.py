"""Packets as a program of the staff makes them."""

import secrets
import time
from uuid import uuid4

PROGRAM = {"accept": "application/json", "sec-fetch-site": "same-origin"}
PAT = {"name": "Pat Example", "birth_date": "1985-06-15"}
_WITHIN_S = 30


def ask(platform, method, path, body=None, person="usr_pat"):
    """One call of the API."""
    options = {} if body is None else {"json": body}
    return platform.request(method, f"/handouts/api/v1{path}", person, PROGRAM, **options)


def error_of(answer):
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["error"]["code"]


def begin(platform, **changes):
    """A draft; for Pat Example unless something else is said."""
    asked = {"location_id": "loc_aa", "client_ref": uuid4().hex} | (changes or {"manual": PAT})
    answer = ask(platform, "POST", "/packets", asked)
    assert answer.status_code == 201, answer.text
    return answer.json()


def fill(platform, packet, *template_ids, answers=None):
    """The answer to a draft with these templates and answers."""
    asked = {
        "template_ids": list(template_ids),
        "answers": answers or {},
        "provider_name": "Dr. Demo",
        "lock_version": packet["lock_version"],
    }
    return ask(platform, "PATCH", f"/packets/{packet['id']}", asked)


def make_ready(platform, packet, *template_ids, answers=None):
    """The packet given out, once its PDF is there."""
    filled = fill(platform, packet, *(template_ids or ("tpl_sun",)), answers=answers)
    assert filled.status_code == 200, filled.text
    answer = ask(platform, "POST", f"/packets/{packet['id']}/generate")
    assert answer.status_code == 202, answer.text
    ends = time.monotonic() + _WITHIN_S
    while time.monotonic() < ends:
        found = ask(platform, "GET", f"/packets/{packet['id']}").json()
        if found["status"] != "queued":
            return found
    raise AssertionError("The packet was not ready in time.")


def text(platform, packet):
    """Text a packet to a number of its own: the delivery, and the message as the provider has it."""
    number = f"734555{secrets.randbelow(10_000):04}"
    asked = {
        "channel": "sms",
        "destination": number,
        "destination_confirmed": True,
        "consent": {"consented": True, "method": "verbal"},
    }
    sent = ask(platform, "POST", f"/packets/{packet['id']}/deliveries", asked)
    assert sent.status_code == 202, sent.text
    return sent.json(), until(
        lambda: next((each for each in platform.outside.sms.taken if each.to == f"+1{number}"), None)
    )


def until(found):
    """What is found, once it is there."""
    ends = time.monotonic() + _WITHIN_S
    while time.monotonic() < ends:
        value = found()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("It did not come in time.")
