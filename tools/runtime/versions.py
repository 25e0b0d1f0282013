"""Which versions are installed, and whether they are the ones that belong together."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.runtime.problems import RuntimeProblem

# The npm packages that make up the runtime. Each was tried with the others, so package.json pins
# each exactly.
PACKAGES = ("miniflare", "pyodide", "workerd", "wrangler")


@dataclass(frozen=True)
class PythonPlatform:
    """The Python inside the installed pyodide, in the terms of wheel file names."""

    version: str  # 3.14
    abi: str  # cp314
    tag: str  # pyemscripten_2026_0_wasm32


def check_packages(root: Path) -> dict[str, str]:
    """Return the version of each package in PACKAGES.

    Raises:
        RuntimeProblem: one is not pinned, not installed or not of the pinned version.
    """
    pinned = _json(root / "package.json").get("devDependencies", {})
    return {name: require_pinned(name, pinned, _installed(root, name)) for name in PACKAGES}


def require_pinned(name: str, pinned: Mapping[str, str], installed: str | None) -> str:
    """Return the installed version, which must be exactly the pinned one.

    Raises:
        RuntimeProblem: it is not pinned, not installed or of another version.
    """
    if name not in pinned:
        raise RuntimeProblem(f"package.json does not pin {name}. Add it to devDependencies, exactly.")
    if installed is None:
        raise RuntimeProblem(f"The npm package {name} {pinned[name]} is not installed. Run `npm install`.")
    if installed != pinned[name]:
        raise RuntimeProblem(
            f"The npm package {name} is installed as {installed}, but package.json pins {pinned[name]}. "
            "Run `npm install`."
        )
    return installed


def workerd_binary(root: Path) -> Path:
    """Return the workerd program that npm installed for this machine.

    Raises:
        RuntimeProblem: npm installed none, or one that does not belong to the package workerd.
    """
    found = sorted((root / "node_modules" / "@cloudflare").glob("workerd-*/bin/workerd"))
    if len(found) != 1:
        raise RuntimeProblem(
            f"npm should have installed one workerd program for this machine, but there are {len(found)}. "
            "Run `npm install` without --omit=optional, on Linux or macOS."
        )
    package = found[0].parent.parent
    expected = {package.name: str(_json(root / "node_modules" / "workerd" / "package.json")["version"])}
    require_pinned(package.name, expected, _json(package / "package.json")["version"])
    return found[0]


def python_platform(root: Path) -> PythonPlatform:
    """Return what pyodide says of its own Python.

    Raises:
        RuntimeProblem: its lock file no longer tells.
    """
    info = _json(root / "node_modules" / "pyodide" / "pyodide-lock.json").get("info", {})
    if not {"python", "abi_version", "arch"} <= info.keys():
        raise RuntimeProblem(
            "pyodide-lock.json no longer names its Python and ABI. Run `npm install`; if package.json itself "
            "names a new pyodide, adapt tools/runtime/versions.py."
        )
    major, minor = info["python"].split(".")[:2]
    return PythonPlatform(
        version=f"{major}.{minor}",
        abi=f"cp{major}{minor}",
        tag=f"pyemscripten_{info['abi_version']}_{info['arch']}",
    )


def _installed(root: Path, name: str) -> str | None:
    manifest = root / "node_modules" / name / "package.json"
    return str(_json(manifest)["version"]) if manifest.is_file() else None


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    return content
