"""Schemas in words, and an operation in the parts that a page shows."""

import pytest

from ganger.reference_rules import kind_of, operations, records_of

DOCUMENT = {
    "servers": [{"url": "/shelves"}],
    "paths": {
        "/api/v1/shelves": {
            "post": {
                "operationId": "post-shelves",
                "summary": "Add a shelf",
                "x-permission": "shelves:change",
                "parameters": [],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shelf"}}}
                },
                "responses": {
                    "204": {"description": "No Content"},
                    "409": {"$ref": "#/components/responses/409-TAKEN"},
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Shelf": {"properties": {"room": {"$ref": "#/components/schemas/Room"}}, "required": ["room"]},
            "Room": {"enum": ["1", "2"]},
            "Other": {},
        },
        "responses": {"409-TAKEN": {"description": "- `TAKEN`: Another has it.", "content": {}}},
    },
}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "maxLength": 40}, "text, to 40 characters"),
        ({"type": "integer", "minimum": 1}, "whole number, at least 1"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "date or nothing"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Order"}}, "list of Order"),
        ({"enum": ["md", "html"], "type": "string"}, "“md” or “html”"),
        ({}, "anything"),
    ],
)
def test_a_schema_in_words(schema, words):
    assert kind_of(schema) == words


def test_an_operation_in_its_parts():
    (operation,) = operations(DOCUMENT)
    assert (operation.method, operation.path) == ("POST", "/shelves/api/v1/shelves")
    assert operation.permission == "shelves:change"
    assert operation.body == "Shelf as application/json"
    empty, refused = operation.answers
    assert empty.kind == "nothing"
    assert refused.codes == (("TAKEN", "Another has it."),)


def test_the_records_of_an_operation_are_those_within_others_too():
    (operation,) = operations(DOCUMENT)
    shelf, room = records_of(DOCUMENT, operation)
    assert [field.kind for field in shelf.fields] == ["Room"]
    assert room.values == ("1", "2")
