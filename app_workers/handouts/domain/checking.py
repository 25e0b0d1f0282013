"""What is wrong with a template before anybody fills it in; everything is told at once."""

from collections import Counter
from collections.abc import Iterator, Sequence

from app_workers.handouts.domain.parts import fields_of, items_of, texts_in, variables_in
from app_workers.handouts.domain.values import value_problem
from app_workers.handouts.models.content import (
    MAX_BYTES,
    MAX_FIELDS,
    STANDARD_VARIABLES,
    CheckboxField,
    ChecklistSection,
    Condition,
    Content,
    ContentProblem,
    Effect,
    NumberField,
    Operator,
    SelectField,
    TemplateField,
)

INVALID, UNKNOWN_VARIABLE, INVALID_RULE = "VALIDATION_ERROR", "UNKNOWN_VARIABLE", "INVALID_RULE"


def content_problems(content: Content, rules: Sequence[Condition]) -> list[ContentProblem]:
    """What keeps a template from being saved: its limits first, then its variables, then its rules."""
    return [
        *_whole_problems(content),
        *(problem for field in fields_of(content) for problem in _field_problems(field)),
        *(
            problem
            for section in content.sections
            if isinstance(section, ChecklistSection)
            for problem in _checklist_problems(section)
        ),
        *_variable_problems(content),
        *_rule_problems(content, rules),
        *_dependence_problems(content),
    ]


def _whole_problems(content: Content) -> Iterator[ContentProblem]:
    fields = [field.id for field in fields_of(content)]
    if len(fields) > MAX_FIELDS:
        yield ContentProblem(INVALID, "", f"There are more than {MAX_FIELDS} fields.")
    if len(content.model_dump_json().encode()) > MAX_BYTES:
        yield ContentProblem(INVALID, "", f"The text is larger than {MAX_BYTES // 1000} KB.")
    ids = [*(section.id for section in content.sections), *(item.id for item in items_of(content)), *fields]
    for name, count in Counter(ids).items():
        if count > 1:
            yield ContentProblem(INVALID, name, f"The id {name} stands for {count} things.")
    for name in fields:
        if name in STANDARD_VARIABLES:
            yield ContentProblem(INVALID, name, f"The id {name} is that of a standard variable.")


def _field_problems(field: TemplateField) -> Iterator[ContentProblem]:
    if value_problem(field, field.default) is not None:
        yield ContentProblem(INVALID, field.id, "The default does not fit the field.")
    least, most = None, None
    if isinstance(field, NumberField):
        least, most = field.min, field.max
    elif isinstance(field, SelectField):
        least, most = field.custom_min, field.custom_max
        if len({option.value for option in field.options}) < len(field.options):
            yield ContentProblem(INVALID, field.id, "Two options have the same value.")
    if least is not None and most is not None and least > most:
        yield ContentProblem(INVALID, field.id, "The smallest number is above the largest.")


def _checklist_problems(section: ChecklistSection) -> Iterator[ContentProblem]:
    least, most = section.min_selected or 0, section.max_selected or len(section.items)
    if least > min(most, len(section.items)):
        yield ContentProblem(INVALID, section.id, "More items have to be chosen than can be.")
    if sum(item.required for item in section.items) > most:
        yield ContentProblem(INVALID, section.id, "More items are always chosen than may be.")


def _variable_problems(content: Content) -> Iterator[ContentProblem]:
    known = {*STANDARD_VARIABLES, *(field.id for field in fields_of(content))}
    for section in content.sections:
        named = {name for text in texts_in(section) for name in variables_in(text)}
        for name in sorted(named - known):
            yield ContentProblem(
                UNKNOWN_VARIABLE, section.id, f"{{{{{name}}}}} is neither a field nor a standard variable."
            )


def _rule_problems(content: Content, rules: Sequence[Condition]) -> Iterator[ContentProblem]:
    fields = {field.id: field for field in fields_of(content)}
    items = {item.id for item in items_of(content)}
    targets = {*fields, *items, *(section.id for section in content.sections)}
    for number, rule in enumerate(rules, start=1):
        asked = fields.get(rule.field)
        if asked is None and rule.field not in items:
            yield _in_rule(number, rule.field, f"{rule.field} is neither a field nor an item")
        elif rule.operator is Operator.IS_CHECKED and asked and not isinstance(asked, CheckboxField):
            yield _in_rule(number, rule.field, f"{rule.field} cannot be checked")
        for target in rule.target:
            if target not in targets:
                yield _in_rule(number, target, f"there is nothing called {target}")
            elif rule.type is Effect.REQUIRE_IF and target not in fields:
                yield _in_rule(number, target, f"only fields can be required, and {target} is none")


def _in_rule(number: int, where: str, sentence: str) -> ContentProblem:
    return ContentProblem(INVALID_RULE, where, f"Rule {number}: {sentence}.")


def _dependence_problems(content: Content) -> Iterator[ContentProblem]:
    parents = {field.id: field.depends_on for field in fields_of(content) if field.depends_on}
    known = {*(field.id for field in fields_of(content)), *(item.id for item in items_of(content))}
    for name, parent in parents.items():
        if parent not in known:
            yield ContentProblem(INVALID_RULE, name, f"{name} depends on {parent}, which is not there.")
        elif _is_circular(name, parents):
            yield ContentProblem(INVALID_RULE, name, f"{name} depends on itself.")


def _is_circular(name: str, parents: dict[str, str]) -> bool:
    """Whether the way up from a field comes back to it."""
    seen, at = {name}, parents.get(name)
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at == name
