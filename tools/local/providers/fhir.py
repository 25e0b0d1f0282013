"""A FHIR R4 server with a few fictional patients: POST /Patient/_search and GET /Appointment.

Source: hl7.org/fhir/R4: search.html, patient.html, appointment.html, operationoutcome.html.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from tools.local.providers.exchange import Asked, Reply, json_reply, too_many
from tools.local.providers.fault import Fault

FHIR_JSON = "application/fhir+json"
MRN_SYSTEM = "urn:oid:1.2.36.146.595.217.0.1"


def _patient(mrn: str, given: str, family: str, born: str, **contact: str) -> dict[str, object]:
    systems = {"phone": "phone", "email": "email"}
    telecom = [
        {"system": systems[kind], "value": value} | ({"use": "mobile"} if kind == "phone" else {})
        for kind, value in contact.items()
    ]
    return {
        "resourceType": "Patient",
        "id": f"pat-{mrn}",
        "identifier": [
            {"type": {"coding": [{"code": "MR"}]}, "system": MRN_SYSTEM, "value": mrn},
        ],
        "name": [{"use": "official", "family": family, "given": [given]}],
        "birthDate": born,
        "telecom": telecom,
    }


def _appointment(number: int, start: str, end: str, mrn: str) -> dict[str, object]:
    return {
        "resourceType": "Appointment",
        "id": f"apt-{number}",
        "status": "booked",
        "start": start,
        "end": end,
        "participant": [
            {"actor": {"reference": f"Patient/pat-{mrn}"}, "status": "accepted"},
            {"actor": {"reference": "Practitioner/prc-1", "display": "Dr. Demo"}, "status": "accepted"},
        ],
    }


@dataclass
class FhirStandIn:
    """The server."""

    token: str = ""
    fault: Fault = Fault.NONE
    asked: int = 0
    release: threading.Event = field(default_factory=threading.Event)  # set when those who hang may go on
    patients: list[dict[str, object]] = field(
        default_factory=lambda: [
            _patient(
                "10000001", "Pat", "Example", "1985-06-15", email="pat@example.test", phone="734-555-0142"
            ),
            _patient("10000002", "Sam", "Sample", "2012-03-09", phone="(734) 555-0143"),
            _patient("10000003", "Casey", "Demo", "1951-11-30"),
        ]
    )
    appointments: list[dict[str, object]] = field(
        default_factory=lambda: [
            _appointment(2, "2026-03-02T10:00:00-05:00", "2026-03-02T10:15:00-05:00", "10000002"),
            _appointment(1, "2026-03-02T09:00:00-05:00", "2026-03-02T09:30:00-05:00", "10000001"),
            _appointment(3, "2026-03-03T09:00:00-05:00", "2026-03-03T09:30:00-05:00", "10000003"),
        ]
    )

    def answer(self, asked: Asked) -> Reply:
        """Answer one search."""
        self.asked += 1
        if asked.headers.get("authorization") != f"Bearer {self.token}" or self.fault is Fault.REFUSES:
            return _outcome(401, "login")
        if self.fault is Fault.THROTTLES:
            return too_many()
        if self.fault is Fault.HANGS:
            self.release.wait(30)
        if self.fault is not Fault.NONE:
            return _outcome(500, "exception")
        if (asked.method, asked.path) == ("POST", "/Patient/_search"):
            return _bundle([each for each in self.patients if _has_identifier(each, asked.form)])
        if asked.path == "/Appointment":
            day = asked.query.get("date", "")
            return _bundle([each for each in self.appointments if str(each["start"]).startswith(day)])
        return _outcome(404, "not-found")

    def recover(self) -> None:
        """Be in order again."""
        self.fault = Fault.NONE
        self.release.set()
        self.release = threading.Event()


def _has_identifier(patient: Mapping[str, object], form: Mapping[str, str]) -> bool:
    value = form.get("identifier", "").rpartition("|")[2]
    identifiers = patient["identifier"]
    return isinstance(identifiers, list) and any(each["value"] == value for each in identifiers)


def _bundle(resources: list[dict[str, object]]) -> Reply:
    entries = [{"resource": each, "search": {"mode": "match"}} for each in resources]
    bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries}
    return json_reply(bundle, media_type=FHIR_JSON)


def _outcome(status: int, code: str) -> Reply:
    issue = [{"severity": "error", "code": code}]
    return json_reply({"resourceType": "OperationOutcome", "issue": issue}, status, FHIR_JSON)
