"""The files of vendored distributions that a worker uploads."""

from collections.abc import Iterable
from pathlib import Path

from tools.build.errors import BuildError
from tools.build.project import files_under

# Only type checkers and installers read these.
_UNUSED_SUFFIXES = (".pyi", ".pyc")
_UNUSED_NAMES = ("py.typed",)
_UNUSED_FOLDERS = (".dist-info", ".data")


def vendored_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return path in `python_modules` -> source, for unpacked distributions.

    Raises:
        BuildError: two distributions hold the same file.
    """
    files: dict[str, Path] = {}
    for folder in folders:
        for path in files_under(folder):
            place = path.relative_to(folder)
            if place.parts[0].endswith(_UNUSED_FOLDERS) or _is_unused(path):
                continue
            if place.as_posix() in files:
                raise BuildError(f"Two distributions hold {place}: {files[place.as_posix()]} and {path}.")
            files[place.as_posix()] = path
    return files


def top_level_modules(files: Iterable[str]) -> frozenset[str]:
    """The names by which the files can be imported."""
    return frozenset(file.partition("/")[0].removesuffix(".py") for file in files)


def _is_unused(path: Path) -> bool:
    return path.suffix in _UNUSED_SUFFIXES or path.name in _UNUSED_NAMES
