"""Which commit is being deployed."""

import subprocess

from tools.deploy.problems import DeployProblem
from tools.paths import ROOT


def present_commit() -> str:
    """The commit of this working tree.

    Raises:
        DeployProblem: the tree holds changes that no commit has, so nobody could tell later what went out.
    """
    if _git("status", "--porcelain"):
        raise DeployProblem("Commit your changes first: a version says which commit it was made from.")
    return _git("rev-parse", "HEAD")


def _git(*command: str) -> str:
    done = subprocess.run(  # noqa: S603
        ["git", *command],  # noqa: S607 - the developer's own git
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DeployProblem(f"git {command[0]}: {done.stderr.strip()}")
    return done.stdout.strip()
