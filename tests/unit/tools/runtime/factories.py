"""Valid records and texts, of which a test changes what matters to it."""

from tools.runtime.bundle import EXPORTED, REPLACEMENTS
from tools.runtime.lock import Wheel
from tools.runtime.versions import PythonPlatform


def make_loader() -> str:
    """A loader that contains every text that the bundle replaces."""
    return "\n".join([f"async function {EXPORTED}() {{}}", *(old for old, _ in REPLACEMENTS)])


def make_platform(**changes: str) -> PythonPlatform:
    return PythonPlatform(
        **({"version": "3.14", "abi": "cp314", "tag": "pyemscripten_2026_0_wasm32"} | changes)
    )


def make_wheel(**changes: object) -> Wheel:
    fields: dict[str, object] = {
        "name": "plain-things",
        "file": "plain_things-1.2-py3-none-any.whl",
        "sha256": "0" * 64,
        "needs": (),
    }
    return Wheel(**(fields | changes))  # type: ignore[arg-type]


def make_lock_text(**needs: list[str]) -> str:
    """A lock with one distribution for each keyword, which names its needs."""
    return "\n".join(
        f'[{name}]\nfile = "{name}-1.0-py3-none-any.whl"\nsha256 = "{"0" * 64}"\nneeds = {wanted}'
        for name, wanted in needs.items()
    )
