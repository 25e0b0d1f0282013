"""Codes on visit slips, which lead to a patient without naming them: how they are read, and until when."""

import re
from datetime import datetime, timedelta

from app_workers.handouts.models.patient_codes import CODE_LENGTH, CODE_MARK, CodeState, PatientLookup
from ganger.codes import read_code
from ganger.errors import ValidationFailed

VALID_FOR = timedelta(days=30)
_MRN = re.compile(r"[0-9]{6,10}")


def read_patient_code(typed: str) -> str | None:
    """The code that a person meant; None when what they typed or scanned cannot be one."""
    code = read_code(typed, CODE_LENGTH)
    return code if code is not None and code.startswith(CODE_MARK) else None


def read_identifier(typed: str) -> PatientLookup:
    """What one field for both holds: a chart number, or else a patient code.

    Raises:
        ValidationFailed: it can be neither; the field is called `mrn`.
    """
    if _MRN.fullmatch(typed.strip()):
        return PatientLookup(mrn=typed)
    if read_patient_code(typed) is not None:
        return PatientLookup(code=typed)
    raise ValidationFailed({"mrn": "must have 6 to 10 digits, or be the code of a visit slip"})


def state_of(expires_at: str, is_revoked: bool, now: datetime) -> CodeState:
    """Whether a code leads to its patient; its end is part of the time."""
    if is_revoked:
        return CodeState.REVOKED
    return CodeState.VALID if now <= datetime.fromisoformat(expires_at) else CodeState.EXPIRED
