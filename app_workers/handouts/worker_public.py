"""What the patient site may ask: an entrypoint of its own, so that it reaches nothing else."""

from app_workers.handouts.outside import Outside
from ganger.contracts.handouts_public import CHECK_BIRTH_DATE, COUNT_CALL, OPEN_CODE, READ, READ_PDF
from ganger.edge import environment
from ganger.rpc_entrypoint import RpcEntrypoint
from ganger.rpc_serving import serve
from ganger.tokens import KeyRing


def _ring() -> KeyRing:
    return KeyRing.parse(environment().HANDOUT_KEYS)


_OUTSIDE = Outside(_ring)


class HandoutsPublic(RpcEntrypoint):
    """Codes, links and what they open, for the patient site alone."""

    methods = (
        serve(COUNT_CALL, _OUTSIDE.count_call),
        serve(OPEN_CODE, _OUTSIDE.open_code),
        serve(READ, _OUTSIDE.read),
        serve(READ_PDF, _OUTSIDE.read_pdf),
        serve(CHECK_BIRTH_DATE, _OUTSIDE.check_birth_date),
    )
