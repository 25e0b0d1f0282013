"""What a production build must not hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.build import build
from tools.local.keys import development_vars

pytestmark = pytest.mark.runtime


@pytest.fixture(scope="module")
def folders() -> list[Path]:
    """All workers built for production, offered the secrets of this machine."""
    return [built.folder for built in build([], "production", print, development_vars())]


def own_files(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (
            path for path in folder.rglob("*") if path.is_file() and "python_modules" not in path.parts
        )


def test_the_development_sign_in_is_in_no_bundle(folders):
    for path in own_files(folders):
        assert "development" not in path.name
        assert b"auth/development" not in path.read_bytes(), path


def test_no_bundle_holds_demo_data(folders):
    for path in own_files(folders):
        assert "demo" not in path.parts
        # The identifier of a demo person; names stand in the showcase's examples too.
        assert b"usr_pat" not in path.read_bytes(), path


def test_no_bundle_holds_a_secret(folders):
    secrets = [value.encode() for value in development_vars().values()]
    for path in own_files(folders):
        assert path.name != ".dev.vars"
        content = path.read_bytes()
        assert not any(secret in content for secret in secrets), path


def test_no_config_asks_for_the_development_runtime(folders):
    for folder in folders:
        config = (folder / "wrangler.jsonc").read_text()
        assert "python_workers_development" not in config
        assert "experimental" not in config
