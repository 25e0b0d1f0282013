# The module list that workerd reads as `pyodide_<version>.capnp.bin`. The field numbers are
# those of workerd's modules::ModuleBundle; only the fields that a Pyodide bundle uses are filled.
@0xc4a5f2e1d7b39086;

struct Bundle {
  modules @0 :List(Module);
}

struct Module {
  name @0 :Text;

  union {
    src @1 :Data;
    wasm @4 :Data;
    data @5 :Data;
    json @6 :Text;
  }

  type @2 :Type;
  tsDeclaration @3 :Text;
  compileCache @7 :Data;

  enum Type {
    bundle @0;
    builtin @1;
    internal @2;
  }
}
