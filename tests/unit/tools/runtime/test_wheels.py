import hashlib
import zipfile

import pytest

from tests.unit.tools.runtime.factories import make_wheel
from tools.runtime.problems import RuntimeProblem
from tools.runtime.wheels import (
    check_needs,
    check_wheel,
    download_problem,
    is_kept,
    pip_platforms,
    unpack_wheel,
)

DETROIT = "America/Detroit"


@pytest.mark.parametrize(
    "path",
    [
        "_workers_sdk_patch_loader.pth",
        "jinja2/tests.py",
        "pydantic/main.py",
        "pydantic/deprecated/__init__.py",
        "pydantic_core/_pydantic_core.cpython-314-wasm32-emscripten.so",
        "tzdata/__init__.py",
        "tzdata/zoneinfo/__init__.py",
        "tzdata/zoneinfo/America/__init__.py",
        "tzdata/zoneinfo/America/Detroit",
        "workers/workflows.js",
    ],
)
def test_what_a_worker_needs_is_kept(path):
    assert is_kept(path, DETROIT)


@pytest.mark.parametrize(
    "path",
    [
        "_pyodide_entrypoint_helper.pyi",
        "markupsafe/_speedups.c",
        "markupsafe/_speedups.cpython-314-x86_64-linux-gnu.so",
        "pydantic/mypy.py",
        "pydantic/v1/main.py",
        "pydantic-2.14.3.dist-info/METADATA",
        "segno-1.6.6.data/data/share/man/man1/segno.1",
        "tzdata/zones",
        "tzdata/zoneinfo/America/Chicago",
        "tzdata/zoneinfo/Asia/__init__.py",
        "tzdata/zoneinfo/zone.tab",
        "workers/__pycache__/rpc.cpython-314.pyc",
        "workers/py.typed",
        "workers/tests/test_rpc.py",
    ],
)
def test_what_a_worker_never_needs_is_left_out(path):
    assert not is_kept(path, DETROIT)


def test_a_wheel_as_the_lock_names_it_is_accepted(tmp_path):
    file = tmp_path / "a.whl"
    file.write_bytes(b"content")
    check_wheel(make_wheel(sha256=hashlib.sha256(b"content").hexdigest()), file)


def test_a_wheel_with_another_hash_is_refused_and_says_what_to_do(tmp_path):
    file = tmp_path / "a.whl"
    file.write_bytes(b"tampered")
    with pytest.raises(RuntimeProblem, match=r"has the SHA-256 [0-9a-f]{64}, but .* Delete .* and run again"):
        check_wheel(make_wheel(), file)


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "Find out why before"),
        ("ERROR: No matching distribution found for segno==9.9.9", "Check the connection to PyPI"),
    ],
)
def test_a_failed_download_says_what_to_do_and_what_pip_said(said, advice):
    problem = str(download_problem(said))
    assert advice in problem
    assert problem.endswith(said)


def test_a_wheel_under_another_name_is_refused(tmp_path):
    with pytest.raises(RuntimeProblem, match="Correct the file name"):
        check_wheel(make_wheel(), tmp_path / "absent.whl")


def test_a_requirement_that_the_lock_forgot_says_where_to_add_it():
    with pytest.raises(RuntimeProblem, match=r"needs new-thing\. Add that to `needs` of plain-things"):
        check_needs(make_wheel(needs=("idna",)), ["idna>=2.8", "New_Thing>=1"])


def test_requirements_under_a_condition_are_the_locks_to_decide():
    check_needs(make_wheel(), ["trio>=0.32.0; extra == 'trio'"])


def test_unpacked_wheel_holds_only_what_is_kept(tmp_path):
    file = tmp_path / "plain_things-1.2-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("plain_things/__init__.py", "")
        archive.writestr("plain_things/py.typed", "")
        archive.writestr("plain_things-1.2.dist-info/METADATA", "Name: plain-things\n")
    unpack_wheel(make_wheel(), file, tmp_path / "out", DETROIT)
    unpacked = [
        path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*") if path.is_file()
    ]
    assert [str(path) for path in unpacked] == ["plain_things/__init__.py"]


def test_pip_may_look_for_every_platform_that_the_lock_names():
    compiled = make_wheel(file="core-1-cp314-cp314-manylinux1_x86_64.manylinux2014_x86_64.whl")
    assert pip_platforms([compiled]) == ("any", "manylinux1_x86_64", "manylinux2014_x86_64")
