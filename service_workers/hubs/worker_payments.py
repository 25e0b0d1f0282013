"""The payment hub's entrypoint."""

from ganger.contracts import payments as contract
from ganger.rpc_entrypoint import RpcEntrypoint
from ganger.rpc_serving import serve
from service_workers.hubs.payments.paying import Paying
from service_workers.hubs.worker_settings import till

_paying = Paying(till)


class Payments(RpcEntrypoint):
    """Payments and refunds, for the apps that bind it."""

    methods = (
        serve(contract.START_PAYMENT, _paying.start_payment),
        serve(contract.PAYMENT_STATE, _paying.payment_state),
        serve(contract.CANCEL_PAYMENT, _paying.cancel_payment),
        serve(contract.REFUND_PAYMENT, _paying.refund_payment),
    )
