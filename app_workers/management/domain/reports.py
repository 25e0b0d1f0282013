"""The counts of a report."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from app_workers.management.models.forms import FormType
from app_workers.management.models.reports import Stats, Tally
from app_workers.management.models.tickets import Priority, Status


def stats_of(
    first: date, last: date, tallies: Sequence[Tally], average_resolution_hours: float | None
) -> Stats:
    """The counts by status, form and priority, each in the order in which its codes are declared."""
    by_status, by_form, by_priority = Counter[Status](), Counter[FormType](), Counter[Priority]()
    for tally in tallies:
        by_status[tally.status] += tally.count
        by_form[tally.form_type] += tally.count
        by_priority[tally.priority] += tally.count
    average = average_resolution_hours
    return Stats(
        first=first,
        last=last,
        total=by_status.total(),
        overdue=sum(tally.overdue for tally in tallies),
        average_resolution_hours=None if average is None else round(average, 1),
        by_status={code: by_status[code] for code in Status if code in by_status},
        by_form={code: by_form[code] for code in FormType if code in by_form},
        by_priority={code: by_priority[code] for code in Priority if code in by_priority},
    )
