"""What looking at a worker's routes leaves behind in the interpreter."""

import gc
import sys
from types import ModuleType

from jinja2 import ModuleLoader

from tools.registry import load_registry
from tools.routes import _runtime_stands_in


def test_a_loader_of_templates_that_goes_meanwhile_leaves_no_dead_reference(tmp_path):
    loader = ModuleLoader(str(tmp_path))
    name = loader.package_name
    assert name in sys.modules
    with _runtime_stands_in(load_registry().workers["router"], ModuleType("ganger.catalogue")):
        del loader
        gc.collect()
    assert name not in sys.modules


def test_a_loader_that_stays_can_go_on_loading(tmp_path):
    loader = ModuleLoader(str(tmp_path))
    with _runtime_stands_in(load_registry().workers["router"], ModuleType("ganger.catalogue")):
        pass
    assert loader.package_name in sys.modules
