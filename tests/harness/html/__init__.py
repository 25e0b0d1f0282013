"""Markup held to the HTML standard, by html-validate."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools.paths import NODE

_VALIDATOR = Path(__file__).with_name("validate.mjs")


def html_problems(pages: Mapping[str, str]) -> list[str]:
    """What is wrong with the markup of pages, by their names; one process for all."""
    done = subprocess.run(  # noqa: S603 - our own script with the pinned Node
        [NODE, _VALIDATOR],
        input=json.dumps(dict(pages)),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.splitlines()
