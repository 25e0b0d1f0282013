import re

import pytest

from tests.unit.tools.runtime.factories import make_lock_text, make_platform, make_wheel
from tools.runtime import requirements
from tools.runtime.lock import LOCK, check_platform, closure, parse_lock
from tools.runtime.problems import RuntimeProblem

CORE = "pydantic_core-2.50.4-cp314-cp314-pyemscripten_2026_0_wasm32.whl"


def test_closure_holds_the_needs_of_needs_once_and_sorted():
    lock = parse_lock(make_lock_text(top=["middle", "base"], middle=["base"], base=[], other=[]))
    assert closure(lock, ["top"]) == ("base", "middle", "top")


def test_closure_ends_when_two_need_each_other():
    lock = parse_lock(make_lock_text(egg=["hen"], hen=["egg"]))
    assert closure(lock, ["egg"]) == ("egg", "hen")


def test_names_are_compared_as_pypi_compares_them():
    assert requirements(["Jinja2", "Annotated_Types"]) == ("annotated-types", "jinja2", "markupsafe")


def test_a_name_outside_the_lock_says_where_to_add_it():
    with pytest.raises(RuntimeProblem, match=r"wheels\.toml: pillow\. Add it there"):
        requirements(["Pillow"])


def test_a_need_without_its_own_table_is_refused():
    with pytest.raises(RuntimeProblem, match=r"No such distribution .*: base"):
        parse_lock(make_lock_text(top=["base"]))


@pytest.mark.parametrize(
    "text", ["[broken", '[a]\nfile = "a-1-py3-none-any.whl"', "[a]\nneeds = []\nsize = 1"]
)
def test_a_malformed_lock_says_to_correct_it(text):
    with pytest.raises(RuntimeProblem, match=r"Correct tools/runtime/wheels\.toml"):
        parse_lock(text)


def test_the_lock_names_whole_hashes_and_normal_names():
    lock = parse_lock(LOCK.read_text())
    for name, wheel in lock.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert wheel.file.lower().startswith(name.replace("-", "_") + "-")
        assert re.fullmatch(r"[0-9a-f]{64}", wheel.sha256)


def test_a_compiled_wheel_for_pyodides_platform_fits():
    check_platform({"pydantic-core": make_wheel(file=CORE)}, make_platform())


@pytest.mark.parametrize("change", [{"tag": "pyemscripten_2027_0_wasm32"}, {"abi": "cp315"}])
def test_a_compiled_wheel_for_another_platform_says_what_to_do(change):
    with pytest.raises(RuntimeProblem, match="Put the wheel for that platform there, or run `npm install`"):
        check_platform({"pydantic-core": make_wheel(file=CORE)}, make_platform(**change))
