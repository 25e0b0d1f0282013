"""The history of packets as files for spreadsheets, which the worker for heavy computing writes."""

from collections.abc import Sequence
from datetime import date, datetime

from app_workers.handouts import packet_labels
from app_workers.handouts.models.packets import ExportedPacket, PacketSearch
from app_workers.handouts.store.packets import packets_to_export
from ganger.clock import clinic_date
from ganger.context import Context
from ganger.contracts.heavy import CSV_FILE, SUBMIT, Job, Submission, Table
from ganger.errors import Unavailable, ValidationFailed
from ganger.rpc import Refusal

MAX_PACKETS = 20_000
_WHY = "Exported the history of packets"
_HEADER = (
    "Packet",
    "Location",
    "Patient",
    "MRN",
    "Handouts",
    "Status",
    "By",
    "Given out",
    "Printed",
    "Messages sent",
    "Opens",
)
_FIELDS = ["patient_name", "patient_mrn", "handouts"]


async def export_packets(ctx: Context, asked: PacketSearch, first: date, last: date, reference: str) -> Job:
    """Ask for the files of what a search finds; the same reference is the same job.

    Raises:
        ValidationFailed: there are more packets than fit.
        Unavailable: files cannot be made just now.
    """
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    found = await packets_to_export(ctx.db, scope, asked, first, last, MAX_PACKETS + 1)
    if len(found) > MAX_PACKETS:
        raise ValidationFailed({"from": f"must be later: there are more than {MAX_PACKETS:,} packets"})
    await ctx.note_phi_read(
        "handouts", "export", asked.location_id, _WHY, _FIELDS, is_minimum_necessary=True, is_consented=False
    )
    steps = Table.parts(f"packets-{first:%Y-%m-%d}-to-{last:%Y-%m-%d}", _HEADER, _rows(found))
    submission = Submission(
        kind=CSV_FILE,
        key=f"history.{reference}",
        location_id=asked.location_id,
        steps=tuple(each.plain() for each in steps),
    )
    job = await ctx.call(SUBMIT, submission)
    if isinstance(job, Refusal):
        raise Unavailable("Files cannot be made just now. Try again in a minute.")
    return job


def _rows(packets: Sequence[ExportedPacket]) -> list[tuple[str | int | None, ...]]:
    return [
        (
            each.id,
            each.location_name,
            "General packet" if each.is_general else each.patient_name,
            each.patient_mrn,
            ", ".join(each.template_names),
            packet_labels.STATUSES[each.status],
            each.generated_by_name,
            clinic_date(datetime.fromisoformat(each.generated_at)).isoformat() if each.generated_at else None,
            each.print_count,
            each.sent,
            each.opens,
        )
        for each in packets
    ]
