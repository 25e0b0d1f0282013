"""Wheels from PyPI, checked against the lock and unpacked down to what a worker needs."""

import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

from tools.runtime.lock import Lock, Wheel, normalise
from tools.runtime.problems import RuntimeProblem
from tools.runtime.versions import PythonPlatform

UNUSED_FOLDERS = frozenset({"__pycache__", "tests"})
UNUSED_SUFFIXES = frozenset({".c", ".dll", ".dylib", ".pyc", ".pyd", ".pyi"})
UNUSED_NAMES = frozenset({"py.typed"})
# Parts that are for others than workers: pydantic's own predecessor, and its plug-in for mypy.
UNUSED_PARTS = ("pydantic/v1/", "pydantic/mypy.py")
ZONES = "tzdata/zoneinfo/"


def is_kept(path: str, time_zone: str) -> bool:
    """Whether a worker needs this file of a wheel.

    The metadata (`*.dist-info`) is not needed: nothing that we lock asks for its own version when a
    worker runs. A `.pth` file is: the one of the workers SDK makes pydantic importable at all.

    Args:
        path: the file's name inside the wheel.
        time_zone: the only zone whose data is kept, such as America/Detroit.
    """
    file = PurePosixPath(path)
    if file.parts[0].endswith((".dist-info", ".data")) or UNUSED_FOLDERS.intersection(file.parts):
        return False
    if file.suffix in UNUSED_SUFFIXES or file.name in UNUSED_NAMES or path.startswith(UNUSED_PARTS):
        return False
    if file.suffix == ".so":
        return "emscripten" in file.name
    if path.startswith(ZONES):
        # zoneinfo finds a zone through the packages around it: tzdata.zoneinfo.America.
        zone = PurePosixPath(ZONES + time_zone)
        return file == zone or (file.name == "__init__.py" and file.parent in zone.parents)
    return file != PurePosixPath("tzdata/zones")


def fetch_wheels(lock: Lock, platform: PythonPlatform, folder: Path) -> None:
    """Make `folder` hold the wheels of the lock, and no others.

    Raises:
        RuntimeProblem: pip cannot get one, or one is not the file that the lock names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {path.name for path in folder.iterdir()} - {wheel.file for wheel in lock.values()}:
        (folder / stale).unlink()
    missing = [wheel for wheel in lock.values() if not (folder / wheel.file).is_file()]
    if missing:
        _download(missing, platform, folder)
    for wheel in lock.values():
        check_wheel(wheel, folder / wheel.file)


def check_wheel(wheel: Wheel, file: Path) -> None:
    """Refuse a file that is not, byte for byte, the one that the lock names.

    Raises:
        RuntimeProblem: the file is missing or differs.
    """
    if not file.is_file():
        raise RuntimeProblem(
            f"pip found {wheel.name} {wheel.version}, but not as {wheel.file}. "
            "Correct the file name in tools/runtime/wheels.toml."
        )
    actual = hashlib.sha256(file.read_bytes()).hexdigest()
    if actual != wheel.sha256:
        raise RuntimeProblem(
            f"{wheel.file} has the SHA-256 {actual}, but tools/runtime/wheels.toml says {wheel.sha256}. "
            f"Delete {file} and run again; if it differs again, do not use it and find out why."
        )


def unpack_wheel(wheel: Wheel, file: Path, folder: Path, time_zone: str) -> None:
    """Unpack what a worker needs of the wheel into `folder`.

    Raises:
        RuntimeProblem: the wheel needs a distribution that the lock does not name among its needs.
    """
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        headers = HeaderParser().parsestr(archive.read(metadata).decode())
        check_needs(wheel, headers.get_all("Requires-Dist", []))
        archive.extractall(folder, [name for name in names if is_kept(name, time_zone)])


def check_needs(wheel: Wheel, required: Iterable[str]) -> None:
    """Refuse a wheel whose unconditional requirements are not all among its needs.

    Args:
        wheel: the lock's entry.
        required: the wheel's own `Requires-Dist` lines.
    Raises:
        RuntimeProblem: one is missing.
    """
    unconditional = {normalise(re.split(r"[^\w.-]", line)[0]) for line in required if ";" not in line}
    missing = sorted(unconditional - set(wheel.needs))
    if missing:
        raise RuntimeProblem(
            f"{wheel.file} needs {', '.join(missing)}. Add that to `needs` of {wheel.name} in "
            "tools/runtime/wheels.toml."
        )


def pip_platforms(wheels: Iterable[Wheel]) -> tuple[str, ...]:
    """Every platform tag that the wheels carry; the hash then decides which file pip takes."""
    return tuple(sorted({tag for wheel in wheels for tag in wheel.platforms} | {"any"}))


def _download(wheels: list[Wheel], platform: PythonPlatform, folder: Path) -> None:
    requirements = folder / "requirements.txt"
    lines = (f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}" for wheel in wheels)
    requirements.write_text("\n".join(lines))
    flags = [f"--platform={tag}" for tag in pip_platforms(wheels)]
    flags += [f"--python-version={platform.version}", f"--abi={platform.abi}", "--abi=none"]
    flags += [
        "--implementation=cp",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
        f"--dest={folder}",
    ]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", *flags]
    result = subprocess.run(  # noqa: S603 (our own command line)
        [*command, f"--requirement={requirements}"], capture_output=True, text=True, check=False
    )
    requirements.unlink()
    if result.returncode:
        raise download_problem(result.stderr.strip())


def download_problem(said: str) -> RuntimeProblem:
    """Tell a file that PyPI serves changed from one that cannot be had at all.

    Args:
        said: what pip wrote to its standard error.
    """
    if "DO NOT MATCH THE HASHES" in said:
        advice = (
            "A wheel differs from the one that tools/runtime/wheels.toml names, and was not used. Find out "
            "why before you change its sha256 there."
        )
    else:
        advice = (
            "pip could not get the wheels of tools/runtime/wheels.toml. Check the connection to PyPI and run "
            "again, or correct the file name there."
        )
    return RuntimeProblem(f"{advice} pip said:\n{said}")
