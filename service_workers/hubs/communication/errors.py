"""Why a message is not accepted. The codes are those of `ganger.contracts.communication`."""

from ganger.errors import Conflict, Unprocessable


class OptedOut(Conflict):
    """Whoever has this number or address wants no messages."""

    code = "OPTED_OUT"


class InvalidDestination(Unprocessable):
    """Nothing can be sent there."""

    code = "INVALID_DESTINATION"


class ConsentRequired(Conflict):
    """The patient has not consented to the channel, or not any more."""

    code = "CONSENT_REQUIRED"


class KeyReused(Conflict):
    """The key stands for another message already."""

    code = "KEY_REUSED"
