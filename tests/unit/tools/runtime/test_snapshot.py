import ast
import subprocess

import pytest

from tools.runtime.snapshot import main_module_text, write_launcher


@pytest.fixture
def launch(tmp_path):
    """Runs the launcher beside a workerd that only prints its arguments."""
    workerd = tmp_path / "node_modules" / "workerd"
    workerd.parent.mkdir()
    workerd.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    workerd.chmod(0o755)
    launcher = tmp_path / "with space" / "workerd"
    launcher.parent.mkdir()
    write_launcher(workerd, launcher)

    def run(*arguments, snapshot=""):
        environment = {"PATH": "/usr/bin:/bin", "GANGER_SNAPSHOT": snapshot}
        command = [str(launcher), *arguments]
        printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout  # noqa: S603
        return printed.replace(str(launcher.parent), "HERE").splitlines()

    return run


def test_launcher_adds_the_bundle_to_serve(launch):
    expected = ["serve", "--pyodide-bundle-disk-cache-dir=HERE/bundle", "--binary", "-"]
    assert launch("serve", "--binary", "-") == expected


def test_launcher_loads_the_snapshot_only_when_asked(launch):
    assert launch("serve", "-", snapshot="1")[2:] == [
        "--python-load-snapshot=snapshot.bin",
        "--python-snapshot-dir=HERE/snapshot",
        "-",
    ]


def test_launcher_passes_other_subcommands_through(launch):
    assert launch("--version", snapshot="1") == ["--version"]


def test_snapshot_worker_imports_nothing_of_ours():
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(ast.parse(main_module_text()))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    ours = {"ganger", "app_workers", "patient_workers", "service_workers", "router_worker", "tools"}
    assert {"jinja2", "pydantic", "workers"} <= imported
    assert not imported & ours
