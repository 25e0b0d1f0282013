"""The built folders of an environment, as deliveries know them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.build import BuiltWorker, build
from tools.build.folder import read_stamp
from tools.build.jsonc import read_jsonc
from tools.deploy.order import in_order
from tools.deploy.problems import DeployProblem
from tools.deploy.versions import tag_of
from tools.registry import Worker

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Release:
    """One worker as it is built for an environment."""

    worker: Worker
    folder: Path
    name: str  # by which Cloudflare knows the worker in this environment
    tag: str  # stands for what the folder holds


def releases(ids: Iterable[str], environment: str, say: Say) -> list[Release]:
    """Build the named workers, or all; in the order in which they go out.

    Raises:
        BuildError: a worker does not build.
        RegistryError: an id is unknown.
    """
    built = {each.worker.id: each for each in build(ids, environment, say)}
    return [_release(built[worker.id]) for worker in in_order(each.worker for each in built.values())]


def _release(built: BuiltWorker) -> Release:
    stamp = read_stamp(built.folder)
    if stamp is None:
        raise DeployProblem(f"{built.folder} is being built by somebody else.")
    name = str(read_jsonc(built.folder / "wrangler.jsonc")["name"])
    return Release(built.worker, built.folder, name, tag_of(stamp.content))
