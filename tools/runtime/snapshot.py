"""The memory snapshot from which workers start in half a second during development and tests.

It is the memory of a Python that has imported what most of our workers import, and nothing of ours:
a worker's own modules must come from its own bundle.
"""

import os
import signal
import subprocess
from pathlib import Path

from tools.runtime.problems import RuntimeProblem

# What lets workerd take our Pyodide bundle; the configs in wrangler/ never carry these.
DEVELOPMENT_FLAGS = ("python_workers_development", "experimental")
# A snapshot serves only workers that carry the flags it was made with.
FLAGS = ("python_workers", *DEVELOPMENT_FLAGS)

DISTRIBUTIONS = ("jinja2", "pydantic", "workers-runtime-sdk")
# zoneinfo comes without its data, which a bundle that wants it holds itself.
IMPORTS = (
    *("asyncio", "base64", "collections.abc", "contextlib", "dataclasses", "datetime", "enum", "functools"),
    "gc",
    *("hashlib", "hmac", "html", "http", "http.cookies", "inspect", "json", "logging", "random", "re"),
    *("secrets", "time", "typing", "urllib.parse", "uuid", "zoneinfo"),
    *("jinja2", "pydantic", "workers"),
)
# pydantic imports most of itself at the first model, jinja2 at the first template: half a second that
# belongs in the snapshot.
MAIN_REST = """

class _Part(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")
    name: str | None = pydantic.Field(default=None, max_length=9)

    @pydantic.field_validator("name")
    @classmethod
    def _same(cls, value):
        return value


class _Whole(pydantic.BaseModel):
    parts: list[_Part]
    at: datetime.datetime
    kind: typing.Literal["a", "b"]

    @pydantic.model_validator(mode="after")
    def _same(self):
        return self


_whole = pydantic.TypeAdapter(_Whole).validate_json('{"parts": [{}], "at": "2026-01-01T00:00Z", "kind": "a"}')
_whole.model_dump_json()
jinja2.Environment(autoescape=True).from_string("{% for n in [1] %}{{ n }}{% endfor %}").render()
# Files that were open while importing cannot be closed once the memory lies in another process.
gc.collect()


class Default(workers.WorkerEntrypoint):
    async def fetch(self, request):
        return workers.Response("snapshot")
"""
# A worker whose main module had this name would get the snapshot's in place of its own.
MAIN_MODULE = "ganger_snapshot_main.py"
FILE_NAME = "snapshot.bin"
SCRIPT = Path(__file__).with_name("snapshot.mjs")
LIMIT_S = 180

LAUNCHER = """\
#!/bin/sh
# Starts workerd on the Pyodide bundle beside this file. Written by tools/runtime/snapshot.py.
here=${{0%/*}}
workerd="$here/{workerd}"
[ "$1" = serve ] || exec "$workerd" "$@"
shift
case "$GANGER_SNAPSHOT" in
  1) set -- --python-load-snapshot={snapshot} --python-snapshot-dir="$here/snapshot" "$@" ;;
  save) set -- --python-save-snapshot --python-snapshot-dir="$here/snapshot" "$@" ;;
esac
exec "$workerd" serve --pyodide-bundle-disk-cache-dir="$here/bundle" "$@"
"""


def main_module_text() -> str:
    """The worker whose memory becomes the snapshot."""
    return "".join(f"import {name}\n" for name in IMPORTS) + MAIN_REST


def write_launcher(workerd: Path, launcher: Path) -> None:
    """Write the script that MINIFLARE_WORKERD_PATH names, valid wherever the repository lies."""
    way = os.path.relpath(workerd, launcher.parent)
    launcher.write_text(LAUNCHER.format(workerd=way, snapshot=FILE_NAME))
    launcher.chmod(0o755)


def take_snapshot(node: Path, launcher: Path, worker: Path, compatibility_date: str) -> None:
    """Write `snapshot/snapshot.bin` beside the launcher.

    Args:
        node: the program that runs miniflare.
        launcher: the script of `write_launcher`, with the bundle beside it.
        worker: a folder with MAIN_MODULE and `python_modules`.
        compatibility_date: the date that all workers have.
    Raises:
        RuntimeProblem: workerd did not start, or wrote nothing.
    """
    snapshot = launcher.with_name("snapshot") / FILE_NAME
    snapshot.parent.mkdir()
    output = _run(
        [str(node), str(SCRIPT), str(worker), MAIN_MODULE, compatibility_date, *FLAGS],
        os.environ | {"MINIFLARE_WORKERD_PATH": str(launcher), "GANGER_SNAPSHOT": "save"},
    )
    if not snapshot.is_file() or not snapshot.stat().st_size:
        raise RuntimeProblem(
            "workerd wrote no memory snapshot. Run again; if it fails again, see docs/runtime.md. "
            f"It said:\n{output.strip()[-4000:]}"
        )


def _run(command: list[str], environment: dict[str, str]) -> str:
    """Run to the end, or end the whole process group at the limit; return what it wrote."""
    with subprocess.Popen(  # noqa: S603 (our own command line)
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired as error:
            raise RuntimeProblem(f"The memory snapshot took more than {LIMIT_S} s. Run again.") from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        if process.returncode:
            raise RuntimeProblem(
                "The worker for the memory snapshot did not start. docs/runtime.md says what to look for. "
                f"It said:\n{output.strip()[-4000:]}"
            )
        return output
