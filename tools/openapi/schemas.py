"""JSON schemas of what goes in and comes out, by pydantic; TypedDicts are taken for records."""

from collections.abc import Iterable, Mapping, Sequence
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints, is_typeddict

from pydantic import BaseModel, ConfigDict, create_model
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

Mode = Literal["validation", "serialization"]
Schema = dict[str, Any]

REFERENCE = "#/components/schemas/{model}"
ANY_OBJECT: Schema = {"type": "object"}


class _Untitled(GenerateJsonSchema):
    """Without the titles that only say a field's name again."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


class Schemas:
    """Collects the records of one API, and names each once."""

    def __init__(self) -> None:
        self._asked: dict[tuple[type[BaseModel], Mode], None] = {}
        self._made: dict[object, type[BaseModel]] = {}

    def ask(self, hint: Any, mode: Mode) -> None:
        """Note that a type goes in (validation) or comes out (serialization)."""
        for model in self._models(hint):
            self._asked[(model, mode)] = None

    def build(self) -> tuple["Built", dict[str, Schema]]:
        """How each is referred to, and the schemas by name."""
        keys: list[Any] = list(self._asked)
        named, whole = models_json_schema(keys, ref_template=REFERENCE, schema_generator=_Untitled)
        references = dict(named)
        return Built(self, references), whole.get("$defs", {})

    def _models(self, hint: Any) -> list[type[BaseModel]]:
        converted = self.converted(hint, {})
        choices = get_args(converted) if get_origin(converted) in (Union, UnionType) else (converted,)
        return [each for each in choices if isinstance(each, type) and issubclass(each, BaseModel)]

    def converted(self, hint: Any, bound: Mapping[Any, Any]) -> Any:
        """The type with records in place of TypedDicts and of classes that say what they are as JSON."""
        if isinstance(hint, TypeVar):
            return self.converted(bound.get(hint, Any), {})
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            return Union[tuple(self.converted(each, bound) for each in arguments)]  # noqa: UP007
        if origin in (list, Sequence):
            return list[self.converted(arguments[0], bound)]  # type: ignore[misc]
        if is_typeddict(origin or hint):
            return self._of_typed_dict(hint, bound)
        if isinstance(hint, type) and not issubclass(hint, BaseModel) and hasattr(hint, "plain"):
            return self.converted(get_type_hints(hint.plain)["return"], bound)
        return hint

    def _of_typed_dict(self, hint: Any, bound: Mapping[Any, Any]) -> type[BaseModel]:
        if hint not in self._made:
            cls, arguments = get_origin(hint) or hint, get_args(hint)
            inner = dict(zip(getattr(cls, "__parameters__", ()), arguments, strict=True)) or bound
            fields: dict[str, Any] = {
                name: (self.converted(each, inner), ...) for name, each in get_type_hints(cls).items()
            }
            name = cls.__name__ + "".join(self.converted(each, bound).__name__ for each in arguments)
            model = create_model(name, __config__=ConfigDict(extra="forbid"), **fields)
            model.__doc__ = cls.__doc__
            self._made[hint] = model
        return self._made[hint]


class Built:
    """The references to the records that were collected."""

    def __init__(self, schemas: Schemas, references: Mapping[Any, Schema]) -> None:
        self._schemas = schemas
        self._references = references

    def schema(self, hint: Any, mode: Mode) -> Schema:
        """The schema of a type; any object where no record says more."""
        converted = self._schemas.converted(hint, {})
        if get_origin(converted) in (Union, UnionType):
            return {"anyOf": [self.schema(each, mode) for each in get_args(converted)]}
        if converted is type(None):
            return {"type": "null"}
        return dict(self._references.get((converted, mode), ANY_OBJECT))


def without_null(schema: Schema) -> Schema:
    """The schema of a query parameter: what is not given is left out, never null."""
    choices = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(choices) != 1 or len(choices) == len(schema.get("anyOf", ())):
        return schema
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**choices[0], **rest}


def referred(schemas: Iterable[Any]) -> set[str]:
    """The names that schemas refer to."""
    found: set[str] = set()
    for schema in schemas:
        if isinstance(schema, dict):
            found |= {str(schema["$ref"]).rpartition("/")[2]} if "$ref" in schema else set()
            found |= referred(schema.values())
        elif isinstance(schema, list):
            found |= referred(schema)
    return found
