"""Lets plain `wrangler dev` find the runtime: it loads the `.env` of the folder that it is started in."""

from pathlib import Path

_NAME = "MINIFLARE_WORKERD_PATH"


def name_workerd(file: Path, workerd: Path) -> None:
    """Name the launcher in a `.env` file; what else stands there stays."""
    before = file.read_text() if file.exists() else ""
    others = [line for line in before.splitlines() if not line.startswith(f"{_NAME}=")]
    after = "\n".join([*others, f'{_NAME}="{workerd}"']) + "\n"
    if after != before:
        file.write_text(after)
