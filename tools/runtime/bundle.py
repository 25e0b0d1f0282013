"""The Pyodide bundle that workerd runs Python workers on, built from the npm package `pyodide`.

workerd would download this file from a host of Cloudflare's. Under the compatibility flag
`python_workers_development` it reads it from a folder on disk instead, so that the package
registries are all that development and tests need. `pyodide.asm.mjs` is written for browsers and
Node; the replacements below hand its host calls to workerd's own wrappers.
"""

from pathlib import Path

from tools.runtime.problems import RuntimeProblem

SCHEMA = Path(__file__).with_name("pyodide_bundle.capnp")
FILE_NAME = "pyodide_dev.capnp.bin"

WRAPPERS = (
    "import { addEventListener, getRandomValues, location, monotonicDateNow, newWasmModule, "
    "patchedLoadLibData, wasmInstantiate } from 'pyodide-internal:builtin_wrappers';\n"
)
EXPORT = "\nexport { _createPyodideModule };\n"
# The name that EXPORT hands out, as the loader declares it.
EXPORTED = "_createPyodideModule"
# workerd forbids eval; each call that Emscripten leaves in must fail where it stands.
REFUSE_EVAL = "(() => {throw new Error('eval is not available in workers')})()"
LOAD_LIBRARY = (
    "const patched = patchedLoadLibData(Module, libName, flags.rpath);"
    "return flags.loadAsync ? Promise.resolve(patched) : patched;"
)

REPLACEMENTS = (
    ("new WebAssembly.Module", "newWasmModule"),
    ("WebAssembly.instantiate", "wasmInstantiate"),
    ("Date.now", "monotonicDateNow"),
    ("crypto.getRandomValues(", "getRandomValues(Module, "),
    ("eval(func)", REFUSE_EVAL),
    ("eval(data)", REFUSE_EVAL),
    ("eval(UTF8ToString(ptr))", REFUSE_EVAL),
    ("function loadLibData(){", "function loadLibData(){" + LOAD_LIBRARY),
    ("getMemory(", "Module.getMemoryPatched(Module, libName, "),
)


def patch_loader(source: str) -> str:
    """Return the text of `pyodide.asm.mjs` as workerd needs it.

    Raises:
        RuntimeProblem: a text to replace is missing, so this pyodide was never tried.
    """
    for old, new in REPLACEMENTS:
        if old not in source:
            raise _unknown_loader(old)
        source = source.replace(old, new)
    if EXPORTED not in source:
        raise _unknown_loader(EXPORTED)
    return WRAPPERS + source + EXPORT


def encode(loader: str, wasm: bytes, stdlib: bytes) -> bytes:
    """Return the three modules as one Cap'n Proto stream message."""
    # Imported here, because it takes longer than all else that a run with a warm cache does.
    import capnp

    schema = capnp.load(str(SCHEMA))
    message = schema.Bundle.new_message()
    contents = (
        ("pyodide.asm", "src", loader.encode()),
        ("pyodide.asm.wasm", "wasm", wasm),
        ("python_stdlib.zip", "data", stdlib),
    )
    modules = message.init("modules", len(contents))
    for module, (name, kind, content) in zip(modules, contents, strict=True):
        module.name = f"pyodideRuntime-internal:{name}"
        setattr(module, kind, content)
        module.type = "internal"
    encoded: bytes = message.to_bytes()
    return encoded


def build_bundle(pyodide: Path, folder: Path) -> None:
    """Write the bundle made from the npm package at `pyodide` into `folder`, under workerd's name for it."""
    loader = patch_loader((pyodide / "pyodide.asm.mjs").read_text())
    wasm = (pyodide / "pyodide.asm.wasm").read_bytes()
    stdlib = (pyodide / "python_stdlib.zip").read_bytes()
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(encode(loader, wasm, stdlib))


def _unknown_loader(missing: str) -> RuntimeProblem:
    return RuntimeProblem(
        f"pyodide.asm.mjs does not contain `{missing}`: the installed npm package pyodide is not the one "
        "that tools/runtime/bundle.py was written for. Run `npm install`; if package.json itself names a new "
        "pyodide, review REPLACEMENTS as docs/runtime.md describes."
    )
