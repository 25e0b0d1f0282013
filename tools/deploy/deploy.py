"""Deploy workers in order; what went out before one that fails is taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tools.deploy.cloudflare import Cloudflare, cloudflare
from tools.deploy.problems import DeployProblem
from tools.deploy.releases import Release, Say, releases
from tools.deploy.secrets import secrets_of
from tools.deploy.versions import Version, message_of
from tools.deploy.wrangler import apply_migrations, return_to, upload


@dataclass(frozen=True, slots=True)
class Outcome:
    """A worker and the version that answered before it goes out; None if the worker is new."""

    release: Release
    before: Version | None

    @property
    def is_change(self) -> bool:
        """Whether the release holds something else than what answers now."""
        return self.before is None or self.before.tag != self.release.tag


def deploy(
    ids: Iterable[str],
    environment: str,
    commit: str,
    say: Say,
    *,
    only_changed: bool,
    secrets: Mapping[str, str] | None = None,
) -> list[str]:
    """Build and deploy the named workers, or all; returns the ids of those that went out.

    Args:
        commit: where the source comes from; every version carries it.
        only_changed: leave out workers whose live version holds the same.
        secrets: each worker is given those that it holds; without, workers keep what they have.
    Raises:
        DeployProblem: one failed; those that went out before it answer with their earlier version again.
            Migrations stay: each is written so that the version before it works with it too.
    """
    with cloudflare() as account:
        waiting = _compared(account, releases(ids, environment, say))
    out: list[Outcome] = []
    for outcome in waiting:
        if only_changed and not outcome.is_change:
            continue
        try:
            _deploy_one(outcome.release, commit, secrets)
        except DeployProblem as problem:
            raise DeployProblem(f"{problem}\n{_taken_back(out, commit)}") from problem
        out.append(outcome)
        say(f"{outcome.release.worker.id}: deployed.")
    return [outcome.release.worker.id for outcome in out]


def changed(ids: Iterable[str], environment: str, say: Say) -> list[Release]:
    """The named workers, or all, whose live version holds something else than their source; in order.

    Raises:
        DeployProblem: the account does not answer, or refuses.
    """
    with cloudflare() as account:
        compared = _compared(account, releases(ids, environment, say))
    return [outcome.release for outcome in compared if outcome.is_change]


def _compared(account: Cloudflare, built: Sequence[Release]) -> list[Outcome]:
    return [Outcome(release, account.live(release.name)) for release in built]


def _deploy_one(release: Release, commit: str, secrets: Mapping[str, str] | None) -> None:
    apply_migrations(release.folder)
    message = message_of(commit, release.worker.title)
    if secrets is None or not release.worker.secrets:
        upload(release.folder, release.tag, message, None)
        return
    with secrets_of(release.worker, secrets) as file:
        upload(release.folder, release.tag, message, file)


def _taken_back(out: Sequence[Outcome], commit: str) -> str:
    """Undo, and say how things stand then."""
    said = []
    for outcome in reversed(out):
        worker_id = outcome.release.worker.id
        if outcome.before is None:
            said.append(f"{worker_id} is new and stays.")
            continue
        try:
            return_to(outcome.release.folder, outcome.before, f"rollback of {commit}")
            said.append(f"{worker_id} is back to its version before.")
        except DeployProblem as problem:
            said.append(f"{worker_id} is still the new version: {problem}")
    return "\n".join(said or ["Nothing else was deployed."])
