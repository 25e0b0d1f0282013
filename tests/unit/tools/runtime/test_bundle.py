import capnp
import pytest

from tests.unit.tools.runtime.factories import make_loader
from tools.runtime.bundle import EXPORTED, REPLACEMENTS, SCHEMA, encode, patch_loader
from tools.runtime.problems import RuntimeProblem


def test_patched_loader_takes_every_host_call_from_the_wrappers():
    patched = patch_loader(make_loader())
    assert patched.startswith("import { addEventListener, ")
    assert patched.endswith(f"export {{ {EXPORTED} }};\n")
    for old, new in REPLACEMENTS:
        assert new in patched
        assert old in new or old not in patched


@pytest.mark.parametrize("missing", [*(old for old, _ in REPLACEMENTS), EXPORTED])
def test_a_text_that_no_longer_matches_is_named_with_what_to_do(missing):
    with pytest.raises(RuntimeProblem, match="Run `npm install`") as raised:
        patch_loader(make_loader().replace(missing, ""))
    assert f"`{missing}`" in str(raised.value)


def test_encoded_bundle_reads_back_as_three_internal_modules():
    encoded = encode("export {}", b"\0asm", b"PK")
    with capnp.load(str(SCHEMA)).Bundle.from_bytes(encoded) as bundle:
        read = [(module.name, module.which(), str(module.type)) for module in bundle.modules]
        contents = [bytes(getattr(module, str(module.which()))) for module in bundle.modules]
    assert read == [
        ("pyodideRuntime-internal:pyodide.asm", "src", "internal"),
        ("pyodideRuntime-internal:pyodide.asm.wasm", "wasm", "internal"),
        ("pyodideRuntime-internal:python_stdlib.zip", "data", "internal"),
    ]
    assert contents == [b"export {}", b"\0asm", b"PK"]
