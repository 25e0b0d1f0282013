"""Wrangler's configuration format: JSON with comments."""

import json
from pathlib import Path

import pyjson5

from tools.build.errors import BuildError

Config = dict[str, object]


def read_jsonc(path: Path) -> Config:
    """Read a file that holds one object.

    Raises:
        BuildError: there is no such file, or it does not parse, or it holds something else.
    """
    if not path.is_file():
        raise BuildError(f"{path} is missing.")
    try:
        content = pyjson5.decode(path.read_text())
    except pyjson5.Json5DecoderException as error:
        raise BuildError(f"{path}: {error.args[0]}") from error
    if not isinstance(content, dict):
        raise BuildError(f"{path} must hold one object.")
    return content


def write_jsonc(config: Config, comment: str) -> str:
    """The text of a configuration under a one-line comment."""
    return f"// {comment}\n{json.dumps(config, indent=2)}\n"
