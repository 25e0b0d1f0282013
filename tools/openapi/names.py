"""What an expression in the source of a function stands for, as far as annotations tell.

A value that is there before the function runs is that value: a class, a function, a constant. Of what a
request brings only the class is known.
"""

import ast
import builtins
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FunctionType, MethodType, ModuleType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Of:
    """Some value of this class."""

    cls: type


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is known of it."""


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Code:
    """A function as it is called: with the values that its closure and its object bring."""

    function: FunctionType
    owner: Of | None = None

    @classmethod
    def of(cls, value: object) -> "Code | None":
        """The code behind a function or a method; None behind anything else."""
        if isinstance(value, Code):
            return value
        if isinstance(value, MethodType) and isinstance(value.__func__, FunctionType):
            owner = value.__self__
            return cls(value.__func__, Of(owner if isinstance(owner, type) else type(owner)))
        return cls(value) if isinstance(value, FunctionType) else None

    @property
    def node(self) -> ast.AST | None:
        """The function's source; None of one that has none, as a dataclass's own."""
        code = self.function.__code__
        return _functions(code.co_filename).get(code.co_firstlineno)

    @property
    def returned(self) -> Any:
        """What it is annotated to return; None without a word."""
        return _hints(self.function).get("return")


@dataclass(frozen=True, slots=True)
class Names:
    """What the names in one function lead to."""

    code: Code
    known: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, code: Code) -> "Names":
        """The names of a function: of its closure, its parameters and its module."""
        function = code.function
        known: dict[str, object] = {**vars(builtins), **function.__globals__}
        known |= dict.fromkeys(function.__code__.co_varnames, UNKNOWN)
        known |= {name: _instance(hint) for name, hint in _hints(function).items() if name != "return"}
        if code.owner is not None and function.__code__.co_argcount:
            known[function.__code__.co_varnames[0]] = code.owner
        cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
        known |= {name: cell.cell_contents for name, cell in cells}
        return cls(code, known)

    def value(self, node: ast.AST) -> object:
        """What an expression stands for: a value, `Of` a class, `Code` of a method, or UNKNOWN."""
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                return self.known.get(node.id, UNKNOWN)
            case ast.Attribute():
                return _member(self.value(node.value), node.attr)
            case ast.Await():
                return self.value(node.value)
            case ast.Call():
                return _result(self.value(node.func))
        return UNKNOWN


def _result(callee: object) -> object:
    if isinstance(callee, type):
        return Of(callee)
    code = Code.of(callee)
    return _instance(code.returned) if code else UNKNOWN


def _member(value: object, name: str) -> object:
    if isinstance(value, Unknown):
        return UNKNOWN
    if not isinstance(value, Of):
        return getattr(value, name, UNKNOWN) if isinstance(value, type | ModuleType) else UNKNOWN
    found = inspect.getattr_static(value.cls, name, None)
    if isinstance(found, property) and isinstance(found.fget, FunctionType):
        return _instance(Code(found.fget).returned)
    if isinstance(found, FunctionType):
        return Code(found, value)
    if isinstance(found, classmethod):
        return getattr(value.cls, name)
    return _instance(_hints(value.cls).get(name))


def _instance(hint: Any) -> object:
    """Some value of an annotation's class; of a choice, of the one that is not None."""
    choices = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    classes = [get_origin(each) or each for each in choices if each not in (None, NoneType)]
    return Of(classes[0]) if len(classes) == 1 and isinstance(classes[0], type) else UNKNOWN


@cache
def _hints(of: Any) -> dict[str, Any]:
    try:
        return get_type_hints(of)
    except (NameError, TypeError):  # names for the type checker alone
        return {}


@cache
def _functions(file: str) -> dict[int, ast.AST]:
    """The functions of a file by the number of their first line."""
    if not Path(file).is_file():
        return {}
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    tree = ast.walk(ast.parse(Path(file).read_text()))
    found = [node for node in tree if isinstance(node, kinds)]
    return {min(part.lineno for part in (node, *node.decorator_list)): node for node in found}
