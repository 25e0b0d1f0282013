"""What apps ask of the EHR. Nothing is kept; each look at a patient is written down before it is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ganger.audit import phi_read
from ganger.configuration import not_configured
from ganger.contracts.ehr import Appointments, DayQuestion, Patient, PatientQuestion
from ganger.rpc_serving import Call
from service_workers.hubs.domain.web import Outgoing
from service_workers.hubs.ehr.domain import fhir
from service_workers.hubs.errors import PatientAmbiguous, PatientNotFound
from service_workers.hubs.guarding import Provider, asked

_FHIR_JSON = "application/fhir+json"
# More than any day of the practice has.
_PAGE, _PAGES = "100", 10
_SHOWN = ("given_name", "family_name", "birth_date", "email", "mobile")


@dataclass(frozen=True, slots=True)
class Server:
    """The EHR's FHIR server. `mrn_system` names the identifiers that are MRNs; empty for any."""

    provider: Provider
    url: str
    token: str
    mrn_system: str


class Answering:
    """The EHR hub; the server is known only while a call runs."""

    def __init__(self, server: Callable[[], Server]) -> None:
        self._server = server

    async def find_patient(self, call: Call, question: PatientQuestion) -> Patient:
        """The patient with an MRN."""
        server = self._server()
        system = f"{server.mrn_system}|" if server.mrn_system else ""
        # Posted, so that the number stands in no address.
        form = {"identifier": f"{system}{question.mrn}", "_count": "5"}
        search = Outgoing("POST", f"{_base(server)}/Patient/_search", form=form)
        bundle = await _searched(server, call, search)
        try:
            found = [
                fhir.patient(each, question.mrn)
                for each in fhir.resources(bundle, "Patient")
                if fhir.has_mrn(each, question.mrn)
            ]
        except fhir.Unreadable as error:
            raise server.provider.away() from error
        if not found:
            raise PatientNotFound("There is no such patient.")
        if len(found) > 1:
            raise PatientAmbiguous("More than one patient has this number.")
        await _note_read(call, question.mrn, question.location_id, question.purpose, _SHOWN)
        return found[0]

    async def appointments_on(self, call: Call, question: DayQuestion) -> Appointments:
        """The appointments of a day, by time."""
        server = self._server()
        url: str | None = f"{_base(server)}/Appointment"
        query: Mapping[str, str] = {"date": question.day, "_count": _PAGE}
        found = []
        for _ in range(_PAGES):
            if url is None:
                break
            bundle = await _searched(server, call, Outgoing("GET", url, query=query))
            try:
                found += [fhir.appointment(each) for each in fhir.resources(bundle, "Appointment")]
            except fhir.Unreadable as error:
                raise server.provider.away() from error
            url, query = fhir.next_page(bundle, _base(server)), {}
        shown = ("appointment.starts_at", "appointment.patient_reference")
        await _note_read(call, question.day, question.location_id, question.purpose, shown)
        return Appointments(tuple(sorted(found, key=lambda each: (each.starts_at, each.id))))


async def _searched(server: Server, call: Call, search: Outgoing) -> Mapping[str, Any]:
    signed = replace(search, bearer=server.token, accept=_FHIR_JSON)
    answer = await asked(server.provider, signed, call.deadline, call.actor.at)
    if not answer.is_ok:
        # A search that finds nothing is an empty bundle, so this is no answer to ours.
        raise server.provider.away()
    return answer.json()


def _base(server: Server) -> str:
    if not server.url:
        raise not_configured(("EHR_URL",))
    return server.url.rstrip("/")


async def _note_read(
    call: Call, record_id: str, location_id: str, purpose: str, shown: tuple[str, ...]
) -> None:
    read = phi_read(
        call.actor,
        "ehr",
        record_id,
        location_id,
        purpose,
        shown,
        is_minimum_necessary=True,
        is_consented=False,
    )
    await call.db.batch([read])
