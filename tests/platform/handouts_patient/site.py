"""The patient site as a phone sees it, and packets that were given out."""

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

from app_workers.handouts.domain.links import token_hash
from ganger.clock import iso_utc
from ganger.codes import PACKET_CODE_LENGTH, new_code
from ganger.documents import Block, Document, Run, Shape
from ganger.ids import new_id

BORN = "1985-06-15"
_addresses = count(1)
DOCUMENT = Document(
    "Sun protection",
    (
        Block(Shape.HEADING, ((Run("Every day"),),)),
        Block(Shape.TEXT, ((Run("Use SPF 30 or more. <b>Often</b>. "), Run("Reapply", True)),)),
        Block(Shape.WARNING, ((Run("Stay out of the sun from 10 AM to 4 PM."),),)),
        Block(Shape.CHECKED, ((Run("A hat"),), (Run("A shirt"),))),
    ),
)


def now():
    return datetime.now(UTC)


def add_packet(platform, **changes):
    """Give out a packet; returns its id and code."""
    at = iso_utc(now())
    row = {
        "id": new_id(now()),
        "location_id": "loc_aa",
        "is_general": 0,
        "patient_name": "Pat Example",
        "patient_dob": BORN,
        "patient_source": "manual",
        "rendered_json": json.dumps([DOCUMENT.plain()]),
        "status": "ready",
        "digital_allowed": 1,
        "qr_code": new_code(PACKET_CODE_LENGTH),
        "qr_expires_at": iso_utc(now() + timedelta(days=30)),
        "generated_by": "usr_pat",
        "generated_at": at,
        "created_at": at,
        "updated_at": at,
    } | changes
    marks = ", ".join("?" * len(row))
    platform.run(f"INSERT INTO generated_handouts ({', '.join(row)}) VALUES ({marks})", *row.values())  # noqa: S608
    return row["id"], row["qr_code"]


def add_general(platform, **changes):
    """Give out a packet for anybody."""
    nobody = {"is_general": 1, "patient_name": None, "patient_dob": None, "patient_source": "none"}
    return add_packet(platform, **nobody | changes)


def add_link(platform, handout_id, **changes):
    """A link as a message brings it; returns its token."""
    token, at = uuid4().hex[:22], iso_utc(now())
    row = {
        "id": new_id(now()),
        "handout_id": handout_id,
        "location_id": "loc_aa",
        "channel": "sms",
        "token_hash": token_hash(token),
        "expires_at": iso_utc(now() + timedelta(hours=72)),
        "max_opens": 10,
        "created_at": at,
        "updated_at": at,
    } | changes
    marks = ", ".join("?" * len(row))
    platform.run(f"INSERT INTO handout_links ({', '.join(row)}) VALUES ({marks})", *row.values())  # noqa: S608
    return token


class Phone:
    """A browser at an address of its own."""

    def __init__(self, platform):
        number = next(_addresses)
        self.platform = platform
        self.headers = {
            "host": "handouts.localhost",
            "cf-connecting-ip": f"198.18.{number // 250}.{number % 250 + 1}",
        }
        self.cookies = {}

    def ask(self, method, path, **options):
        """Send one request with the cookies of its path."""
        fitting = {
            name: value for name, (value, at) in self.cookies.items() if path.partition("?")[0].startswith(at)
        }
        sent = self.headers | options.pop("headers", {})
        if fitting:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in fitting.items())
        answer = self.platform.request(method, path, headers=sent, **options)
        for header in answer.headers.get_list("set-cookie"):
            name, value = header.partition(";")[0].split("=", 1)
            self.cookies[name] = (value, re.search(r"Path=([^;]+)", header)[1])
        return answer

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def scan(self, code):
        """Where a scan of the code leads, or the status of its refusal."""
        answer = self.get(f"/qr/{code}")
        return answer.headers["location"] if answer.status_code == 303 else answer.status_code

    def tell(self, link, birth_date=BORN):
        """Send a date of birth."""
        return self.ask("POST", link, data={"dob": birth_date})
