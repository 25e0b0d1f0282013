import json

import pytest

from tools.runtime.problems import RuntimeProblem
from tools.runtime.versions import PACKAGES, check_packages, python_platform, require_pinned, workerd_binary

PINNED = dict.fromkeys(PACKAGES, "1.0.0")


@pytest.fixture
def root(tmp_path):
    """A repository whose packages are installed as they are pinned."""
    write(tmp_path / "package.json", {"devDependencies": PINNED})
    for name, version in PINNED.items():
        write(tmp_path / "node_modules" / name / "package.json", {"version": version})
    info = {"python": "3.14.2", "abi_version": "2026_0", "arch": "wasm32"}
    write(tmp_path / "node_modules" / "pyodide" / "pyodide-lock.json", {"info": info})
    return tmp_path


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def install_workerd(root, machine, version):
    package = root / "node_modules" / "@cloudflare" / f"workerd-{machine}"
    write(package / "package.json", {"version": version})
    (package / "bin").mkdir()
    (package / "bin" / "workerd").touch()
    return package / "bin" / "workerd"


def test_packages_as_pinned_are_accepted(root):
    assert check_packages(root) == PINNED


def test_another_version_than_the_pinned_one_says_to_install():
    with pytest.raises(RuntimeProblem, match=r"pyodide is installed as 2, .* pins 1\. Run `npm install`\."):
        require_pinned("pyodide", {"pyodide": "1"}, "2")


def test_a_missing_package_says_to_install(root):
    (root / "node_modules" / "workerd" / "package.json").unlink()
    with pytest.raises(RuntimeProblem, match=r"workerd 1\.0\.0 is not installed\. Run `npm install`\."):
        check_packages(root)


def test_an_unpinned_package_says_to_pin_it():
    with pytest.raises(RuntimeProblem, match="does not pin miniflare"):
        require_pinned("miniflare", {}, "1")


def test_the_workerd_of_this_machine_is_found(root):
    binary = install_workerd(root, "linux-64", PINNED["workerd"])
    assert workerd_binary(root) == binary


def test_no_workerd_for_this_machine_says_to_install(root):
    with pytest.raises(RuntimeProblem, match=r"there are 0\. Run `npm install`"):
        workerd_binary(root)


def test_a_workerd_that_is_not_its_packages_says_to_install(root):
    install_workerd(root, "linux-64", "9.9.9")
    with pytest.raises(RuntimeProblem, match=r"workerd-linux-64 is installed as 9\.9\.9"):
        workerd_binary(root)


def test_pyodide_tells_its_platform_in_the_terms_of_wheels(root):
    platform = python_platform(root)
    assert (platform.version, platform.abi, platform.tag) == ("3.14", "cp314", "pyemscripten_2026_0_wasm32")


def test_a_pyodide_that_hides_its_platform_is_refused(root):
    write(root / "node_modules" / "pyodide" / "pyodide-lock.json", {})
    with pytest.raises(RuntimeProblem, match="no longer names its Python"):
        python_platform(root)
