"""FHIR R4 resources as our records. Pure.

Source: hl7.org/fhir/R4: search.html (token and date parameters, Bundle links), patient.html,
appointment.html, datatypes.html (HumanName, ContactPoint).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ganger.contracts.ehr import Appointment, Patient

_BIRTH_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_USES = ("official", "usual", "")
_NORTH_AMERICAN = re.compile(r"1?([2-9][0-9]{9})")


class Unreadable(Exception):
    """The EHR's answer is not what FHIR says that it is."""


def resources(bundle: Mapping[str, Any], kind: str) -> Iterator[Mapping[str, Any]]:
    """The matching resources in a search's answer.

    Raises:
        Unreadable: it is no answer to a search.
    """
    if bundle.get("resourceType") != "Bundle" or bundle.get("type") != "searchset":
        raise Unreadable
    for entry in _objects(bundle.get("entry")):
        resource = entry.get("resource")
        if isinstance(resource, Mapping) and resource.get("resourceType") == kind:
            yield resource


def next_page(bundle: Mapping[str, Any], base: str) -> str | None:
    """Where the answer goes on, if it does; an address elsewhere is not followed."""
    links = (link.get("url") for link in _objects(bundle.get("link")) if link.get("relation") == "next")
    return next((url for url in links if isinstance(url, str) and url.startswith(f"{base}/")), None)


def has_mrn(resource: Mapping[str, Any], mrn: str) -> bool:
    """Whether this is the patient with that MRN; some servers search more loosely than they should."""
    return any(identifier.get("value") == mrn for identifier in _objects(resource.get("identifier")))


def patient(resource: Mapping[str, Any], mrn: str) -> Patient:
    """A Patient resource.

    Raises:
        Unreadable: a name or the birth date is missing.
    """
    name = _preferred(_objects(resource.get("name")), _USES)
    given, family = " ".join(_texts(name.get("given"))), _text(name.get("family"))
    born = resource.get("birthDate")
    if not given or not family or not isinstance(born, str) or not _BIRTH_DATE.fullmatch(born):
        raise Unreadable
    contacts = _objects(resource.get("telecom"))
    emails = [each for each in contacts if each.get("system") == "email"]
    phones = [each for each in contacts if each.get("system") in ("phone", "sms") and _is_mobile(each)]
    email = _text(emails[0].get("value")).lower() if emails else ""
    return Patient(mrn, given, family, born, email or None, _mobile(phones))


def appointment(resource: Mapping[str, Any]) -> Appointment:
    """An Appointment resource.

    Raises:
        Unreadable: it has no id, status or start.
    """
    id_, status, starts_at = (_text(resource.get(name)) for name in ("id", "status", "start"))
    if not id_ or not status or not starts_at:
        raise Unreadable
    actors = [each.get("actor") for each in _objects(resource.get("participant"))]
    known = [actor for actor in actors if isinstance(actor, Mapping)]
    practitioner = _actor(known, "Practitioner/")
    return Appointment(
        id_,
        status,
        starts_at,
        _text(resource.get("end")) or None,
        _text(_actor(known, "Patient/").get("reference")) or None,
        _text(practitioner.get("display")) or None,
    )


def _actor(actors: Sequence[Mapping[str, Any]], kind: str) -> Mapping[str, Any]:
    return next((actor for actor in actors if _text(actor.get("reference")).startswith(kind)), {})


def _mobile(phones: Sequence[Mapping[str, Any]]) -> str | None:
    digits = (re.sub(r"[^0-9]", "", _text(each.get("value"))) for each in phones)
    found = (_NORTH_AMERICAN.fullmatch(each) for each in digits)
    return next((f"+1{match.group(1)}" for match in found if match), None)


def _is_mobile(contact: Mapping[str, Any]) -> bool:
    # A number at home or at work may be answered by somebody else.
    return contact.get("system") == "sms" or contact.get("use") == "mobile"


def _preferred(names: Sequence[Mapping[str, Any]], uses: Sequence[str]) -> Mapping[str, Any]:
    for use in uses:
        for name in names:
            if name.get("use", "") == use:
                return name
    return {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [each for each in map(_text, value) if each] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
