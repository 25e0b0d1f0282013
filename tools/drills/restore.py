"""Copy the database as operations do, read the copy into an empty one, and compare the two."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from app_workers.inventory.store.reconciling import DIFFERENCES
from ganger.audit_chain import verify
from ganger.db import Row, Statement
from ganger.tokens import KeyRing
from tools.audit import AUDIT_ROWS, AUDIT_SEALS
from tools.backups import BackupProblem, arrange_file
from tools.build import build
from tools.local.keys import development_vars
from tools.local.reading import reading
from tools.paths import NODE, WRANGLER
from tools.runtime import ensure_runtime

Say = Callable[[str], None]
# Table -> number of rows and their hash; index, view or trigger -> 0 and the hash of its text.
Contents = Mapping[str, tuple[int, str]]

_DATABASE = "ganger-platform"
_WITHIN_S = 300
_KEPT = "v3"  # the folder in which wrangler keeps what its `--persist-to` names
_OBJECTS = (
    "SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'"
)


def drill_restore(state: Path, folder: Path, say: Say) -> list[str]:
    """What is wrong with the database that a copy was read into.

    Args:
        state: the folder of a platform that does not run now.
        folder: an empty one.
    Raises:
        BackupProblem: the folder holds no database, or wrangler failed.
    """
    before, _ = _looked_at(state)
    config = _export_folder(state, folder)
    copy, ready, restored = folder / "backup.sql", folder / "restore.sql", folder / "restored"
    _wrangler(config, "export", "--output", str(copy))
    say(f"{arrange_file(copy, ready)} statements exported.")
    _wrangler(config, "execute", "--file", str(ready), "--persist-to", str(restored), "--yes")
    after, wrong = _looked_at(restored / _KEPT)
    say(f"{sum(rows for rows, _ in after.values())} rows of {len(after)} objects are in the new database.")
    return [*differing(before, after), *wrong]


def differing(before: Contents, after: Contents) -> list[str]:
    """What is in one database and not just so in the other."""
    names = sorted(before.keys() | after.keys())
    return [
        f"{name}: {before.get(name, (0, 'is not there'))} became {after.get(name, (0, 'is not there'))}"
        for name in names
        if before.get(name) != after.get(name)
    ]


def _looked_at(state: Path) -> tuple[Contents, list[str]]:
    """What the platform, started on a folder, finds there, and what of it is not as it should be.

    Raises:
        BackupProblem: there is no database of the platform.
    """
    if not (state / "d1").is_dir():
        raise BackupProblem(f"{state} holds no database.")
    with reading(state) as local:
        (objects,) = local.batch([Statement(_OBJECTS)])
        tables = [str(each["name"]) for each in objects if each["type"] == "table"]
        rows = local.batch([Statement(f'SELECT * FROM "{name}"') for name in tables])  # noqa: S608 - of the schema
        differences, audit, seals = local.batch(
            [Statement(sql) for sql in (DIFFERENCES, AUDIT_ROWS, AUDIT_SEALS)]
        )
    others = {str(each["name"]): (0, _hash([each])) for each in objects if each["type"] != "table"}
    contents = others | {name: (len(found), _hash(found)) for name, found in zip(tables, rows, strict=True)}
    altered = verify(audit, seals, KeyRing.parse(development_vars()["AUDIT_KEYS"]), {}, None)
    wrong = [f"The ledger differs: {row}" for row in differences]
    return contents, wrong + [f"The audit log: {problem}" for problem in altered]


def _hash(rows: Sequence[Row]) -> str:
    """One for the same rows, in whatever order they come."""
    return sha256("\n".join(sorted(repr(sorted(row.items())) for row in rows)).encode()).hexdigest()


def _export_folder(state: Path, folder: Path) -> Path:
    """The configuration beside which wrangler finds a copy of the state: it exports from nowhere else."""
    (worker,) = build(["auth"], "development", _nothing, development_vars())
    place = folder / "exported"
    shutil.copytree(state / "d1", place / ".wrangler" / "state" / _KEPT / "d1")
    config = place / "wrangler.jsonc"
    shutil.copyfile(worker.folder / "wrangler.jsonc", config)
    return config


def _wrangler(config: Path, command: str, *options: str) -> None:
    runtime = ensure_runtime(_nothing)
    done = subprocess.run(  # noqa: S603 - our own program and folder
        [WRANGLER, "d1", command, _DATABASE, "--local", "-c", str(config), *options],
        cwd=config.parent,
        env=os.environ
        | {
            "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}",
            "MINIFLARE_WORKERD_PATH": str(runtime.workerd),
            "WRANGLER_SEND_METRICS": "false",
            "CI": "1",
        },
        capture_output=True,
        text=True,
        timeout=_WITHIN_S,
        check=False,
    )
    if done.returncode:
        raise BackupProblem(f"wrangler d1 {command} failed:\n{(done.stdout + done.stderr).strip()[-2000:]}")


def _nothing(_: object) -> None:
    """The drill speaks for itself."""
