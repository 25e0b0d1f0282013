"""A section as a form has it."""

from app_workers.handouts.domain.editing import control_of, free_id, operated, plain_of, raw_from, raw_of
from app_workers.handouts.domain.outline import moved, with_section, without
from tests.unit.handouts.factories import ACNE, checkbox, content, fields, text, text_field

ALL_KINDS = (
    text(title="How", variant="emphasis"),
    {"id": "bullets", "type": "list", "items": ["One", "Two"], "ordered": True},
    fields(
        text_field(max_length=20, format="integer", depends_on="box"),
        checkbox("box", default=True),
        {"id": "dose", "type": "number", "label": "Dose", "min": 0.5, "max": 2, "decimals": 1},
        {
            "id": "often", "type": "select", "label": "Often", "allow_custom": True, "custom_max": 9,
            "options": [{"value": "1", "text": "once"}, {"value": "twice", "text": "twice"}],
        },
    ),
    ACNE,
    {"id": "care", "type": "warning", "content": "Careful"},
    {"id": "next", "type": "page_break"},
)  # fmt: skip


def posted(raw, at=""):
    """The names and texts that a form with this raw section sends: no box that is not ticked."""
    for name, value in raw.items():
        if isinstance(value, list):
            for number, part in enumerate(value):
                yield from posted(part, f"{at}{name}.{number}.")
        elif value != "":
            yield f"{at}{name}", value


def test_a_section_is_the_same_after_a_way_through_its_form():
    whole = content(*ALL_KINDS)
    for section in whole.sections:
        raw = raw_from(posted(raw_of(section)))
        assert content(plain_of(raw)).sections[0] == section


def test_what_another_kind_of_field_has_is_passed_over():
    raw = raw_from(
        [("type", "fields"), ("id", "x"), ("content", "x"), ("lock_version", "3"), ("fields.0.type", "date"),
         ("fields.0.id", "y"), ("fields.0.label", "Y"), ("fields.0.max_length", "9"), ("fields.0.x.y", "z")]
    )  # fmt: skip
    assert content(plain_of(raw)).sections[0].fields[0].type == "date"


def test_names_that_lead_nowhere_do_no_harm():
    names = ("content.x", "items", "items.0", "items.0.id.x", "items.0.fields", "a." * 2000, "fields.9999.id")
    raw = raw_from([("type", "checklist"), *((name, "x") for name in names)])
    assert raw == {"type": "checklist", "items": "x"}
    mixed = raw_from([("items", "x"), ("items.0.id", "y"), ("fields.7.id", "z"), ("fields.07.id", "z")])
    assert mixed == {"items": "x", "fields": [{"id": "z"}, {"id": "z"}]}
    for operation in ("add-item", "up.items.0", "remove.items.7.fields.0", "add-field.items.0", "unheard"):
        assert operated(raw, operation, set()) == raw


def test_parts_are_added_moved_and_removed():
    raw = raw_of(content(ACNE).sections[0])
    raw = operated(raw, "add-item", {"item_1"})
    assert [each["id"] for each in raw["items"]] == ["wash", "sunscreen", "item_2"]
    raw = operated(raw, "up.items.2", set())
    assert [each["id"] for each in raw["items"]] == ["wash", "item_2", "sunscreen"]
    raw = operated(raw, "down.items.0.fields.0", set())
    assert [each["id"] for each in raw["items"][0]["fields"]] == ["wash_times", "bp_percent"]
    raw = operated(operated(raw, "add-field.items.1", {"field_1"}), "remove.items.0", set())
    assert raw["items"][0]["fields"] == [{"type": "text", "label": "", "id": "field_2"}]
    assert operated(raw, "down.items.1", set())["items"][-1]["id"] == "sunscreen"


def test_what_is_wrong_is_told_at_its_control():
    assert control_of("content") == "content"
    assert control_of("items.2") == "items"
    assert control_of("items.0.content") == "items.0.content"
    assert control_of("fields.1.select.options.0.value") == "fields.1.options"
    assert control_of("items.0.fields.1.number.min") == "items.0.fields.1.min"


def test_sections_are_added_replaced_moved_and_taken_out():
    whole = content(text(id="a"), text(id="b"), text(id="c"))
    ids = lambda of: "".join(section.id for section in of.sections)  # noqa: E731
    assert ids(with_section(whole, content(text(id="d")).sections[0], is_new=True)) == "abcd"
    changed = with_section(whole, content(text("New", id="b")).sections[0], is_new=False)
    assert (ids(changed), changed.sections[1].content) == ("abc", "New")
    assert [ids(moved(whole, name, step)) for name, step in (("a", -1), ("b", -1), ("b", 1), ("c", 1))] == [
        "abc", "bac", "acb", "abc",
    ]  # fmt: skip
    assert ids(without(whole, "b")) == "ac"
    assert free_id("text", {"text_1", "text_2"}) == "text_3"
