"""From a template and what was filled in to the document and all that is wrong with it.

In this order: (a) defaults, then answers; (b) fields whose parent is unchecked or empty are dropped, parents
first; (c) every condition is tested once against that; (d) fields of hidden sections and of items that are
hidden or not chosen are dropped; (e) chosen items are counted; (f) what is left is checked; (g) values go
into the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app_workers.handouts.domain.parts import fields_in, fields_of, items_of
from app_workers.handouts.domain.values import (
    is_checked,
    is_filled,
    printed,
    text_of_value,
    value_problem,
)
from app_workers.handouts.domain.wording import one_entry, paragraphs
from app_workers.handouts.models.content import (
    Answers,
    CheckboxField,
    ChecklistSection,
    Condition,
    Content,
    Effect,
    Evaluation,
    FieldsSection,
    ListSection,
    Operator,
    PageBreakSection,
    Problem,
    ProblemCode,
    Section,
    TemplateField,
    TextSection,
    TextVariant,
    Value,
    WarningSection,
)
from ganger.documents import Block, Entry, Shape

_SHAPES = {
    TextVariant.NORMAL: Shape.TEXT,
    TextVariant.HEADING: Shape.HEADING,
    TextVariant.EMPHASIS: Shape.EMPHASIS,
    TextVariant.WARNING: Shape.WARNING,
}


@dataclass(frozen=True, slots=True)
class _Filled:
    """What was filled in after (b): a field that was dropped has no value, a chosen item is in `chosen`."""

    values: Mapping[str, Value]
    chosen: frozenset[str]


def evaluate(
    content: Content, rules: Sequence[Condition], answers: Answers, variables: Mapping[str, str]
) -> Evaluation:
    """Resolve a template.

    Args:
        content, rules: without problems (domain/checking.py).
        variables: the printed value of each standard variable; one that is missing prints as nothing.
    """
    filled = _filled(content, answers)
    holding = [rule for rule in rules if _holds(rule, filled)]
    hidden = _hidden(rules, holding)
    shown = _shown(content, filled, hidden)
    required = {each for rule in holding if rule.type is Effect.REQUIRE_IF for each in rule.target}
    sections = [section for section in content.sections if section.id in shown]
    wrong = (problem for section in sections for problem in _wrong(section, filled, shown, required))
    values = {**variables, **_printed(content, filled, shown)}
    blocks = tuple(block for section in sections for block in _blocks(section, shown, values))
    return Evaluation((*_unknown(content, answers), *wrong), blocks, shown, hidden)


def _unknown(content: Content, answers: Answers) -> Iterator[Problem]:
    fields = {field.id for field in fields_of(content)}
    items = {
        section.id: {item.id for item in section.items}
        for section in content.sections
        if isinstance(section, ChecklistSection)
    }
    unknown = [name for name in answers.fields if name not in fields]
    for section_id, chosen in answers.checklists.items():
        if section_id not in items:
            unknown.append(section_id)
        else:
            unknown += [name for name in chosen if name not in items[section_id]]
    return (Problem(field=name, code=ProblemCode.UNKNOWN_FIELD) for name in unknown)


def _filled(content: Content, answers: Answers) -> _Filled:
    """(a) and (b). Required items are always chosen."""
    chosen = frozenset(
        item.id
        for section in content.sections
        if isinstance(section, ChecklistSection)
        for item in section.items
        if item.required or item.id in answers.checklists.get(section.id, _defaults(section))
    )
    fields = {field.id: field for field in fields_of(content)}
    values = {name: answers.fields.get(name, field.default) for name, field in fields.items()}
    return _Filled({name: values[name] for name in _independent(content, fields, values, chosen)}, chosen)


def _defaults(section: ChecklistSection) -> list[str]:
    return [item.id for item in section.items if item.default]


def _independent(
    content: Content,
    fields: Mapping[str, TemplateField],
    values: Mapping[str, Value],
    chosen: frozenset[str],
) -> list[str]:
    """The fields that keep their value: each parent counts, so what depends on a dropped field is dropped."""
    items = {item.id for item in items_of(content)}

    def counts(name: str, children: tuple[str, ...]) -> bool:
        parent = fields[name].depends_on
        if parent is None:
            return True
        if parent in items:
            return parent in chosen
        if parent in (name, *children) or parent not in fields:
            return False  # content with problems; it is not given out
        return is_filled(fields[parent], values[parent]) and counts(parent, (name, *children))

    return [name for name in fields if counts(name, ())]


def _holds(rule: Condition, filled: _Filled) -> bool:
    """(c) An item that is chosen reads `true`, one that is not is empty."""
    value: Value = True if rule.field in filled.chosen else filled.values.get(rule.field)
    text = text_of_value(value)
    match rule.operator:
        case Operator.IS_CHECKED:
            return is_checked(value)
        case Operator.EQUALS:
            return text == rule.value
        case Operator.NOT_EQUALS:
            return text != rule.value
        case Operator.CONTAINS:
            return rule.value.casefold() in text.casefold()


def _hidden(rules: Sequence[Condition], holding: Sequence[Condition]) -> frozenset[str]:
    """What a rule that holds hides, and what no rule shows that should."""
    on_condition = {each for rule in rules if rule.type is Effect.SHOW_IF for each in rule.target}
    shown = {each for rule in holding if rule.type is Effect.SHOW_IF for each in rule.target}
    hidden = {each for rule in holding if rule.type is Effect.HIDE_IF for each in rule.target}
    return frozenset((on_condition - shown) | hidden)


def _shown(content: Content, filled: _Filled, hidden: frozenset[str]) -> frozenset[str]:
    """(d) What counts: sections, chosen items and the fields that were not dropped, unless hidden."""
    found: set[str] = set()
    for section in content.sections:
        if section.id in hidden:
            continue
        found.add(section.id)
        if isinstance(section, ChecklistSection):
            items = [item for item in section.items if item.id in filled.chosen - hidden]
            found |= {item.id for item in items}
            fields = [field for item in items for field in item.fields]
        else:
            fields = list(fields_in(section))
        found |= {field.id for field in fields if field.id in filled.values and field.id not in hidden}
    return frozenset(found)


def _wrong(section: Section, filled: _Filled, shown: frozenset[str], required: set[str]) -> Iterator[Problem]:
    """(e) and (f) of one section that counts."""
    if isinstance(section, ChecklistSection):
        count = sum(item.id in shown for item in section.items)
        if section.min_selected is not None and count < section.min_selected:
            yield Problem(field=section.id, code=ProblemCode.MIN_SELECTED)
        if section.max_selected is not None and count > section.max_selected:
            yield Problem(field=section.id, code=ProblemCode.MAX_SELECTED)
    for field in fields_in(section):
        if field.id not in shown:
            continue
        value = filled.values[field.id]
        code = value_problem(field, value)
        if code is None and (field.required or field.id in required) and not is_filled(field, value):
            code = ProblemCode.REQUIRED
        if code is not None:
            yield Problem(field=field.id, code=code)


def _printed(content: Content, filled: _Filled, shown: frozenset[str]) -> dict[str, str]:
    """What each field prints; an empty one nothing, but a checkbox always Yes or No."""
    counting = [field for field in fields_of(content) if field.id in shown]
    return {
        field.id: printed(field, filled.values[field.id])
        for field in counting
        if isinstance(field, CheckboxField) or is_filled(field, filled.values[field.id])
    }


def _blocks(section: Section, shown: frozenset[str], values: Mapping[str, str]) -> Iterator[Block]:
    """(g) of one section; a title stands only above something."""
    if isinstance(section, PageBreakSection):
        yield Block(Shape.PAGE_BREAK)
        return
    shape, entries = _entries(section, shown, values)
    if not entries:
        return
    title = one_entry(section.title or "", values)
    if title:
        yield Block(Shape.HEADING, title)
    yield Block(shape, entries)


def _entries(
    section: TextSection | ListSection | FieldsSection | ChecklistSection | WarningSection,
    shown: frozenset[str],
    values: Mapping[str, str],
) -> tuple[Shape, tuple[Entry, ...]]:
    match section:
        case TextSection():
            shape = _SHAPES[section.variant]
            whole = one_entry if shape is Shape.HEADING else paragraphs
            return shape, whole(section.content, values)
        case FieldsSection():
            return Shape.TEXT, paragraphs(section.content, values)
        case WarningSection():
            return Shape.WARNING, paragraphs(section.content, values)
        case ListSection():
            shape = Shape.NUMBERS if section.ordered else Shape.BULLETS
            return shape, tuple(entry for item in section.items for entry in one_entry(item, values))
        case ChecklistSection():
            chosen = (item.content for item in section.items if item.id in shown)
            return Shape.CHECKED, tuple(entry for text in chosen for entry in one_entry(text, values))
