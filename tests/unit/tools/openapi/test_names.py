"""What expressions in a function's source stand for."""

import ast
from dataclasses import dataclass

from tools.openapi.names import UNKNOWN, Code, Names, Of


@dataclass
class Shelf:
    label: str

    @property
    def room(self) -> "Room | None": ...

    async def moved(self, to: str) -> "Shelf": ...


@dataclass
class Room:
    shelf: Shelf


def handler(shelf: Shelf, other, number: int = 1):
    local = shelf
    return local, other, number


def value(text: str) -> object:
    return Names.of(Code(handler)).value(ast.parse(text, mode="eval").body)


def test_a_parameter_is_some_value_of_its_class():
    assert value("shelf") == Of(Shelf)


def test_a_chain_of_members_is_followed():
    assert value("shelf.room.shelf") == Of(Shelf)
    assert value("shelf.moved") == Code(Shelf.moved, Of(Shelf))
    assert value("(await shelf.moved('x')).label") == Of(str)


def test_a_name_of_the_module_is_itself():
    assert value("Room") is Room
    assert value("Room(shelf)") == Of(Room)


def test_nothing_is_guessed():
    assert value("other") is UNKNOWN
    assert value("local") is UNKNOWN
    assert value("shelf.nothing") is UNKNOWN


def test_a_function_has_its_source():
    node = Code(handler).node
    assert isinstance(node, ast.FunctionDef)
    assert node.name == "handler"
