"""Demo codes of visit slips: two that are valid, one that has ended, one that was revoked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app_workers.handouts.domain.patient_codes import VALID_FOR
from ganger.clock import clinic_midnight, iso_utc
from ganger.db import Statement
from ganger.demo import insert_if_missing


@dataclass(frozen=True, slots=True)
class _Demo:
    """A code that was issued so many days ago."""

    code: str
    mrn: str
    location_id: str
    issued_by: str
    days: int
    scans: int = 0
    is_revoked: bool = False


_CODES = (
    _Demo("P4T7VZ2M9KQ3H", "10000001", "loc_aa", "usr_pat", 1, scans=1),
    _Demo("PC8D5XN1RW6JT", "10000003", "loc_py", "usr_fay", 0),
    _Demo("P0GY3B7EFS2AV", "10000002", "loc_wx", "usr_wes", 45, scans=2),
    _Demo("P9HK6MZ4QD1C8", "10000001", "loc_aa", "usr_pat", 6, is_revoked=True),
)


def code_statements(today: date) -> Iterator[Statement]:
    """The rows of the codes."""
    for number, each in enumerate(_CODES, start=1):
        at = clinic_midnight(today - timedelta(days=each.days)) + timedelta(minutes=number)
        yield insert_if_missing(
            "patient_codes",
            {
                "id": f"pco_{number:02}",
                "location_id": each.location_id,
                "code": each.code,
                "patient_mrn": each.mrn,
                "expires_at": iso_utc(at + VALID_FOR),
                "scan_count": each.scans,
                "last_scanned_at": iso_utc(at + timedelta(minutes=10)) if each.scans else None,
                "revoked_at": iso_utc(at + timedelta(minutes=20)) if each.is_revoked else None,
                "created_by": each.issued_by,
                "created_at": iso_utc(at),
                "updated_at": iso_utc(at),
            },
        )
