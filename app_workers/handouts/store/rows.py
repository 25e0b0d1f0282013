"""From a row of a template to a record."""

import json
from typing import TypeVar

from app_workers.handouts.models.templates import ListedTemplate
from ganger.db import Row

T = TypeVar("T", bound=ListedTemplate)

_JSON = {f"{name}_json": name for name in ("content", "rules", "location_ids", "tags")}


def template_of(model: type[T], row: Row) -> T:
    """The record made of a row's columns; those in JSON are read."""
    read = {_JSON.get(name, name): json.loads(str(v)) if name in _JSON else v for name, v in row.items()}
    return model.model_validate(read)
