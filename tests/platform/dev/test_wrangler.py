"""Plain `wrangler dev` on one built folder, as people run it who work on that worker alone."""

import os
import re
import signal
import subprocess
import threading
from pathlib import Path

import httpx
import pytest

from tests.harness.ports import free_port
from tests.platform.dev.command import LIMIT_S
from tools.build import build
from tools.cli import main
from tools.local.keys import development_vars
from tools.local.wrangler_env import name_workerd
from tools.paths import NODE, ROOT, WRANGLER

pytestmark = pytest.mark.runtime

OURS = ("MINIFLARE_WORKERD_PATH", "GANGER_SNAPSHOT")


def wrangler_dev(config: Path, port: int, state: Path) -> subprocess.Popen[str]:
    """Start it at the repository's root, with nothing set that set-up did not write."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment["PATH"] = f"{NODE.parent}{os.pathsep}{environment['PATH']}"
    environment |= {"WRANGLER_SEND_METRICS": "false", "WRANGLER_LOG_PATH": str(state / "log"), "CI": "1"}
    return subprocess.Popen(  # noqa: S603 - our own program and folder
        [WRANGLER, "dev", "-c", config, f"--port={port}", f"--persist-to={state}", "--local"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def test_one_app_answers_under_wrangler_dev_with_no_variable_set_by_hand(tmp_path):
    assert main(["runtime"]) == 0
    (built,) = build(["management"], "development", print, development_vars())
    port = free_port()
    with wrangler_dev(built.folder / "wrangler.jsonc", port, tmp_path) as process:
        stop = threading.Timer(LIMIT_S, os.killpg, (process.pid, signal.SIGKILL))
        stop.start()
        try:
            assert process.stdout
            said = ""
            for line in process.stdout:
                said += line
                if re.search("Ready on ", line):
                    break
            assert "Ready on " in said, said
            answer = httpx.get(f"http://127.0.0.1:{port}/health", timeout=LIMIT_S)
        finally:
            stop.cancel()
            os.killpg(process.pid, signal.SIGKILL)
    assert answer.json()["worker"] == "ganger-staff-management"


def test_the_env_file_names_the_launcher_once_and_keeps_other_lines(tmp_path):
    file = tmp_path / ".env"
    file.write_text("CLOUDFLARE_ACCOUNT_ID=example\n")
    for runtime in ("old", "new"):
        name_workerd(file, Path(f"/runtime/{runtime}/workerd"))
    assert file.read_text() == (
        'CLOUDFLARE_ACCOUNT_ID=example\nMINIFLARE_WORKERD_PATH="/runtime/new/workerd"\n'
    )
