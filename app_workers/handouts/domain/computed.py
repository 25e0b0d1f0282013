"""What follows from a template's text: its type, how complex it is, and how long it takes to fill in."""

from collections.abc import Sequence
from dataclasses import dataclass

from app_workers.handouts.domain.parts import fields_of, items_of
from app_workers.handouts.models.content import Condition, Content
from app_workers.handouts.models.templates import TemplateType

_SOME_FIELDS, _MANY_FIELDS = 4, 8
_MINUTES = {1: 1, 2: 3, 3: 5}  # by complexity


@dataclass(frozen=True, slots=True)
class Computed:
    """`complexity` is 1 to 3."""

    template_type: TemplateType
    complexity: int
    minutes: int


def computed(content: Content, rules: Sequence[Condition]) -> Computed:
    """What is known of a template without being said."""
    fields = sum(1 for _ in fields_of(content))
    if rules or any(items_of(content)):
        template_type = TemplateType.CONDITIONAL
    else:
        template_type = TemplateType.DYNAMIC if fields else TemplateType.STATIC
    if template_type is TemplateType.CONDITIONAL or fields > _MANY_FIELDS:
        complexity = 3
    else:
        complexity = 2 if fields >= _SOME_FIELDS else 1
    return Computed(template_type, complexity, _MINUTES[complexity])
