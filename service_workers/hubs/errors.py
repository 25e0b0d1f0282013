"""Why a hub refuses a call; the codes belong to the contracts."""

from ganger.contracts.communication import CONSENT_REQUIRED, INVALID_DESTINATION, KEY_REUSED, OPTED_OUT
from ganger.contracts.ehr import PATIENT_AMBIGUOUS, PATIENT_NOT_FOUND
from ganger.contracts.payments import REFUND_EXCEEDS
from ganger.errors import Conflict, NotFound, Unprocessable


class OptedOut(Conflict):
    """Whoever has this number or address wants no messages."""

    code = OPTED_OUT


class InvalidDestination(Unprocessable):
    """Nothing can be sent there."""

    code = INVALID_DESTINATION


class ConsentRequired(Conflict):
    """The patient has not consented to the channel, or not any more."""

    code = CONSENT_REQUIRED


class KeyReused(Conflict):
    """The key stands for something else already, whose id is in the details."""

    code = KEY_REUSED


class PatientNotFound(NotFound):
    """The EHR knows no patient with this MRN."""

    code = PATIENT_NOT_FOUND


class PatientAmbiguous(Conflict):
    """The EHR knows more than one patient with this MRN, and none of them is told."""

    code = PATIENT_AMBIGUOUS


class RefundExceeds(Conflict):
    """It is more than what is left of the payment."""

    code = REFUND_EXCEEDS
