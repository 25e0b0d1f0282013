"""Members of a live topic, who speak WebSocket as browsers do."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from websockets.sync.client import ClientConnection, connect

from ganger.session import COOKIE
from tests.harness.staff import StaffPortal
from tests.platform.inventory.factories import add_item, add_stock, make_receipt

ANN_ARBOR = "inventory.location.loc_aa"
WIXOM = "inventory.location.loc_wx"
PLYMOUTH = "inventory.location.loc_py"


@dataclass
class Member:
    """One connection of a person, with the greeting that it got."""

    socket: ClientConnection
    welcome: dict[str, Any]

    def hear(self, kind: str, within_s: float = 5) -> dict[str, Any]:
        """The next message of that kind; others before it are passed over."""
        ends = time.monotonic() + within_s
        while True:
            message = json.loads(self.socket.recv(timeout=max(0, ends - time.monotonic())))
            if message["type"] == kind:
                return message

    def say(self, text: str) -> None:
        """Send a message."""
        self.socket.send(text)

    def closed(self, within_s: float = 5) -> int:
        """The code that the topic closes this connection with."""
        ends = time.monotonic() + within_s
        # The frame counts: whether the network connection ends with it or later is up to both machines.
        while self.socket.protocol.close_rcvd is None:
            assert time.monotonic() < ends, "not closed"
            time.sleep(0.01)
        return int(self.socket.protocol.close_rcvd.code)

    def people(self) -> list[str]:
        """Who was here when this connection came."""
        return [person["id"] for person in self.welcome["people"]]


@contextmanager
def member(
    portal: StaffPortal, person: str | None, topic: str = ANN_ARBOR, origin: str | None = None, **seen: int
) -> Iterator[Member]:
    """Join a topic, from the portal's own pages unless another origin is given."""
    query = "&".join(f"{name}={value}" for name, value in seen.items())
    url = f"{portal.url.replace('http', 'ws', 1)}{live_path(topic)}?{query}"
    headers = {"cookie": f"{COOKIE}={portal.sign_in(person)}"} if person else {}
    settings = {"origin": origin or portal.url, "additional_headers": headers, "close_timeout": 1}
    with connect(url, **settings) as socket:
        yield Member(socket, json.loads(socket.recv(timeout=10)))


def live_path(topic: str) -> str:
    """The address of a topic."""
    app = topic.partition(".")[0]
    mount = "" if app == "management" else f"/{app}"
    return f"{mount}/live/{topic}"


def add_stocked_item(portal: StaffPortal, location_id: str = "loc_aa") -> str:
    """An item with 14 on hand, in version 1."""
    item_id = add_item(portal)
    add_stock(portal, item_id, 14, location_id)
    return item_id


def receive(portal: StaffPortal, item_id: str, version: int, location_id: str = "loc_aa") -> None:
    """Book 12 more."""
    body = make_receipt(item_id, version=version, location_id=location_id)
    answer = portal.post("/inventory/api/v1/receipts", "usr_sam", json=body)
    assert answer.status_code == 201, answer.text
