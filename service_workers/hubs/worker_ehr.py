"""The EHR hub's entrypoint."""

from ganger.contracts import ehr as contract
from ganger.rpc_entrypoint import RpcEntrypoint
from ganger.rpc_serving import serve
from service_workers.hubs.ehr.answering import Answering
from service_workers.hubs.worker_settings import ehr_server

_answering = Answering(ehr_server)


class Ehr(RpcEntrypoint):
    """Patients and appointments, for the apps that bind it."""

    methods = (
        serve(contract.FIND_PATIENT, _answering.find_patient),
        serve(contract.APPOINTMENTS_ON, _answering.appointments_on),
    )
