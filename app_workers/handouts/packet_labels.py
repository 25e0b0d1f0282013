"""The words that pages of packets use for codes."""

from app_workers.handouts.models.content import ProblemCode
from app_workers.handouts.models.deliveries import Channel, ConsentMethod, DeliveryStatus
from app_workers.handouts.models.packets import PacketStatus
from app_workers.handouts.models.patient_codes import CodeState
from app_workers.handouts.models.reports import FailedPart, FailureLine

STATUSES = {
    PacketStatus.DRAFT: "Draft",
    PacketStatus.QUEUED: "Being made",
    PacketStatus.READY: "Ready",
    PacketStatus.FAILED: "Failed",
    PacketStatus.REVOKED: "Taken back",
}

TONES = {
    PacketStatus.DRAFT: "neutral",
    PacketStatus.QUEUED: "primary",
    PacketStatus.READY: "success",
    PacketStatus.FAILED: "danger",
    PacketStatus.REVOKED: "warning",
}

CODE_STATES = {
    CodeState.VALID: "Valid",
    CodeState.EXPIRED: "Ended",
    CodeState.REVOKED: "Revoked",
}

CODE_TONES = {
    CodeState.VALID: "success",
    CodeState.EXPIRED: "neutral",
    CodeState.REVOKED: "warning",
}

CHANNELS = {Channel.PRINT: "Paper", Channel.SMS: "Text message", Channel.EMAIL: "E-mail"}

DELIVERY_TONES = {
    DeliveryStatus.PRINTED: "success",
    DeliveryStatus.QUEUED: "neutral",
    DeliveryStatus.SENT: "primary",
    DeliveryStatus.DELIVERED: "success",
    DeliveryStatus.FAILED: "danger",
    DeliveryStatus.BOUNCED: "danger",
    DeliveryStatus.CANCELLED: "neutral",
}

FAILURES = {
    "OPTED_OUT": "The patient wants no messages",
    "INVALID_DESTINATION": "There is no such number or address",
    "COMMUNICATION_UNAVAILABLE": "Messages could not be sent",
    "EXPIRED": "It could not be sent in time",
}

PDF_FAILURES = {
    "PDF_TOO_LARGE": "More than 40 pages or 5 MB",
    "STORAGE_UNAVAILABLE": "The file could not be kept",
}

DELIVERY_STATUSES = {
    DeliveryStatus.PRINTED: "Printed",
    DeliveryStatus.QUEUED: "Waiting",
    DeliveryStatus.SENT: "Sent",
    DeliveryStatus.DELIVERED: "Delivered",
    DeliveryStatus.FAILED: "Failed",
    DeliveryStatus.BOUNCED: "Bounced",
    DeliveryStatus.CANCELLED: "Not sent",
}

PROBLEMS = {
    ProblemCode.REQUIRED: "is required",
    ProblemCode.RANGE: "is outside of what is allowed",
    ProblemCode.OPTION: "must be one of the choices",
    ProblemCode.FORMAT: "is not written as it must be",
    ProblemCode.TOO_LONG: "is too long",
    ProblemCode.MIN_SELECTED: "needs more chosen",
    ProblemCode.MAX_SELECTED: "has too many chosen",
    ProblemCode.UNKNOWN_FIELD: "is no field of this template any more",
}

CONSENT_METHODS = {
    ConsentMethod.VERBAL: "said so",
    ConsentMethod.WRITTEN: "in writing",
    ConsentMethod.DIGITAL: "online",
    ConsentMethod.KIOSK: "at the kiosk",
}

FIELDS = {
    "channel": "Way",
    "consented": "The answer",
    "method": "How",
    "destination": "Destination",
    "destination_confirmed": "The destination",
    "name": "Name",
    "birth_date": "Date of birth",
    "mrn": "MRN",
    "email": "E-mail",
    "phone": "Mobile phone",
    "location_id": "Location",
    "template_ids": "Templates",
    "provider_name": "Provider",
    "reason": "Reason",
    "days": "Days",
    "from": "First day",
    "to": "Last day",
    "lock_version": "Version",
    "client_ref": "Reference",
}

ACTIONS = {  # of the audit log
    "handouts:draft-packet": "Begun",
    "handouts:duplicate-packet": "Begun as a copy",
    "handouts:edit-packet": "Filled in",
    "handouts:give-packet": "Given out",
    "handouts:draw-packet": "PDF asked for again",
    "handouts:packet-ready": "Ready",
    "handouts:packet-failed": "Not ready",
    "handouts:print-packet": "Printed",
    "handouts:revoke-packet": "Taken back",
    "handouts:extend-code": "Code extended",
    "handouts:unlock-packet": "Unlocked",
    "handouts:send-packet": "Message asked for",
    "handouts:delivery": "Message moved on",
    "handouts:revoke-link": "Link of a message ended",
    "handouts:scan": "Code scanned",
    "handouts:refused": "Code scanned, not opened",
    "handouts:open": "Opened by the patient",
    "handouts:read": "Read on by the patient",
    "handouts:failed-check": "Wrong date of birth",
    "handouts:lock": "Wrong date of birth, locked for 24 hours",
}


def failure(line: FailureLine) -> str:
    """What failed and why."""
    if line.part is FailedPart.PDF:
        return f"PDF: {PDF_FAILURES.get(line.code or '', 'It could not be made')}"
    why = FAILURES.get(line.code or "", "It bounced" if line.code == "BOUNCED" else "It did not arrive")
    return f"{CHANNELS[Channel(line.part.value)]}: {why}"
