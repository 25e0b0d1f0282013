"""Deployments by the real wrangler to an account on loopback."""

from typing import Any

import pytest

from tests.harness.cloudflare.account import Account
from tools.deploy import DeployProblem, changed, deploy, provision, roll_back
from tools.deploy.releases import Release, releases
from tools.registry import load_registry

pytestmark = pytest.mark.runtime

FIRST, SECOND = "1" * 40, "2" * 40
# One of each stage, in another order than theirs.
IDS = ["router", "batch", "reps-booking", "hubs"]
NAMES = {worker.id: worker.name for worker in load_registry().workers.values()}
IN_ORDER = [NAMES[worker_id] for worker_id in ("hubs", "batch", "reps-booking", "router")]


def deploy_all(commit: str, **options: Any) -> list[str]:
    return deploy(IDS, "production", commit, print, **({"only_changed": False} | options))


def answers_with(account: Account, release: Release, tag: str, commit: str) -> str:
    """Let a worker answer with a version that was deployed long ago; returns its id."""
    metadata = {
        "bindings": [],
        "compatibility_date": "2026-11-01",
        "annotations": {"workers/tag": tag, "workers/message": f"{commit} {release.worker.title}"},
    }
    version = account.upload(release.name, metadata, frozenset())
    account.deploy(release.name, version.id, version.message)
    account.uploads.clear()
    return version.id


@pytest.fixture
def deployed(account: Account) -> dict[str, str]:
    """All workers answer with what the source holds, but for batch and the router; version by id."""
    older = ("batch", "router")
    return {
        release.worker.id: answers_with(
            account, release, "older" if release.worker.id in older else release.tag, FIRST
        )
        for release in releases(IDS, "production", print)
    }


def test_workers_go_out_stage_by_stage_and_say_where_they_come_from(account):
    assert deploy_all(FIRST) == ["hubs", "batch", "reps-booking", "router"]
    assert account.uploads == IN_ORDER
    assert all(account.scripts[name].live.message.startswith(f"{FIRST} ") for name in IN_ORDER)
    router = account.scripts[NAMES["router"]]
    assert router.domains == ("staff.gangerdermatology.com",)
    assert len(router.crons) == 3
    assert "router_worker/worker.py" in router.live.modules


def test_only_what_changed_is_deployed(account, deployed):
    assert [release.worker.id for release in changed(IDS, "production", print)] == ["batch", "router"]
    assert deploy(["hubs", "batch"], "production", SECOND, print, only_changed=True) == ["batch"]
    assert account.uploads == [NAMES["batch"]]
    assert [release.worker.id for release in changed(IDS, "production", print)] == ["router"]


def test_what_went_out_before_a_worker_that_fails_is_taken_back(account, deployed):
    account.refused.add(NAMES["router"])
    with pytest.raises(DeployProblem, match="the script does not start") as raised:
        deploy_all(SECOND, only_changed=True)
    assert "batch is back to its version before." in str(raised.value)
    assert account.scripts[NAMES["batch"]].live.id == deployed["batch"]


def test_a_rollback_takes_back_what_a_commit_deployed_and_nothing_else(account, deployed):
    deploy(["batch"], "production", SECOND, print, only_changed=True)
    assert account.scripts[NAMES["batch"]].live.id != deployed["batch"]
    assert roll_back(IDS, "production", SECOND, print) == ["batch"]
    live = {worker_id: account.scripts[NAMES[worker_id]].live.id for worker_id in IDS}
    assert live == deployed


def test_migrations_reach_the_database_before_the_worker_and_only_once(account):
    deploy(["auth"], "production", FIRST, print, only_changed=False)
    deploy(["auth"], "production", SECOND, print, only_changed=False)
    (database,) = account.databases
    applied = database.run("SELECT name FROM d1_migrations_auth ORDER BY id")
    assert applied[0]["name"] == "0001_create_platform_tables.sql"
    assert len(applied) == len({row["name"] for row in applied})


def test_without_an_account_nothing_is_tried(monkeypatch):
    monkeypatch.delenv("CLOUDFLARE_API_TOKEN", raising=False)
    monkeypatch.setenv("CLOUDFLARE_ACCOUNT_ID", "0" * 32)
    with pytest.raises(DeployProblem, match="Set CLOUDFLARE_API_TOKEN first"):
        deploy_all(FIRST)


def test_a_wrong_token_is_told(account, monkeypatch):
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "wrong")
    with pytest.raises(DeployProblem, match=r"Cloudflare refuses .* with 401"):
        deploy_all(FIRST)


def test_a_worker_comes_with_its_secrets_and_with_no_other(account):
    secrets = {"IDENTITY_KEYS": "k1:abc", "AUDIT_KEYS": "k1:def"}
    deploy(["batch"], "production", FIRST, print, only_changed=False, secrets=secrets)
    bindings = account.scripts[NAMES["batch"]].live.metadata["bindings"]
    assert [each["name"] for each in bindings if each["type"] == "secret_text"] == ["IDENTITY_KEYS"]


def test_what_an_empty_account_lacks_is_created_once(account):
    account.databases.clear()
    assert "ganger-platform" in {resource.name for resource in provision("production", print)}
    assert provision("production", print) == []
