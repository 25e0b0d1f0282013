from dataclasses import dataclass
from typing import Literal

import pytest

from ganger.errors import ValidationFailed
from ganger.plain import PlainRecord


@dataclass(frozen=True, slots=True)
class Line(PlainRecord):
    title: str
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Packet(PlainRecord):
    code: str
    state: Literal["ready", "revoked"]
    lines: tuple[Line, ...]
    note: str | None = None
    is_locked: bool = False

    def __post_init__(self):
        if len(self.code) > 10:
            raise ValueError("too long")


def make_packet(**changes):
    return Packet(
        **{"code": "7K3MQ9XW2P", "state": "ready", "lines": (Line("Sun", 2), Line("Wound"))} | changes
    )


def test_a_record_comes_back_as_it_was_told():
    packet = make_packet(note="x")
    assert Packet.checked(packet.plain()) == packet


def test_fields_with_a_default_may_be_missing():
    assert Packet.checked({"code": "1", "state": "ready", "lines": []}) == make_packet(code="1", lines=())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": 7}, "code"),
        ({"state": "gone"}, "state"),
        ({"lines": [{"title": "Sun", "pages": True}]}, "lines"),
        ({"lines": {"title": "Sun"}}, "lines"),
        ({"note": 3}, "note"),
        ({"is_locked": 1}, "is_locked"),
        ({"more": 1}, "more"),
        ({"code": "x" * 11}, "body"),
    ],
)
def test_what_does_not_fit_is_refused_by_field_without_its_value(changes, field):
    with pytest.raises(ValidationFailed) as refused:
        Packet.checked(make_packet().plain() | changes)
    assert set(refused.value.fields) == {field}


def test_what_is_no_record_or_lacks_a_field_is_refused():
    with pytest.raises(ValidationFailed):
        Packet.checked("7K3MQ9XW2P")
    with pytest.raises(ValidationFailed) as refused:
        Packet.checked({"code": "1", "lines": []})
    assert set(refused.value.fields) == {"state"}
