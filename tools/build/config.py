"""The wrangler configuration of one worker in one environment: complete, flat and without `env` blocks.

wrangler/base.jsonc holds what all workers share, wrangler/<id>.jsonc what one needs besides, and the
registry the rest. In the sources a service binding and a Durable Object name another worker by its
registry id; databases, queues and the like have their production name, and variables that end in `_ORIGIN`
the origin of one of our hosts in production.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from ganger.assets import PRIVATE
from ganger.ratelimit import LIMITS, TIERS_OF_KIND
from tools.build.entry import main_name
from tools.build.environments import Environment
from tools.build.errors import BuildError
from tools.build.jsonc import Config
from tools.registry import Kind, Registry, RegistryError, Worker

_ORIGIN, _TLS = "_ORIGIN", "https://"
MIGRATIONS = "migrations"
ASSETS = "assets"

# What a source may not set, for it follows from the registry or from the worker's files.
OWNED = ("name", "main", "compatibility_date", "route", "routes", "assets", "env", "ratelimits")
# Names that each environment has for itself: path of a list -> keys in its entries.
_NAMED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("d1_databases",), ("database_name",)),
    (("queues", "producers"), ("queue",)),
    (("queues", "consumers"), ("queue", "dead_letter_queue")),
    (("r2_buckets",), ("bucket_name",)),
    (("analytics_engine_datasets",), ("dataset",)),
)
# References to other workers: path of a list -> key that holds a registry id.
_REFERENCES = ((("services",), "service"), (("durable_objects", "bindings"), "script_name"))


@dataclass(frozen=True, slots=True)
class Assets:
    """Which files stand beside a worker: such as browsers fetch, and such as it alone reads."""

    are_public: bool
    are_private: bool


def merged(base: Config, over: Mapping[str, object], path: str = "") -> Config:
    """Return `base` with `over` laid on it: dicts merge, lists concatenate, scalars give way.

    Raises:
        BuildError: the two disagree whether a value is a dict, a list or a scalar.
    """
    result = deepcopy(base)
    for key, value in over.items():
        place = f"{path}.{key}" if path else key
        present = result.get(key)
        if present is None:
            result[key] = deepcopy(value)
        elif isinstance(present, dict) and isinstance(value, dict):
            result[key] = merged(present, value, place)
        elif isinstance(present, list) and isinstance(value, list):
            result[key] = [*present, *deepcopy(value)]
        elif isinstance(present, dict | list) or isinstance(value, dict | list):
            raise BuildError(f"{place} is of two kinds: {type(present).__name__} and {type(value).__name__}.")
        else:
            result[key] = value
    return result


def worker_config(
    worker: Worker, registry: Registry, environment: Environment, base: Config, own: Config, assets: Assets
) -> Config:
    """Return the whole configuration.

    Args:
        base: content of wrangler/base.jsonc.
        own: content of wrangler/<id>.jsonc.
        assets: the files beside the worker.
    Raises:
        BuildError: a source sets what the registry owns, names an unknown worker or host, or does not merge.
    """
    _refuse_owned(worker, own)
    shared = merged(base, {"compatibility_flags": [*environment.compatibility_flags]})
    if worker.kind is Kind.ROUTER:
        shared["services"] = _mounted(registry)
    config = merged(shared, own)
    _name_resources(config, environment)
    _name_workers(config, registry, environment)
    _place_databases(config, environment)
    _place_origins(config, registry, environment)
    platform = registry.platform
    facts: Config = {
        "name": environment.named(worker.name),
        "main": f"src/{main_name(worker)}.py",
        "compatibility_date": platform.compatibility_date,
    }
    host = platform.staff_host if worker.kind is Kind.ROUTER else worker.host
    if host is not None and not environment.is_local:
        facts["routes"] = [{"pattern": environment.host(host), "custom_domain": True}]
    limits = _rate_limits(worker, environment)
    if limits:
        facts["ratelimits"] = limits
    # The worker reads private files by its binding; who asks for them from outside asks the worker.
    private = {"binding": "ASSETS", "run_worker_first": [f"{PRIVATE}/*"]} if assets.are_private else {}
    if assets.are_public or assets.are_private:
        facts["assets"] = {"directory": ASSETS, **private}
    return merged(facts | config, {"vars": {"ENVIRONMENT": environment.name}})


def migrations_folder(worker: Worker, own: Config) -> str | None:
    """The source folder of the worker's migrations, relative to the repository; None without a database.

    Raises:
        BuildError: there is more than one database, for the built folder has room for one set.
    """
    databases = list(_entries(own, ("d1_databases",)))
    if len(databases) > 1:
        raise BuildError(f"wrangler/{worker.id}.jsonc binds more than one database.")
    if not databases:
        return None
    return str(databases[0].get("migrations_dir", f"{worker.package.replace('.', '/')}/{MIGRATIONS}"))


def _refuse_owned(worker: Worker, own: Config) -> None:
    found = [key for key in OWNED if key in own]
    variables = own.get("vars")
    if isinstance(variables, dict) and "ENVIRONMENT" in variables:
        found.append("vars.ENVIRONMENT")
    if found:
        raise BuildError(f"wrangler/{worker.id}.jsonc sets {', '.join(found)}, which the build derives.")
    if worker.kind is Kind.PATIENT and "d1_databases" in own:
        raise BuildError(f"wrangler/{worker.id}.jsonc binds a database, which no patient worker may.")


def _name_resources(config: Config, environment: Environment) -> None:
    for path, keys in _NAMED:
        for entry in _entries(config, path):
            entry.update({key: environment.named(str(entry[key])) for key in keys if key in entry})


def _name_workers(config: Config, registry: Registry, environment: Environment) -> None:
    for path, key in _REFERENCES:
        for entry in _entries(config, path):
            if key in entry:
                entry[key] = _known(str(entry[key]), registry, environment)


def _known(worker_id: str, registry: Registry, environment: Environment) -> str:
    try:
        (worker,) = registry.select([worker_id])
    except RegistryError as error:
        raise BuildError(f"A binding names a worker by its registry id. {error}") from error
    return environment.named(worker.name)


def _mounted(registry: Registry) -> list[Config]:
    """The router reaches every staff app, and the one service that signs people in."""
    workers = [*registry.of_kind(Kind.STAFF), registry.workers["auth"]]
    return [{"binding": worker.binding, "service": worker.id} for worker in workers]


def _rate_limits(worker: Worker, environment: Environment) -> list[Config]:
    """The counters of the worker's tiers; workers of one environment share each, so a person counts once."""
    numbers = {tier: environment.rate_limits + number for number, tier in enumerate(LIMITS, start=1)}
    return [
        {
            "name": LIMITS[tier].binding,
            "namespace_id": str(numbers[tier]),
            "simple": {"limit": LIMITS[tier].requests, "period": LIMITS[tier].period_s},
        }
        for tier in TIERS_OF_KIND[worker.kind]
    ]


def _place_databases(config: Config, environment: Environment) -> None:
    """Elsewhere Cloudflare finds a database by its name; locally its id names its file."""
    for database in _entries(config, ("d1_databases",)):
        database["migrations_dir"] = MIGRATIONS
        if environment.is_local:
            database["database_id"] = database["database_name"]


def _place_origins(config: Config, registry: Registry, environment: Environment) -> None:
    """Where our hosts are reached in this environment, for who writes their addresses down."""
    variables = config.get("vars")
    if not isinstance(variables, dict):
        return
    hosts = {registry.platform.staff_host, *(each.host for each in registry.workers.values() if each.host)}
    for name in [each for each in variables if each.endswith(_ORIGIN)]:
        host = str(variables[name]).removeprefix(_TLS)
        if variables[name] != _TLS + host or host not in hosts:
            raise BuildError(f"vars.{name} is {variables[name]}, which is none of our hosts.")
        variables[name] = environment.origin(host)


def _entries(config: Config, path: tuple[str, ...]) -> Iterator[Config]:
    """The objects in the list at a path, if it is there."""
    value: object = config
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, dict))
