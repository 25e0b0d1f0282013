"""What a batch expects of a person's other requests, and what a person is told when that does not hold."""

from app_workers.management.domain.drafts import Draft
from app_workers.management.errors import DuplicatePunchFix, TimeOffOverlap
from app_workers.management.models.forms import FormType
from ganger.db import Statement, expect
from ganger.errors import AppError
from ganger.scope import Scope

# Requests about a person have no location, so those of other locations are never looked at.
_UNFINISHED_OF = """
    NOT EXISTS (
        SELECT 1 FROM tickets WHERE subject_user_id = ? AND form_type = ? AND id <> ?
            AND status IN ('pending_approval', 'info_requested', 'approved')
            AND (location_id IS NULL OR location_id IN ({marks})) AND {same}
    )
"""
_SAME_DAYS = "json_extract(form_data, '$.start_date') <= ? AND json_extract(form_data, '$.end_date') >= ?"
_SAME_DATE = "json_extract(form_data, '$.date') = ?"
_NO_OVERLAP, _NO_DUPLICATE = "no other time off", "no other punch fix"


def no_other_request(scope: Scope, draft: Draft, subject_id: str, ticket_id: str) -> list[Statement]:
    """What a batch expects of the person's other requests: none for the same days."""
    data = draft.form_data
    match draft.form_type:
        case FormType.TIME_OFF_REQUEST:
            name, same, values = _NO_OVERLAP, _SAME_DAYS, [data["end_date"], data["start_date"]]
        case FormType.PUNCH_FIX:
            name, same, values = _NO_DUPLICATE, _SAME_DATE, [data["date"]]
        case _:
            return []
    condition = _UNFINISHED_OF.format(marks=scope.marks, same=same)
    texts = [str(value) for value in values]
    place = (subject_id, draft.form_type.value, ticket_id, *scope.location_ids)
    return [expect(name, condition, *place, *texts)]


def clash(expectation: str) -> AppError:
    """What a person is told when an expectation of `no_other_request` fails."""
    if expectation == _NO_OVERLAP:
        return TimeOffOverlap("There is time off on one of these days already.", field="start_date")
    return DuplicatePunchFix("There is an unfinished punch fix for this date.", field="date")
