"""The communication hub's entrypoint."""

from ganger.contracts import communication as contract
from ganger.contracts.staff_mail import SEND_STAFF_MAIL
from ganger.rpc_entrypoint import RpcEntrypoint
from ganger.rpc_serving import serve
from service_workers.hubs.communication.accepting import Accepting
from service_workers.hubs.communication.consents import consents_of, record_consent
from service_workers.hubs.worker_settings import carriers, enqueue

_accepting = Accepting(carriers, enqueue)


class Communication(RpcEntrypoint):
    """Messages and consent, for the apps that bind it."""

    methods = (
        serve(contract.SEND_SMS, _accepting.send_sms),
        serve(contract.SEND_EMAIL, _accepting.send_email),
        serve(SEND_STAFF_MAIL, _accepting.send_staff_mail),
        serve(contract.CANCEL_MESSAGE, _accepting.cancel_message),
        serve(contract.MESSAGE_STATE, _accepting.message_state),
        serve(contract.EVENTS_AFTER, _accepting.events_after),
        serve(contract.CONSENTS_OF, consents_of),
        serve(contract.RECORD_CONSENT, record_consent),
    )
