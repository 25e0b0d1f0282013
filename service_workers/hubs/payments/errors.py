"""Why a payment or a refund is not taken on."""

from ganger.errors import Conflict


class RefundExceeds(Conflict):
    """It is more than what is left of the payment."""

    code = "REFUND_EXCEEDS"
