"""Requests to the inventory, as the router hands them on; a connection that breaks is an answer too."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from ganger.identity import HEADER, Location, Person, identity_header
from ganger.tokens import KeyRing
from tools.local.keys import development_vars
from tools.registry import load_registry

BROKEN = 0  # the status of a request that nobody answered
PLACES = ("loc_aa", "loc_wx", "loc_py")
# Managers, who may do everything at every location, and several: the limit of writes is a person's.
PEOPLE = ("usr_mia", "usr_max", "usr_sas")
_API = "/inventory/api/v1"


@dataclass(frozen=True, slots=True)
class Answer:
    """The status, the JSON of a success, and whether something was to be changed."""

    status: int
    body: Any = None
    is_write: bool = False

    @property
    def is_success(self) -> bool:
        """Whether it was done, now or by the same request before."""
        return self.status in (httpx.codes.OK, httpx.codes.CREATED)

    @property
    def is_broken_write(self) -> bool:
        """Whether nobody knows if something was changed."""
        return self.is_write and self.status == BROKEN

    @property
    def is_refusal(self) -> bool:
        """Whether a rule said no; what broke, was too much or failed is to be sent again."""
        sent_again = (BROKEN, httpx.codes.TOO_MANY_REQUESTS)
        return not self.is_success and self.status not in sent_again and self.status < 500


class DrillProblem(Exception):
    """The drill could not be carried out."""


class Sender:
    """Sends requests to one running inventory; threads may share it."""

    def __init__(self, origin: str) -> None:
        self._client = httpx.Client(base_url=origin, timeout=30)
        self._ring = KeyRing.parse(development_vars()["IDENTITY_KEYS"])
        self._app = load_registry().workers["inventory"].name

    def send(self, method: str, path: str, person_id: str, body: object = None) -> Answer:
        """Send one request to the API."""
        places = tuple(Location(place, place) for place in PLACES)
        person = Person(person_id, person_id, "", "manager", (), places, "ses_drill")
        headers = {
            HEADER: identity_header(self._ring, person, self._app, time.time()),
            "sec-fetch-site": "same-origin",
        }
        is_write = method != "GET"
        try:
            answer = self._client.request(method, _API + path, headers=headers, json=body)
        except httpx.HTTPError:
            return Answer(BROKEN, is_write=is_write)
        return Answer(answer.status_code, answer.json() if answer.is_success else None, is_write)

    def close(self) -> None:
        """Give up the connections."""
        self._client.close()


def made(sender: Sender, method: str, path: str, body: Mapping[str, object]) -> dict[str, object]:
    """What the drill makes for itself before it begins.

    Raises:
        DrillProblem: it cannot be made.
    """
    answer = sender.send(method, path, "usr_mia", body)
    if not answer.is_success:
        raise DrillProblem(f"The drill could not be set up: {method} {path} was answered {answer.status}.")
    found: dict[str, object] = answer.body
    return found
