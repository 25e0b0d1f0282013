"""Secrets: none in the repository, each declared once, and compared in constant time."""

import ast
import re
import subprocess

import pytest

from tools.build import read_sources
from tools.local.keys import development_vars
from tools.paths import ROOT
from tools.registry import load_registry

SECRETS = {name for worker in load_registry().workers.values() for name in worker.secrets}
_KEY_LIKE = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a cloud or repository token": re.compile(
        r"\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|AIza[\w-]{35}|GOCSPX-[\w-]{20})"
    ),
    "a signed token": re.compile(r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}"),
    "a ring of keys": re.compile(r"_KEYS\s*[=:]\s*[\"']?\w+:[\w-]{43}"),
    "a value of a secret": re.compile(r"\b[A-Z_]+_(?:KEY|SECRET|TOKEN)\s*=\s*[\"']?[\w-]{24,}"),
}
# What is compared in constant time: names of values that prove something.
_PROOFS = re.compile(r"^(mac|signature|given_secret|client_secret|secret|token|code|state|nonce|verifier)$")


def repository_files():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def readable(path):
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def test_no_file_of_the_repository_holds_a_key():
    found = [
        f"{path.relative_to(ROOT)}: {kind}"
        for path in repository_files()
        if path.name != "package-lock.json"
        for kind, pattern in _KEY_LIKE.items()
        if pattern.search(readable(path))
    ]
    assert found == []


def test_no_file_of_the_repository_holds_a_key_of_this_machine():
    values = [value for value in development_vars().values() if value]
    assert values
    assert not [path for path in repository_files() if any(value in readable(path) for value in values)]


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA PRIVATE " + "KEY-----",
        "SESSION_KEYS=k1:" + "A" * 43,
        "MONITOR_TOKEN='" + "a" * 24 + "'",
        "eyJ" + "a" * 30 + ".eyJ" + "b" * 30 + "." + "c" * 43,
    ],
)
def test_what_looks_like_a_key_would_be_found(text):
    assert any(pattern.search(text) for pattern in _KEY_LIKE.values())


def test_the_example_names_every_secret_and_holds_none():
    example = (ROOT / ".dev.vars.example").read_text()
    named = dict(re.findall(r'^([A-Z_]+)="(.*)"$', example, re.MULTILINE))
    assert named.keys() == SECRETS | {"ADMIN_ADDRESSES"}
    assert all("<" in named[name] for name in SECRETS)


def test_development_makes_only_secrets_that_a_worker_holds():
    assert development_vars().keys() <= SECRETS


def compared_plainly(source):
    """Comparisons by == or != in which a side is named like a proof; a literal is no secret."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
            continue
        sides = (node.left, *node.comparators)
        if any(isinstance(side, ast.Constant) for side in sides):
            continue
        names = [side.id if isinstance(side, ast.Name) else getattr(side, "attr", "") for side in sides]
        yield from (f"line {node.lineno}: {name}" for name in names if _PROOFS.match(name))


def test_proofs_are_compared_in_constant_time():
    # An app's own `state` or `code` is no proof; what the kernel, the router and identity hold is.
    found = {
        path: list(compared_plainly(text))
        for path, text in read_sources(ROOT).items()
        if path.startswith(("ganger/", "router_worker/", "service_workers/auth/"))
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_plain_comparison_would_be_found():
    assert list(compared_plainly("if given.mac == mac: pass"))
