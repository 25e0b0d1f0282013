"""The secrets of an environment: a file of `NAME=value` lines, from which each worker gets its own alone."""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tools.deploy.problems import DeployProblem
from tools.registry import Worker


def read_secrets(file: Path) -> dict[str, str]:
    """Read such a file; empty lines and lines that begin with # count for nothing.

    Raises:
        DeployProblem: there is no such file, or a line has no value.
    """
    if not file.is_file():
        raise DeployProblem(f"{file} is missing.")
    lines = [line.strip() for line in file.read_text().splitlines()]
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    for name, _, value in pairs:
        if not value:
            raise DeployProblem(f"{file}: {name} has no value.")
    return {name.strip(): value.strip() for name, _, value in pairs}


@contextmanager
def secrets_of(worker: Worker, secrets: Mapping[str, str]) -> Iterator[Path]:
    """A file with this worker's secrets, readable by nobody else and gone afterwards.

    Raises:
        DeployProblem: one that the worker holds is not among them.
    """
    missing = [name for name in worker.secrets if name not in secrets]
    if missing:
        raise DeployProblem(f"{worker.id} needs {', '.join(missing)}.")
    descriptor, name = tempfile.mkstemp(suffix=".json")
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump({secret: secrets[secret] for secret in worker.secrets}, file)
        yield Path(name)
    finally:
        Path(name).unlink()
