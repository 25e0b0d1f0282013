"""The security documents say what is so: files exist, tables agree with the registry and the code."""

import re
from itertools import chain

import pytest

from ganger.ratelimit import LIMITS
from tools.build.config import Assets, worker_config
from tools.build.environments import environment_named
from tools.build.jsonc import Config, read_jsonc
from tools.paths import ROOT
from tools.registry import Kind, Worker, load_registry

REGISTRY = load_registry()
SECURITY = (ROOT / "docs" / "security.md").read_text()
ASVS = ROOT / "docs" / "security" / "asvs.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in ASVS.read_text().splitlines()
    if re.match(r"\| \d", line)
]


def table_after(heading: str, text: str = SECURITY) -> dict[str, list[str]]:
    """The first table below a heading: first cell -> the other cells."""
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_requirement_names_a_test_that_exists_or_says_why_not(row):
    number, wording, how, proof = row
    assert wording and how
    files = re.findall(r"\]\((\.\./\.\./tests/[^)]+)\)", proof)
    assert all((ASVS.parent / file).is_file() for file in files), number
    assert files or proof.startswith("not met: ") or proof == "does not apply", number


def test_no_requirement_stands_twice_and_the_chapters_are_there():
    numbers = [row[0] for row in ROWS]
    assert len(set(numbers)) == len(numbers)
    chapters = {number.partition(".")[0] for number in numbers}
    assert chapters == {"1", "2", "3", "6", "7", "8", "9", "16"}


def config_of(worker: Worker) -> Config:
    production = environment_named("production", read_jsonc(ROOT / "wrangler" / "environments.jsonc"))
    base, own = (read_jsonc(ROOT / "wrangler" / f"{name}.jsonc") for name in ("base", worker.id))
    return worker_config(worker, REGISTRY, production, base, own, Assets(are_public=False, are_private=False))


def bindings(worker: Worker) -> list[str]:
    """What the worker's code can reach besides its rate limits, by the names of the bindings."""
    config = config_of(worker)
    queues = config.get("queues", {})
    durable = config.get("durable_objects", {})
    lists = [config.get(key, []) for key in ("d1_databases", "r2_buckets", "kv_namespaces", "services")]
    entries = [*chain.from_iterable(lists), *queues.get("producers", []), *durable.get("bindings", [])]
    return [str(entry.get("binding") or entry.get("name")) for entry in entries]


def quoted(names) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


@pytest.mark.parametrize(
    "worker",
    [worker for worker in REGISTRY.workers.values() if worker.in_service and worker.kind is not Kind.ROUTER],
    ids=lambda worker: worker.id,
)
def test_the_table_of_what_a_worker_reaches_is_true(worker):
    assert table_after("What each worker can reach")[worker.id] == [
        quoted(bindings(worker)),
        quoted(worker.secrets),
    ]


def test_the_router_reaches_the_staff_apps_identity_and_the_hubs_and_nothing_else():
    router = REGISTRY.workers["router"]
    apps = {worker.binding for worker in REGISTRY.of_kind(Kind.STAFF)}
    assert set(bindings(router)) == apps | {"AUTH", "AUTH_SESSIONS", "HUBS"}
    assert table_after("What each worker can reach")["router"][1] == quoted(router.secrets)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("staff apps not in service", Kind.STAFF),
        ("services not in service", Kind.SERVICE),
        ("patient workers", Kind.PATIENT),
    ],
)
def test_workers_that_are_not_in_service_reach_what_the_table_says(row, kind):
    for worker in REGISTRY.of_kind(kind):
        if not worker.in_service:
            expected = [quoted(bindings(worker)), quoted(worker.secrets)]
            assert table_after("What each worker can reach")[row] == expected, worker.id


def test_every_worker_in_service_stands_in_the_table():
    rows = table_after("What each worker can reach")
    assert {worker.id for worker in REGISTRY.workers.values() if worker.in_service} <= rows.keys()


def test_every_secret_has_its_line_of_rotation():
    named = set(re.findall(r"`([A-Z_]+)`", " ".join(table_after("Keys"))))
    assert named == {name for worker in REGISTRY.workers.values() for name in worker.secrets}


def test_the_table_of_rate_limits_is_true():
    rows = {
        tier.value: [
            "address" if limit.is_by_address else "person",
            f"{limit.requests * 60 // limit.period_s:,}",
        ]
        for tier, limit in LIMITS.items()
    }
    assert {tier: cells[:2] for tier, cells in table_after("Rate limits").items()} == rows
