"""What a worker needs before it serves, and the hosts that it answers for."""

import pytest

from ganger.configuration import missing
from ganger.errors import Misdirected
from ganger.hosts import refuse_foreign_host
from ganger.ratelimit import LIMITS, TIERS_OF_KIND, bindings_of

RING = "k1:" + "A" * 43
SECRETS = ("IDENTITY_KEYS", "MONITOR_TOKEN")


def lacks(environment="production", **values):
    bound = {limit.binding: object() for limit in LIMITS.values()}
    given = bound | {"IDENTITY_KEYS": RING, "MONITOR_TOKEN": "t" * 24} | values
    return missing(environment, SECRETS, bindings_of("staff"), given.get)


def test_a_worker_with_all_it_needs_lacks_nothing():
    assert lacks() == ()


@pytest.mark.parametrize("value", [None, "", "k1:short", "A" * 60, "k1:" + "A" * 20, f"{RING} k2:AAAA", 7])
def test_a_key_ring_that_is_missing_or_weak_is_named(value):
    assert lacks(IDENTITY_KEYS=value) == ("IDENTITY_KEYS",)


@pytest.mark.parametrize("value", [None, "t" * 23])
def test_a_token_that_is_missing_or_short_is_named(value):
    assert lacks(MONITOR_TOKEN=value) == ("MONITOR_TOKEN",)


def test_a_key_ring_may_hold_two_keys():
    assert lacks(IDENTITY_KEYS=f"{RING} k2:{'B' * 43}") == ()


def test_a_developer_may_leave_secrets_out_but_not_the_rate_limits():
    assert lacks("development", IDENTITY_KEYS=None) == ()
    assert lacks("development", LIMIT_READ=None) == ("LIMIT_READ",)


def test_every_kind_of_worker_has_its_tiers():
    assert {tier for tiers in TIERS_OF_KIND.values() for tier in tiers} == set(LIMITS)


OWN = "staff.example.test"


@pytest.mark.parametrize("host", [OWN, OWN.upper()])
def test_its_own_host_is_served(host):
    refuse_foreign_host(host, OWN, "production")


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.test",
        f"{OWN}.evil.test",
        f"{OWN}:8443",
        "localhost",
        "127.0.0.1:8787",
        "ganger-x",
        f"{OWN}.",
    ],
)
def test_any_other_host_is_refused_in_production(host):
    with pytest.raises(Misdirected):
        refuse_foreign_host(host, OWN, "production", "ganger-x")


@pytest.mark.parametrize(
    "host", ["localhost:8787", "127.0.0.1:1", "[::1]:80", "staff.localhost:8787", "ganger-x"]
)
def test_a_developers_machine_is_served_at_any_port(host):
    refuse_foreign_host(host, "staff.localhost", "development", "ganger-x")


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1.evil.test:80", "0.0.0.0:8787", "localhost:x"])
def test_a_developers_machine_refuses_other_hosts_too(host):
    with pytest.raises(Misdirected):
        refuse_foreign_host(host, "staff.localhost", "development")
