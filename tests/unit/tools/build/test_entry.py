import pytest

from tests.unit.tools.build.factories import make_registry, write
from tools.build.closure import Module
from tools.build.entry import entry_module, entrypoints, main_name, main_text
from tools.build.errors import BuildError

WORKER = make_registry().workers["stock-room"]


def entry_names(text: str) -> tuple[str, ...]:
    return entrypoints(Module("app_workers.stock_room.worker", "app_workers/stock_room/worker.py", text))


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "app_workers" / "stock_room"
    write(folder / "worker.py", "")
    write(folder / "worker_development.py", "")
    return tmp_path


def test_development_takes_the_development_entry_module(tree):
    assert entry_module(tree, WORKER, "development").name == "app_workers.stock_room.worker_development"


@pytest.mark.parametrize("environment", ["staging", "production"])
def test_other_environments_never_take_the_development_entry_module(tree, environment):
    assert entry_module(tree, WORKER, environment).name == "app_workers.stock_room.worker"


def test_development_takes_the_plain_entry_module_where_there_is_no_other(tree):
    (tree / "app_workers" / "stock_room" / "worker_development.py").unlink()
    assert entry_module(tree, WORKER, "development").name == "app_workers.stock_room.worker"


def test_missing_entry_module_is_refused(tmp_path):
    with pytest.raises(BuildError, match=r"app_workers/stock_room/worker\.py is missing"):
        entry_module(tmp_path, WORKER, "production")


def test_entrypoints_are_those_declared():
    assert entry_names('from x import Public\n__all__ = ["Public", "Default"]') == ("Default", "Public")


@pytest.mark.parametrize(
    "text", ["", "__all__ = []", "__all__ = names()", "__all__ = [1]", "__all__ = 'Default'"]
)
def test_entry_module_without_declared_entrypoints_is_refused(text):
    with pytest.raises(BuildError, match=r"worker\.py.*`__all__`"):
        entry_names(text)


def test_main_module_imports_the_entrypoints_by_name():
    module = Module("app_workers.stock_room.worker", "app_workers/stock_room/worker.py", "")
    text = main_text(module, ("Default", "Public"))
    compile(text, "main", "exec")
    assert "from app_workers.stock_room.worker import (\n    Default,\n    Public,\n)" in text


def test_main_module_has_a_name_of_its_own():
    assert main_name(WORKER) == "stock_room_main"
