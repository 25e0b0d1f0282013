"""The identity worker's job: it owns the platform's tables, and alone holds the keys of the audit chain."""

from ganger.edge import environment
from ganger.jobs import Job, Run, always
from ganger.tokens import KeyRing
from service_workers.auth.sealing import seal_audit_rows


async def _seal(run: Run) -> None:
    """Seal the audit rows that have come since the last time."""
    await seal_audit_rows(run.db, KeyRing.parse(environment().AUDIT_KEYS), run.at)


SEALING = Job("seal-audit-rows", always, _seal)
