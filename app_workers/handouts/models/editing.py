"""What the forms of the editor send besides the text itself."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app_workers.handouts.models.content import Condition
from app_workers.handouts.models.templates import MAX_RULES, TemplateFacts
from ganger.records import Record

SectionType = Annotated[str, StringConstraints(pattern=r"^(text|list|fields|checklist|warning|page_break)$")]


class SectionQuery(Record):
    """Which kind of section is to be added."""

    type: SectionType = "text"


class Lock(Record):
    """The version that a form was made from."""

    lock_version: int = Field(ge=1)


class FactsEdit(TemplateFacts):
    """What is known of a template besides its text, and the version that it was read from."""

    lock_version: int = Field(ge=1)


class RulesEdit(Record):
    """The rules of a template, and the version that they were read from."""

    rules: list[Condition] = Field(default=[], max_length=MAX_RULES)
    lock_version: int = Field(ge=1)
