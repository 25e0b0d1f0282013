"""The way back: let the versions before a deployment answer again."""

from collections.abc import Iterable

from tools.deploy.cloudflare import cloudflare
from tools.deploy.problems import DeployProblem
from tools.deploy.releases import Say, releases
from tools.deploy.versions import way_back
from tools.deploy.wrangler import return_to


def roll_back(ids: Iterable[str], environment: str, commit: str | None, say: Say) -> list[str]:
    """Take the named workers, or all, back to their version before; returns the ids of those that went.

    The router goes first, then the apps, so that nothing new calls what is old already.

    Args:
        commit: take back what was deployed from it and leave every other worker as it is; None takes
            each worker to the version before its present one.
    Raises:
        DeployProblem: some did not go back; the others did.
    """
    done: list[str] = []
    problems: list[str] = []
    with cloudflare() as account:
        for release in reversed(releases(ids, environment, say)):
            version = way_back(account.served(release.name), commit)
            if version is None:
                continue
            try:
                return_to(release.folder, version, f"rollback of {commit or 'the version before'}")
            except DeployProblem as problem:
                problems.append(str(problem))
            else:
                done.append(release.worker.id)
                say(f"{release.worker.id}: back to {version.message or version.id}.")
    if problems:
        raise DeployProblem("\n".join(problems))
    return done
