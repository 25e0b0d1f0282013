"""The PDF of a packet, which the worker for heavy computing draws: asked for, waited for, read.

Asking again with the same key tells how it stands, so nothing has to be remembered while it is drawn.
"""

from datetime import datetime

from app_workers.handouts.changing import Caller, change_packet
from app_workers.handouts.models.packets import Packet, PacketStatus
from app_workers.handouts.site import address_of_code
from app_workers.handouts.store.settings import places_in
from ganger.clock import clinic_date
from ganger.contracts.heavy import (
    HANDOUT_PDF,
    SUBMIT,
    Handout,
    HandoutCode,
    HandoutHeader,
    Job,
    JobState,
    Submission,
)
from ganger.db import Value
from ganger.errors import AppError, NotFound, Unavailable
from ganger.rpc import Refusal
from ganger.scope import Scope

_PRACTICE = "Ganger Dermatology"


async def settle(caller: Caller, scope: Scope, packet: Packet) -> Packet | AppError:
    """Ask for the PDF of a packet without one, or how it stands, and write down what became of it.

    A packet whose PDF is still drawn, or cannot be asked for just now, stays queued; the job asks again.
    """
    job = await caller.call(SUBMIT, await _submission(caller, scope, packet))
    if isinstance(job, Refusal):
        return packet if job.is_passing else await _failed(caller, scope, packet, job.code)
    if job.state is JobState.FAILED:
        return await _failed(caller, scope, packet, job.failure_code or "NOT_DRAWN")
    return await _ready(caller, scope, packet, job) if job.state is JobState.DONE else packet


async def drawing_job(caller: Caller, scope: Scope, packet: Packet) -> Job:
    """The job that draws the PDF of a packet that is queued.

    Raises:
        NotFound: the packet is not being drawn.
        Unavailable: who draws is away.
    """
    if packet.status is not PacketStatus.QUEUED:
        raise NotFound("This packet is not being made.")
    job = await caller.call(SUBMIT, await _submission(caller, scope, packet))
    if isinstance(job, Refusal):
        raise Unavailable("The PDF cannot be followed just now.")
    return job


async def _ready(caller: Caller, scope: Scope, packet: Packet, job: Job) -> Packet | AppError:
    (result,) = job.results
    columns: dict[str, Value] = {
        "status": PacketStatus.READY.value,
        "pdf_upload_id": result.upload_id,
        "pdf_sha256": result.sha256,
        "pdf_bytes": result.size_bytes,
        "page_count": result.pages,
    }
    told = {"status": [packet.status.value, PacketStatus.READY.value]}
    return await change_packet(caller, scope, packet, "handouts:packet-ready", columns, told)


async def _failed(caller: Caller, scope: Scope, packet: Packet, code: str) -> Packet | AppError:
    columns: dict[str, Value] = {"status": PacketStatus.FAILED.value, "failure_code": code}
    told = {"status": [packet.status.value, PacketStatus.FAILED.value], "failure_code": code}
    return await change_packet(caller, scope, packet, "handouts:packet-failed", columns, told)


async def _submission(caller: Caller, scope: Scope, packet: Packet) -> Submission:
    (place,) = await places_in(caller.db, scope.at(packet.location_id))
    generated_at = datetime.fromisoformat(packet.generated_at or packet.updated_at)
    code = None
    if packet.qr_code and packet.qr_expires_at:
        valid_until = clinic_date(datetime.fromisoformat(packet.qr_expires_at))
        url = address_of_code(caller.services.site, packet.qr_code)
        code = HandoutCode(code=packet.qr_code, url=url, valid_until=valid_until)
    handout = Handout(
        documents=tuple(packet.rendered),
        header=HandoutHeader(
            practice=_PRACTICE,
            address=place.address or place.name,
            phone=place.phone,
            patient_name=packet.patient_name,
            patient_mrn=packet.patient_mrn,
            date_on=clinic_date(generated_at),
        ),
        code=code,
        language="es" if all(each.get("language") == "es" for each in packet.rendered) else "en",
    )
    # While a packet is queued nothing else changes it, so its version names this one drawing.
    return Submission(
        kind=HANDOUT_PDF,
        key=f"{packet.id}.{packet.lock_version}",
        location_id=packet.location_id,
        is_kept=True,
        steps=(handout.plain(),),
    )
