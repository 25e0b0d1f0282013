"""The worker beside which a worker's start is measured."""

import ast
import json
from pathlib import Path

from tools.bench.starts import empty_twin
from tools.build import BuiltWorker
from tools.registry import load_registry

MAIN = """\
from app_workers.inventory.worker import (
    Default,
    Messages,
    Topic,
)
"""


def test_the_empty_twin_has_what_the_bindings_name_and_no_code(tmp_path):
    folder = tmp_path / "built"
    (folder / "src" / "app_workers").mkdir(parents=True)
    (folder / "python_modules").mkdir()
    (folder / "src" / "inventory_main.py").write_text(MAIN)
    objects = {"bindings": [{"name": "LIVE", "class_name": "Topic"}]}
    (folder / "wrangler.jsonc").write_text("// Generated.\n" + json.dumps({"durable_objects": objects}))
    worker = load_registry().workers["inventory"]
    twin = empty_twin(BuiltWorker(worker, folder, changed=True), tmp_path / "twin")
    assert [path.name for path in Path(twin.folder / "src").iterdir()] == ["inventory_main.py"]
    assert (twin.folder / "python_modules").is_dir()
    tree = ast.parse((twin.folder / "src" / "inventory_main.py").read_text())
    classes = {node.name: ast.unparse(node.bases[0]) for node in tree.body if isinstance(node, ast.ClassDef)}
    assert classes == {
        "Default": "WorkerEntrypoint",
        "Messages": "WorkerEntrypoint",
        "Topic": "DurableObject",
    }
    imported = {each.name for node in tree.body if isinstance(node, ast.Import) for each in node.names}
    assert imported == set(worker.python)
