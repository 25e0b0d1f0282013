"""Built folders on disk: swapped in whole, and stamped with what they were made from."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.build.plan import Plan

_STAMP = ".ganger-build.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a folder was made from, and what came out."""

    inputs: str  # digest of everything that may decide the content
    content: str  # digest of the content


def read_stamp(folder: Path) -> Stamp | None:
    """The stamp of a built folder; None if it was never built to the end."""
    try:
        return Stamp(**json.loads((folder / _STAMP).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write_stamp(folder: Path, stamp: Stamp) -> None:
    """Stamp a folder; a reader sees the old stamp or the new one."""
    fresh = folder / (_STAMP + ".new")
    fresh.write_text(json.dumps(asdict(stamp)))
    fresh.replace(folder / _STAMP)


def write_folder(folder: Path, plan: Plan, stamp: Stamp) -> None:
    """Put the planned files in place of the folder, all at once; the caller holds `building_alone`."""
    fresh, stale = (folder.with_name(f".{folder.name}.{state}") for state in ("new", "old"))
    # Left there by a process that was ended while building.
    for left in (fresh, stale):
        shutil.rmtree(left, ignore_errors=True)
    made: set[Path] = set()
    for place, content in plan.items():
        target = fresh / place
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        if isinstance(content, str):
            target.write_text(content)
        else:
            _copy(content, target, is_shared=place.startswith("python_modules/"))
    write_stamp(fresh, stamp)
    if folder.exists():
        folder.rename(stale)
    fresh.rename(folder)
    shutil.rmtree(stale, ignore_errors=True)


@contextmanager
def building_alone(build: Path) -> Iterator[None]:
    """Hold the lock that lets one process at a time write built folders."""
    build.mkdir(parents=True, exist_ok=True)
    with (build / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _copy(source: Path, target: Path, is_shared: bool) -> None:
    """Copy a file; one that never changes in place, as in the cache, is linked where the disk can."""
    if is_shared:
        try:
            os.link(source, target)
            return
        except OSError:
            pass
    shutil.copyfile(source, target)
