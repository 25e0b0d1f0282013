"""A description of an API (OpenAPI 3.1) in the parts that a page shows. Pure rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
_BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minLength": "from {} characters",
    "maxLength": "to {} characters",
    "minItems": "from {} entries",
    "maxItems": "to {} entries",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter, or one field of a record."""

    name: str
    kind: str  # what it holds, in words
    is_required: bool
    description: str
    place: str = ""  # of a parameter: path, query or header
    example: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One status with what comes with it; `codes` are those of a refusal, each with its sentence."""

    status: str
    kind: str
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address; `schemas` are what it takes and answers."""

    id: str
    method: str
    path: str
    summary: str
    permission: str
    parameters: tuple[Field, ...]
    body: str
    answers: tuple[Answer, ...]
    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class RecordShape:
    """One record with its fields; of a list of values these, and no fields."""

    name: str
    description: str
    fields: tuple[Field, ...]
    values: tuple[str, ...]


def operations(document: Schema) -> list[Operation]:
    """Every operation, in the order of paths."""
    mount = document["servers"][0]["url"].rstrip("/")
    return [
        _operation(document, method, mount + path, found)
        for path, methods in document["paths"].items()
        for method, found in methods.items()
    ]


def records_of(document: Schema, operation: Operation) -> list[RecordShape]:
    """The records that an operation takes and answers, and all that stands in them."""
    schemas = document["components"]["schemas"]
    names: dict[str, None] = {}
    waiting = [name for schema in operation.schemas for name in _named(schema)]
    while waiting:
        name = waiting.pop(0)
        if name not in names:
            names[name] = None
            waiting += _named(schemas[name])
    return [_record(name, schemas[name]) for name in names]


def kind_of(schema: Schema) -> str:
    """What a schema asks for, in words: `text, to 40 characters`, `list of Order`."""
    if "$ref" in schema:
        return _name(schema)
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return " or ".join(kind_of(each) for each in schema[choice])
    if "enum" in schema or "const" in schema:
        return " or ".join(f"“{each}”" for each in schema.get("enum", [schema.get("const")]))
    kind = _plain_kind(schema)
    bounds = [words.format(schema[name]) for name, words in _BOUNDS.items() if name in schema]
    return ", ".join([kind, *bounds])


def _plain_kind(schema: Schema) -> str:
    kind: str = schema.get("type", "anything")
    if kind == "array":
        items = schema.get("items", {})
        return f"list of {kind_of(items)}"
    if kind == "string":
        return {"date": "date", "date-time": "instant", "uuid": "UUID"}.get(schema.get("format", ""), "text")
    words = {"integer": "whole number", "boolean": "true or false", "null": "nothing"}
    return words.get(kind, str(kind))


def _operation(document: Schema, method: str, path: str, found: Schema) -> Operation:
    body = next(iter(found.get("requestBody", {}).get("content", {}).items()), None)
    answers = [_answer(status, _resolved(document, each)) for status, each in found["responses"].items()]
    taken = [body[1]["schema"]] if body else []
    given = [
        content["schema"]
        for status, each in found["responses"].items()
        if status < "400"
        for content in each.get("content", {}).values()
    ]
    return Operation(
        found["operationId"],
        method.upper(),
        path,
        found["summary"],
        found["x-permission"],
        tuple(_parameter(each) for each in found["parameters"]),
        f"{kind_of(body[1]['schema'])} as {body[0]}" if body else "",
        tuple(answers),
        (*taken, *given),
    )


def _answer(status: str, response: Schema) -> Answer:
    contents = response.get("content", {})
    if status >= "400":
        lines = (line.removeprefix("- `").partition("`: ") for line in response["description"].splitlines())
        return Answer(status, "", tuple((code, sentence.replace("`", "")) for code, _, sentence in lines))
    kinds = [f"{kind_of(content['schema'])} as {media}" for media, content in contents.items()]
    return Answer(status, " or ".join(kinds) or "nothing", ())


def _parameter(parameter: Schema) -> Field:
    return _field(
        parameter["name"],
        {**parameter["schema"], "description": parameter.get("description", "")},
        is_required=parameter["required"],
        place=parameter["in"],
    )


def _record(name: str, schema: Schema) -> RecordShape:
    required = schema.get("required", ())
    fields = [
        _field(each, found, is_required=each in required)
        for each, found in schema.get("properties", {}).items()
    ]
    values = tuple(str(each) for each in schema.get("enum", ()))
    return RecordShape(name, schema.get("description", ""), tuple(fields), values)


def _field(name: str, schema: Schema, *, is_required: bool, place: str = "") -> Field:
    examples = ", ".join(str(each) for each in schema.get("examples", ()))
    return Field(name, kind_of(schema), is_required, schema.get("description", ""), place, examples)


def _resolved(document: Schema, response: Schema) -> Schema:
    """The response itself where it only refers to one."""
    if "$ref" not in response:
        return response
    found: Schema = document["components"]["responses"][_name(response)]
    return found


def _named(schema: object) -> Iterator[str]:
    """The names of the records that a schema refers to."""
    if isinstance(schema, Mapping):
        if "$ref" in schema:
            yield _name(schema)
        for each in schema.values():
            yield from _named(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _named(each)


def _name(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]
