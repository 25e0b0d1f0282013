import pytest

from tests.unit.tools.build.factories import make_environment, make_registry
from tools.build.config import Assets, merged, migrations_folder, worker_config
from tools.build.environments import Environment, environment_named
from tools.build.errors import BuildError
from tools.build.jsonc import Config, read_jsonc

STAGING = {"name": "staging", "suffix": "-staging"}
DEVELOPMENT = {"name": "development", "domain": "localhost", "is_local": True}


# What the tiers of a staff app are in the environment of the factories, whose namespaces begin after 30.
RATE_LIMITS = [
    {"name": "LIMIT_PUBLIC", "namespace_id": "32", "simple": {"limit": 600, "period": 60}},
    {"name": "LIMIT_READ", "namespace_id": "33", "simple": {"limit": 1200, "period": 60}},
    {"name": "LIMIT_WRITE", "namespace_id": "34", "simple": {"limit": 240, "period": 60}},
    {"name": "LIMIT_EXPORT", "namespace_id": "35", "simple": {"limit": 20, "period": 60}},
    {"name": "LIMIT_COMPUTE", "namespace_id": "36", "simple": {"limit": 60, "period": 60}},
]


def config_of(
    worker_id: str, own: Config, environment: Environment | None = None, has_assets: bool = False
) -> Config:
    registry = make_registry()
    base: Config = {"compatibility_flags": ["python_workers"], "workers_dev": False}
    place = environment or make_environment()
    return worker_config(
        registry.workers[worker_id], registry, place, base, own, Assets(has_assets, are_private=False)
    )


def test_dicts_merge_lists_concatenate_and_scalars_give_way():
    base = {"a": {"x": 1, "y": [1]}, "b": 1}
    assert merged(base, {"a": {"y": [2], "z": 3}, "b": 2}) == {"a": {"x": 1, "y": [1, 2], "z": 3}, "b": 2}
    assert base == {"a": {"x": 1, "y": [1]}, "b": 1}


def test_values_of_two_kinds_do_not_merge():
    with pytest.raises(BuildError, match=r"a\.b is of two kinds"):
        merged({"a": {"b": [1]}}, {"a": {"b": 1}})


def test_config_is_complete_and_flat():
    assert config_of("stock-room", {"observability": {"enabled": True}}, has_assets=True) == {
        "name": "ganger-stock-room",
        "main": "src/stock_room_main.py",
        "compatibility_date": "2026-11-01",
        "compatibility_flags": ["python_workers"],
        "workers_dev": False,
        "observability": {"enabled": True},
        "ratelimits": RATE_LIMITS,
        "assets": {"directory": "assets"},
        "vars": {"ENVIRONMENT": "production"},
    }


def test_worker_keeps_its_own_variables_and_flags():
    config = config_of("portal", {"vars": {"LEVEL": "2"}, "compatibility_flags": ["extra"]})
    assert config["vars"] == {"LEVEL": "2", "ENVIRONMENT": "production"}
    assert config["compatibility_flags"] == ["python_workers", "extra"]


@pytest.mark.parametrize(
    "key", ["name", "main", "compatibility_date", "routes", "assets", "env", "ratelimits"]
)
def test_what_the_registry_owns_may_not_be_set(key):
    with pytest.raises(BuildError, match=rf"portal\.jsonc sets {key}"):
        config_of("portal", {key: "x"})


def test_environment_variable_may_not_be_set():
    with pytest.raises(BuildError, match=r"vars\.ENVIRONMENT"):
        config_of("portal", {"vars": {"ENVIRONMENT": "x"}})


def test_origins_of_our_hosts_are_those_of_the_environment():
    own: Config = {"vars": {"SITE_ORIGIN": "https://leaflets.example.test"}}
    placed = [
        config_of("portal", own, make_environment(**facts))["vars"]["SITE_ORIGIN"]
        for facts in ({}, STAGING, DEVELOPMENT)
    ]
    assert placed == [
        "https://leaflets.example.test",
        "https://leaflets-staging.example.test",
        "http://leaflets.localhost",
    ]


@pytest.mark.parametrize(
    "origin", ["https://else.test", "http://leaflets.example.test", "leaflets.example.test"]
)
def test_an_origin_that_is_none_of_ours_does_not_build(origin):
    with pytest.raises(BuildError, match="none of our hosts"):
        config_of("portal", {"vars": {"SITE_ORIGIN": origin}})


def test_router_is_bound_to_every_staff_app_and_to_identity_and_to_what_it_asks_for():
    own: Config = {"services": [{"binding": "SESSIONS", "service": "auth", "entrypoint": "Sessions"}]}
    assert config_of("router", own, make_environment(**STAGING))["services"] == [
        {"binding": "PORTAL", "service": "ganger-portal-staging"},
        {"binding": "STOCK_ROOM", "service": "ganger-stock-room-staging"},
        {"binding": "AUTH", "service": "ganger-auth-staging"},
        {"binding": "SESSIONS", "service": "ganger-auth-staging", "entrypoint": "Sessions"},
    ]


def test_only_router_and_patient_workers_have_routes():
    staging = make_environment(**STAGING)
    assert config_of("router", {}, staging)["routes"] == [
        {"pattern": "staff-staging.example.test", "custom_domain": True}
    ]
    assert config_of("leaflets", {}, staging)["routes"] == [
        {"pattern": "leaflets-staging.example.test", "custom_domain": True}
    ]
    assert "routes" not in config_of("portal", {}, staging)
    assert "routes" not in config_of("auth", {}, staging)


def test_development_has_no_routes_and_carries_the_development_flags():
    config = config_of("router", {}, make_environment(**DEVELOPMENT))
    assert "routes" not in config
    assert config["compatibility_flags"] == ["python_workers", "python_workers_development", "experimental"]


def test_bindings_name_workers_by_id():
    own: Config = {
        "services": [{"binding": "PUBLIC", "service": "stock-room", "entrypoint": "Public"}],
        "durable_objects": {"bindings": [{"name": "HUB", "class_name": "Hub", "script_name": "portal"}]},
    }
    config = config_of("leaflets", own, make_environment(**STAGING))
    assert config["services"] == [
        {"binding": "PUBLIC", "service": "ganger-stock-room-staging", "entrypoint": "Public"}
    ]
    bindings = [{"name": "HUB", "class_name": "Hub", "script_name": "ganger-portal-staging"}]
    assert config["durable_objects"] == {"bindings": bindings}
    assert own["services"] == [{"binding": "PUBLIC", "service": "stock-room", "entrypoint": "Public"}]


def test_binding_to_an_unknown_worker_is_refused():
    with pytest.raises(BuildError, match="No such worker: ganger-portal"):
        config_of("leaflets", {"services": [{"binding": "X", "service": "ganger-portal"}]})


def test_databases_and_queues_have_the_environments_name():
    own: Config = {
        "d1_databases": [{"binding": "DB", "database_name": "ganger-platform", "migrations_dir": "x/y"}],
        "queues": {"consumers": [{"queue": "jobs", "dead_letter_queue": "dead"}]},
    }
    config = config_of("portal", own, make_environment(**STAGING))
    assert config["d1_databases"] == [
        {"binding": "DB", "database_name": "ganger-platform-staging", "migrations_dir": "migrations"}
    ]
    assert config["queues"] == {"consumers": [{"queue": "jobs-staging", "dead_letter_queue": "dead-staging"}]}


def test_local_database_has_a_stable_id():
    own: Config = {"d1_databases": [{"binding": "DB", "database_name": "ganger-platform"}]}
    (database,) = config_of("portal", own, make_environment(**DEVELOPMENT))["d1_databases"]
    assert database["database_id"] == "ganger-platform"


def test_patient_workers_may_not_bind_a_database():
    with pytest.raises(BuildError, match="no patient worker"):
        config_of("leaflets", {"d1_databases": []})


def test_migrations_lie_in_the_workers_folder_unless_it_says_otherwise():
    worker = make_registry().workers["stock-room"]
    assert migrations_folder(worker, {}) is None
    assert migrations_folder(worker, {"d1_databases": [{}]}) == "app_workers/stock_room/migrations"
    elsewhere: Config = {"d1_databases": [{"migrations_dir": "ganger/migrations"}]}
    assert migrations_folder(worker, elsewhere) == "ganger/migrations"
    with pytest.raises(BuildError, match="more than one database"):
        migrations_folder(worker, {"d1_databases": [{}, {}]})


def test_unknown_environment_is_refused():
    with pytest.raises(BuildError, match=r"No such environment: live\. Known: staging"):
        environment_named("live", {"staging": {}})


def test_environment_without_a_fact_is_refused():
    with pytest.raises(BuildError, match=r"environments\.jsonc: staging"):
        environment_named("staging", {"staging": {"suffix": ""}})


def test_development_hosts_take_another_domain():
    assert make_environment(**DEVELOPMENT).host("staff.example.test") == "staff.localhost"


def test_comments_and_strings_that_look_like_comments_are_told_apart(tmp_path):
    file = tmp_path / "a.jsonc"
    file.write_text('{"url": "https://a/*b*/", /* c */ "n": 1, // d\n}')
    assert read_jsonc(file) == {"url": "https://a/*b*/", "n": 1}


@pytest.mark.parametrize("text", ["{", "[1]"])
def test_source_that_is_no_object_is_refused(tmp_path, text):
    file = tmp_path / "a.jsonc"
    file.write_text(text)
    with pytest.raises(BuildError, match=r"a\.jsonc"):
        read_jsonc(file)


def test_missing_source_is_refused(tmp_path):
    with pytest.raises(BuildError, match=r"b\.jsonc is missing"):
        read_jsonc(tmp_path / "b.jsonc")


def test_every_worker_has_the_rate_limits_of_its_kind_and_environment():
    names = {
        worker_id: [limit["name"] for limit in config_of(worker_id, {}).get("ratelimits", [])]
        for worker_id in ("router", "leaflets", "auth")
    }
    assert names == {
        "router": [],
        "leaflets": ["LIMIT_PUBLIC"],
        "auth": ["LIMIT_SIGN_IN", "LIMIT_PUBLIC", "LIMIT_READ", "LIMIT_WRITE"],
    }
    (staging,) = config_of("leaflets", {}, make_environment(rate_limits=70))["ratelimits"]
    assert staging["namespace_id"] == "72"
