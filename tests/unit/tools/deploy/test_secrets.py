"""The file of secrets, and what of it a worker is given."""

import json

import pytest

from tools.deploy.problems import DeployProblem
from tools.deploy.secrets import read_secrets, secrets_of
from tools.registry import load_registry

INVENTORY = load_registry().workers["inventory"]


def test_lines_are_names_and_values(tmp_path):
    file = tmp_path / "secrets"
    file.write_text("# made by hand\n\nIDENTITY_KEYS=k1:abc=\nMONITOR_TOKEN = t\n")
    assert read_secrets(file) == {"IDENTITY_KEYS": "k1:abc=", "MONITOR_TOKEN": "t"}


def test_a_name_without_a_value_is_told(tmp_path):
    file = tmp_path / "secrets"
    file.write_text("IDENTITY_KEYS=\n")
    with pytest.raises(DeployProblem, match="IDENTITY_KEYS has no value"):
        read_secrets(file)


def test_a_worker_is_given_its_own_secrets_alone_in_a_file_for_nobody_else():
    with secrets_of(INVENTORY, {"IDENTITY_KEYS": "k1:abc", "AUDIT_KEYS": "k1:def"}) as file:
        assert json.loads(file.read_text()) == {"IDENTITY_KEYS": "k1:abc"}
        assert file.stat().st_mode & 0o077 == 0
    assert not file.exists()


def test_a_worker_without_one_of_its_secrets_does_not_go_out():
    with pytest.raises(DeployProblem, match="inventory needs IDENTITY_KEYS"), secrets_of(INVENTORY, {}):
        pass
