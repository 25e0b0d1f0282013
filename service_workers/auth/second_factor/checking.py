"""Looking at a code: what was typed becomes a proof, or a refusal that is counted."""

from dataclasses import dataclass

from ganger.audit import Actor
from ganger.db import Database
from ganger.errors import RateLimited
from ganger.vault import Vault
from service_workers.auth.second_factor import store
from service_workers.auth.second_factor.domain.guessing import locked_until
from service_workers.auth.second_factor.domain.recovery import find, typed_recovery_code
from service_workers.auth.second_factor.domain.totp import accepted_step, typed_code
from service_workers.auth.second_factor.models import Enrolment, Factor, Proof


@dataclass(frozen=True, slots=True)
class Attempt:
    """One code on its way through, written down as wrong until it proves right."""

    id: str
    typed: str


async def begin(db: Database, actor: Actor, typed: str) -> Attempt:
    """Count an attempt before its code is looked at.

    Raises:
        RateLimited: the person was wrong too often.
    """
    attempt_id = await store.begin_attempt(db, actor)
    if attempt_id is None:
        until = locked_until(await store.attempts(db, actor), actor.at)
        wait_s = int((until - actor.at).total_seconds()) + 1 if until else 1
        raise RateLimited("Too many wrong codes. Wait before you try again.", retry_after_s=wait_s)
    return Attempt(attempt_id, typed)


async def proof(vault: Vault, actor: Actor, factor: Factor, attempt: Attempt) -> Proof | None:
    """What the typed code proves, by the app's code or a recovery code; None if it is neither.

    Raises:
        VaultClosed: the stored secret cannot be opened.
    """
    code = typed_code(attempt.typed)
    if code is not None:
        secret = await vault.open(factor.secret_sealed, actor.user_id)
        step = accepted_step(secret, code, actor.at.timestamp(), factor.last_step)
        return None if step is None else store.proof_by_code(actor, attempt.id, step)
    recovery = typed_recovery_code(attempt.typed)
    found = find(recovery, factor.unused) if recovery is not None else None
    if found is None:
        return None
    return store.proof_by_recovery_code(actor, attempt.id, found, len(factor.unused) - 1)


async def first_step(vault: Vault, actor: Actor, enrolment: Enrolment, attempt: Attempt) -> int | None:
    """The time step of the first code of a new secret; None if it is not one of its codes."""
    code = typed_code(attempt.typed)
    if code is None:
        return None
    secret = await vault.open(enrolment.secret_sealed, actor.user_id)
    return accepted_step(secret, code, actor.at.timestamp(), last_step=0)


async def note_wrong(db: Database, actor: Actor) -> None:
    """Note a wrong code, and whether it was the last one for a while."""
    until = locked_until(await store.attempts(db, actor), actor.at)
    await store.note_wrong_code(db, actor, is_locked_now=until is not None)
