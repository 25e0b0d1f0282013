"""The lock `wheels.toml` as records, and the questions one can ask of it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.runtime.problems import RuntimeProblem
from tools.runtime.versions import PythonPlatform

LOCK = Path(__file__).with_name("wheels.toml")


@dataclass(frozen=True)
class Wheel:
    """One distribution of the lock."""

    name: str
    file: str
    sha256: str
    needs: tuple[str, ...]

    @property
    def version(self) -> str:
        """The second part of every wheel's file name."""
        return self.file.split("-")[1]

    @property
    def abi(self) -> str:
        """The ABI tag: `none` for pure Python."""
        return self.file.split("-")[-2]

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platform tags: `any` for pure Python."""
        return tuple(self.file.removesuffix(".whl").split("-")[-1].split("."))


Lock = Mapping[str, Wheel]


def normalise(name: str) -> str:
    """Return the name as PyPI compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parse_lock(text: str) -> Lock:
    """Read the text of a lock.

    Raises:
        RuntimeProblem: not TOML, a key is missing or too many, or a need has no table of its own.
    """
    try:
        lock = {
            name: Wheel(name=name, **(entry | {"needs": tuple(entry["needs"])}))
            for name, entry in tomllib.loads(text).items()
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise RuntimeProblem(
            f"Correct tools/runtime/wheels.toml, it is not as its head says: {error}."
        ) from error
    for wheel in lock.values():
        _require_known(lock, wheel.needs)
    return lock


def pinned() -> list[str]:
    """Every distribution of the lock as pip writes it: `jinja2==3.1.6`."""
    return [f"{wheel.name}=={wheel.version}" for wheel in parse_lock(LOCK.read_text()).values()]


def closure(lock: Lock, names: Iterable[str]) -> tuple[str, ...]:
    """Return the named distributions and all that they need, normalised and sorted.

    Raises:
        RuntimeProblem: a name is not in the lock.
    """
    found: set[str] = set()
    waiting = [normalise(name) for name in names]
    _require_known(lock, waiting)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(lock[name].needs)
    return tuple(sorted(found))


def check_platform(lock: Lock, platform: PythonPlatform) -> None:
    """Refuse a lock whose compiled wheels are not for the Python inside the installed pyodide.

    Raises:
        RuntimeProblem: a compiled wheel is for another Python or another platform.
    """
    for wheel in lock.values():
        is_for_pyodide = any(tag.startswith("pyemscripten") for tag in wheel.platforms)
        if is_for_pyodide and (wheel.abi, wheel.platforms) != (platform.abi, (platform.tag,)):
            raise RuntimeProblem(
                f"tools/runtime/wheels.toml names {wheel.file}, but the installed pyodide runs wheels for "
                f"{platform.abi}-{platform.tag}. Put the wheel for that platform there, or run `npm install` "
                "if package.json pins another pyodide."
            )


def _require_known(lock: Lock, names: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(lock))
    if unknown:
        raise RuntimeProblem(
            f"No such distribution in tools/runtime/wheels.toml: {', '.join(unknown)}. "
            "Add it there, or correct the name."
        )
