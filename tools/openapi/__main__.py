"""Prints the description of one worker: `python -m tools.openapi inventory development`."""

import sys

from tools.build.environments import environment_named
from tools.build.errors import BuildError
from tools.build.jsonc import read_jsonc
from tools.openapi.described import described
from tools.paths import ROOT
from tools.registry import load_registry


def main(worker_id: str, environment: str) -> int:
    """Print the description, or on standard error why there is none; return the exit status."""
    registry = load_registry()
    place = environment_named(environment, read_jsonc(ROOT / "wrangler" / "environments.jsonc"))
    try:
        text = described(ROOT, registry, registry.workers[worker_id], place)
    except BuildError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.write(text or "")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
