"""Build the workers that changed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.build.environments import Environment, environment_named
from tools.build.errors import BuildError
from tools.build.folder import Stamp, building_alone, read_stamp, write_folder, write_stamp
from tools.build.inputs import shared_inputs, worker_inputs
from tools.build.jsonc import read_jsonc
from tools.build.plan import digest, plan_worker
from tools.build.project import Project
from tools.paths import ROOT
from tools.registry import Worker, load_registry
from tools.runtime import distribution, ensure_runtime, requirements

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuiltWorker:
    """One worker's folder, ready for wrangler."""

    worker: Worker
    folder: Path
    changed: bool  # the content differs from the build before


def build(
    ids: Iterable[str],
    environment: str,
    report: Report,
    development_vars: Mapping[str, str] = {},
) -> tuple[BuiltWorker, ...]:
    """Build the named workers, or all, for one environment; what is up to date is left as it is.

    Args:
        ids: registry ids; none means all.
        environment: a name in wrangler/environments.jsonc.
        report: gets one line of progress at a time.
        development_vars: secrets for `.dev.vars`, which only development folders hold.
    Raises:
        BuildError: a worker does not build; those before it in the registry did.
        RegistryError: an id is unknown.
        RuntimeProblem: the vendored distributions could not be fetched.
    """
    return build_project(repository(report), ids, environment, report, development_vars)


def build_project(
    project: Project,
    ids: Iterable[str],
    environment: str,
    report: Report,
    development_vars: Mapping[str, str],
) -> tuple[BuiltWorker, ...]:
    """Build workers of one tree; see `build`."""
    workers = project.registry.select(ids)
    place = environment_named(environment, read_jsonc(project.wrangler / "environments.jsonc"))
    with building_alone(project.build):
        shared = shared_inputs(project)
        return tuple(_build(project, worker, place, shared, report, development_vars) for worker in workers)


def _build(
    project: Project,
    worker: Worker,
    environment: Environment,
    shared: str,
    report: Report,
    development_vars: Mapping[str, str],
) -> BuiltWorker:
    folder = project.built(worker, environment.name)
    inputs = worker_inputs(project, worker, environment, shared, development_vars)
    before = read_stamp(folder)
    if before is not None and before.inputs == inputs:
        return BuiltWorker(worker, folder, changed=False)
    try:
        plan = plan_worker(project, worker, environment, development_vars)
    except BuildError as error:
        raise BuildError(f"{worker.id}: {error}") from error
    stamp = Stamp(inputs, digest(plan))
    if before is not None and before.content == stamp.content:
        write_stamp(folder, stamp)
        return BuiltWorker(worker, folder, changed=False)
    write_folder(folder, plan, stamp)
    report(f"Built {worker.id} for {environment.name}.")
    return BuiltWorker(worker, folder, changed=True)


def repository(report: Report) -> Project:
    """This repository, whose distributions are fetched when a worker first asks for one."""

    def unpacked(name: str) -> Path:
        ensure_runtime(report)
        return distribution(name)

    def description(worker: Worker, environment: Environment) -> str | None:
        from tools.openapi import described_apart  # a build that is up to date needs none of it

        return described_apart(ROOT, worker, environment)

    return Project(ROOT, load_registry(), requirements, unpacked, description)
