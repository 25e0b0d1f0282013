"""What this app refuses of packets and their deliveries.

BadRequest
└── AnswersIncomplete       400 ANSWERS_INCOMPLETE
NotFound
└── PatientNotFound         404 PATIENT_NOT_FOUND
Conflict
├── ConsentRequired         409 CONSENT_REQUIRED
├── DigitalNotAllowed       409 DIGITAL_NOT_ALLOWED
├── NotReady                409 NOT_READY
├── PacketRevoked           409 REVOKED
├── TemplateNeedsPatient    409 TEMPLATE_NEEDS_PATIENT
└── TemplateNotApproved     409 TEMPLATE_NOT_APPROVED
Gone
└── PatientCodeExpired      410 PATIENT_CODE_EXPIRED
RateLimited
└── SendLimit               429 SEND_LIMIT
Unavailable
├── CommunicationUnavailable  503 COMMUNICATION_UNAVAILABLE
└── EhrUnavailable          503 EHR_UNAVAILABLE
"""

from ganger.contracts.communication import CONSENT_REQUIRED
from ganger.contracts.ehr import PATIENT_NOT_FOUND
from ganger.errors import BadRequest, Conflict, Gone, NotFound, RateLimited, Unavailable


class AnswersIncomplete(BadRequest):
    """Answers are missing or wrong; `details.problems` names template, field and code of each."""

    code = "ANSWERS_INCOMPLETE"


class PatientNotFound(NotFound):
    """The record system knows no patient of this number."""

    code = PATIENT_NOT_FOUND


class ConsentRequired(Conflict):
    """The patient did not agree to messages on this channel, or nobody asked."""

    code = CONSENT_REQUIRED


class DigitalNotAllowed(Conflict):
    """A template of the packet is given on paper only."""

    code = "DIGITAL_NOT_ALLOWED"


class NotReady(Conflict):
    """The packet was not given out."""

    code = "NOT_READY"


class PacketRevoked(Conflict):
    """The packet was taken back; it can be read by staff alone."""

    code = "REVOKED"


class TemplateNeedsPatient(Conflict):
    """A template names a patient, and the packet is for anybody; `details.template_ids`."""

    code = "TEMPLATE_NEEDS_PATIENT"


class TemplateNotApproved(Conflict):
    """A template is not, or no longer, given out at the location; `details.template_ids`."""

    code = "TEMPLATE_NOT_APPROVED"


class PatientCodeExpired(Gone):
    """The code of a visit slip was revoked, or its time is over."""

    code = "PATIENT_CODE_EXPIRED"


class SendLimit(RateLimited):
    """This packet was sent on this channel as often as it may be within a day."""

    code = "SEND_LIMIT"


class CommunicationUnavailable(Unavailable):
    """Nobody can be asked whether the patient agreed to messages, so none is sent."""

    code = "COMMUNICATION_UNAVAILABLE"


class EhrUnavailable(Unavailable):
    """The record system does not answer; the patient can be typed."""

    code = "EHR_UNAVAILABLE"
