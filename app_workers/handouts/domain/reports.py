"""How handouts are used, made of what was counted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app_workers.handouts.models.reports import (
    FailureLine,
    PersonTally,
    Tally,
    UsageLine,
    UsageReport,
    VersionTally,
)
from ganger.percent import percent

_COUNTED = tuple(Tally.model_fields)
TOTAL = "all"


def usage_report(
    first: date,
    last: date,
    given: Sequence[PersonTally],
    versions: Sequence[VersionTally],
    failures: Sequence[FailureLine],
) -> UsageReport:
    """The report of these days.

    Args:
        given: of each person at each location.
        versions: of each version of a template; a family has the name of its newest.
    """
    newest = {each.family_id: each.name for each in sorted(versions, key=lambda each: each.version)}
    return UsageReport(
        first=first,
        last=last,
        total=_line(TOTAL, "All packets", given),
        templates=_lines(newest, ((each.family_id, each) for each in versions)),
        locations=_lines(
            {each.location_id: each.location_name for each in given},
            ((each.location_id, each) for each in given),
        ),
        staff=_lines(
            {each.person_id: each.person_name for each in given}, ((each.person_id, each) for each in given)
        ),
        failures=sorted(failures, key=lambda each: (-each.count, each.part, each.code or "")),
    )


def _lines(names: Mapping[str, str], tallies: Iterable[tuple[str, Tally]]) -> list[UsageLine]:
    grouped: dict[str, list[Tally]] = {each: [] for each in names}
    for each, tally in tallies:
        grouped[each].append(tally)
    lines = [_line(each, names[each], of_it) for each, of_it in grouped.items()]
    return sorted(lines, key=lambda line: (-line.packets, line.name, line.id))


def _line(line_id: str, name: str, tallies: Sequence[Tally]) -> UsageLine:
    counted = {field: sum(getattr(tally, field) for tally in tallies) for field in _COUNTED}
    return UsageLine(
        id=line_id,
        name=name,
        digital_rate_percent=percent(counted["sent"], counted["patient_packets"]),
        engagement_percent=percent(counted["opened"], counted["sent"]),
        **counted,
    )
