"""Location scoping, proved from the source: no store reads or writes practice data without a Scope.

Practice data are the tables that a migration gives a `location_id`, also one `from_` or `to_` somewhere, and
those whose rows belong to one of them. In a worker only its store may hold SQL. Every statement there that
names such a table says on the same level of the statement which locations it means, and every public function
that reaches such a statement, also through others, takes a Scope and uses it.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.build.project import files_under
from tools.registry import FOLDERS

# Reviewed: what may do without, and why. A folder, a module, or `module:name` for one text or function.
EXCEPTIONS: Mapping[str, str] = {
    "service_workers/auth/": "finds out which locations a person may see, and owns no practice data",
    "app_workers/handouts/store/outside.py": "one packet, for who holds its code or a link; no person asks",
    "service_workers/heavy/": "does what apps ask, which check who may see a job; no person reaches it",
    "service_workers/hubs/": "apps ask, each for its own messages; no person sees rows",
    "app_workers/inventory/store/movements.py:_AFTER_CURSOR": "where a cursor stands in time; shows no row",
    "app_workers/inventory/store/catalogue.py": "asks whether any is on hand anywhere; shows no row",
    "app_workers/inventory/store/importing.py": "asks whether any is on hand anywhere; shows no row",
    "app_workers/inventory/store/reconciling.py": "checks the whole ledger; no person sees its rows",
}

_CREATE = re.compile(r"CREATE TABLE(?: IF NOT EXISTS)? (\w+) \(", re.IGNORECASE)
_BELONGS = re.compile(r"^\s*\w+ TEXT NOT NULL REFERENCES (\w+)", re.IGNORECASE | re.MULTILINE)
_LOCATION_COLUMN = re.compile(r"^\s*(?:from_|to_)?location_id\b", re.IGNORECASE | re.MULTILINE)
_MENTION = re.compile(r"\b(FROM|JOIN|INTO|UPDATE)\s+(\w+)", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:from_|to_)?location_id\s*(?:=|IN\b)", re.IGNORECASE)
_SUBQUERY = re.compile(r"\(\s*(?:SELECT|WITH)\b", re.IGNORECASE)
_SET_OPERATION = re.compile(r"\b(?:UNION(?:\s+ALL)?|INTERSECT|EXCEPT)\b", re.IGNORECASE)
_COLUMNS = re.compile(r"\bINTO\s+\w+\s*\(([^)]*)\)", re.IGNORECASE)

Name = tuple[str, str]  # module and what it names at its top level


@dataclass(frozen=True, slots=True)
class _Definition:
    """A text or a function at the top of a module."""

    path: str
    name: str
    node: ast.stmt
    texts: tuple[str, ...]
    uses: tuple[Name, ...] = field(default=())


def read_migrations(root: Path) -> list[str]:
    """The text of every migration of the platform and its workers."""
    folders = [root / name for name in ("ganger", *FOLDERS.values())]
    return [path.read_text() for folder in folders for path in files_under(folder) if path.suffix == ".sql"]


def practice_tables(migrations: Iterable[str]) -> frozenset[str]:
    """The tables with a `location_id`, and those whose rows cannot be without a row of one of them."""
    bodies = dict(pair for text in migrations for pair in _tables(_without_comments(text)))
    found = {name for name, body in bodies.items() if _LOCATION_COLUMN.search(body)}
    while True:
        parts = {name for name, body in bodies.items() if found & set(_BELONGS.findall(body))}
        if parts <= found:
            return frozenset(found)
        found |= parts


def scoping_problems(sources: Mapping[str, str], tables: frozenset[str]) -> list[str]:
    """Say where practice data is read or written without a Scope; none when all is well.

    Args:
        sources: path -> text of every module of the library and the workers.
        tables: practice data, as `practice_tables` gives them.
    """
    workers = {path: text for path, text in sources.items() if path.partition("/")[0] in FOLDERS.values()}
    definitions = {
        (_module(path), each.name): each
        for path, text in workers.items()
        for each in _definitions(path, text)
    }
    touching = _touching(definitions, tables)
    used: set[str] = set()
    problems = []
    for name, each in definitions.items():
        found = [*_text_problems(each, tables), *(_function_problems(each) if name in touching else ())]
        excuse = _excuse(each)
        if found and excuse:
            used.add(excuse)
        elif found:
            problems += [f"{each.path}:{each.node.lineno} {each.name}: {problem}" for problem in found]
    problems += [f"tools/scoping.py: {excuse} needs no exception." for excuse in EXCEPTIONS.keys() - used]
    return problems


def statement_problems(sql: str, tables: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong with one SQL text, level by level: a subquery stands for itself."""
    for level in _levels(sql):
        mentioned = {(verb.upper(), table) for verb, table in _MENTION.findall(level) if table in tables}
        written = {table for verb, table in mentioned if verb == "INTO"}
        read = {table for verb, table in mentioned if verb != "INTO"}
        columns = _COLUMNS.search(level)
        if written and columns and "location_id" not in columns[1] and not _CONDITION.search(level):
            yield f"{', '.join(sorted(written))} gets rows without a location_id"
        if read and not _CONDITION.search(level):
            yield f"{', '.join(sorted(read))} without a condition on location_id"


def _tables(text: str) -> Iterator[tuple[str, str]]:
    for match in _CREATE.finditer(text):
        yield match[1], text[match.end() : _closing(text, match.end() - 1)]


def _closing(text: str, opening: int) -> int:
    """Where the parenthesis that opens there is closed."""
    depth = 0
    for position in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return len(text)


def _without_comments(text: str) -> str:
    return re.sub(r"--.*", "", text)


def _levels(sql: str) -> Iterator[str]:
    """The statement without its subqueries, and each of these likewise; parts of a UNION are levels too."""
    rest = sql
    while (match := _SUBQUERY.search(rest)) is not None:
        end = _closing(rest, match.start())
        yield from _levels(rest[match.start() + 1 : end])
        rest = f"{rest[: match.start()]} … {rest[end + 1 :]}"
    yield from _SET_OPERATION.split(rest)


def _text_problems(each: _Definition, tables: frozenset[str]) -> Iterator[str]:
    for text in each.texts:
        if not _names_any(text, tables):
            continue
        if _is_store(each.path):
            yield from statement_problems(text, tables)
        elif not _is_demo(each.path):
            yield "SQL on practice data stands outside the store"


def _function_problems(each: _Definition) -> Iterator[str]:
    node = each.node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or each.name.startswith("_"):
        return
    if not _is_store(each.path):
        return
    scopes = [arg.arg for arg in (*node.args.args, *node.args.kwonlyargs) if _is_scope(arg.annotation)]
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    if not scopes:
        yield "reaches practice data and takes no Scope"
    elif not names & set(scopes):
        yield "takes a Scope and does not use it"


def _is_scope(annotation: ast.expr | None) -> bool:
    return annotation is not None and re.search(r"\bScope\b", ast.unparse(annotation)) is not None


def _touching(definitions: Mapping[Name, _Definition], tables: frozenset[str]) -> set[Name]:
    """What names practice data in its own texts or uses something that does."""
    found = {
        name for name, each in definitions.items() if any(_names_any(text, tables) for text in each.texts)
    }
    while True:
        users = {name for name, each in definitions.items() if found & set(each.uses)}
        if users <= found:
            return found
        found |= users


def _names_any(text: str, tables: frozenset[str]) -> bool:
    # `insert("table", …)` names the table alone.
    return text in tables or any(table in tables for _, table in _MENTION.findall(text))


def _definitions(path: str, text: str) -> Iterator[_Definition]:
    tree = ast.parse(text)
    names = _imported(tree) | {name: (_module(path), name) for name in _top_level(tree)}
    for node in _statements(tree):
        uses = tuple(
            names[inner.id] for inner in ast.walk(node) if isinstance(inner, ast.Name) and inner.id in names
        )
        texts = tuple(_texts(node))
        for name in _bound(node):
            yield _Definition(
                path, name, node, texts, tuple(use for use in uses if use != (_module(path), name))
            )


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Top-level statements, and the methods of classes."""
    for node in tree.body:
        yield from node.body if isinstance(node, ast.ClassDef) else (node,)


def _top_level(tree: ast.Module) -> list[str]:
    return [name for node in tree.body for name in _bound(node)]


def _bound(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _imported(tree: ast.Module) -> dict[str, Name]:
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def _texts(node: ast.stmt) -> Iterator[str]:
    """The texts in a statement; what an f-string puts in reads `{}`."""
    inside: set[int] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.JoinedStr):
            inside |= {id(part) for part in inner.values}
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in inner.values
            )
        elif isinstance(inner, ast.Constant) and isinstance(inner.value, str) and id(inner) not in inside:
            yield inner.value


def _excuse(each: _Definition) -> str | None:
    places = (f"{each.path}:{each.name}", each.path)
    return next(
        (key for key in EXCEPTIONS if key in places or (key.endswith("/") and each.path.startswith(key))),
        None,
    )


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _is_store(path: str) -> bool:
    return any(part in ("store", "store.py") for part in path.split("/")[2:])


def _is_demo(path: str) -> bool:
    return any(re.fullmatch(r"demo|demo(_\w+)?\.py", part) for part in path.split("/")[2:])
