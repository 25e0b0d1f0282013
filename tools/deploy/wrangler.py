"""The changes: each is one run of wrangler in a built folder."""

import os
import subprocess
from pathlib import Path

from tools.build.jsonc import read_jsonc
from tools.deploy.problems import DeployProblem
from tools.deploy.resources import Resource
from tools.deploy.versions import Version
from tools.paths import BUILD, NODE, WRANGLER

_LIMIT_S = 600
_SAID_LINES = 15


def upload(folder: Path, tag: str, message: str, secrets: Path | None) -> None:
    """Upload a built folder as a new version and let it answer all requests.

    Args:
        secrets: a JSON file of secrets that come with the version; those it does not name stay as they are.
    """
    options = ("--secrets-file", str(secrets)) if secrets else ()
    _run(folder, "deploy", "--tag", tag, "--message", message, *options)


def apply_migrations(folder: Path) -> None:
    """Apply those of a worker's migrations that its remote database, if it has one, has not seen."""
    databases = read_jsonc(folder / "wrangler.jsonc").get("d1_databases")
    for database in databases if isinstance(databases, list) else ():
        _run(folder, "d1", "migrations", "apply", database["database_name"], "--remote")


def create(resource: Resource) -> None:
    """Create a database, bucket or queue."""
    _run(BUILD, *resource.kind.split(), "create", resource.name)


def return_to(folder: Path, version: Version, reason: str) -> None:
    """Let an earlier version answer all requests again."""
    _run(folder, "rollback", version.id, "--message", reason, "--yes")


def _run(folder: Path, *command: str) -> None:
    path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
    what = f"wrangler {command[0]} of {folder.name}"
    try:
        done = subprocess.run(  # noqa: S603 - our own program and folder
            [WRANGLER, *command],
            cwd=folder,
            # With CI set wrangler asks nothing.
            env=os.environ | {"PATH": path, "CI": "1", "WRANGLER_SEND_METRICS": "false"},
            capture_output=True,
            text=True,
            timeout=_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DeployProblem(f"{what} took over {_LIMIT_S} s.") from error
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-_SAID_LINES:])
        raise DeployProblem(f"{what} failed:\n{said}")
