import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from ganger.audit import Actor
from ganger.context import Services
from ganger.errors import Conflict
from ganger.plain import PlainRecord
from ganger.records import Record
from ganger.rpc import (
    DEADLINE_EXCEEDED,
    INTERNAL_ERROR,
    MALFORMED,
    Deadline,
    Method,
    Refusal,
    Service,
    answer_text,
    frame_of,
    read_answer,
    read_frame,
)
from ganger.rpc_serving import answer, serve

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ACTOR = Actor("usr_pat", "req_1", "203.0.113.9", NOON)


class Question(Record):
    number: int


@dataclass(frozen=True, slots=True)
class Double(PlainRecord):
    number: int


class TooOdd(Conflict):
    code = "TOO_ODD_FOR_THIS_TEST"


DOUBLE = Method(Service("hand-outs", "Numbers"), "double", Question, Double)


class Clock:
    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at


def called(handler, asked=None, left_s=5.0, name="double"):
    text = frame_of(asked or Question(number=4), "inventory", ACTOR, Deadline.within(left_s)).text()
    services = Services(clock=lambda: NOON)
    return read_answer(DOUBLE, asyncio.run(answer((serve(DOUBLE, handler),), name, text, services)))


async def double(_call, asked):
    return Double(asked.number * 2)


def test_a_binding_is_named_after_worker_and_entrypoint():
    assert DOUBLE.service.binding == "HAND_OUTS_NUMBERS"


def test_a_call_is_answered_with_a_record():
    assert called(double) == Double(8)


def test_who_acts_and_which_app_asks_travel_along():
    seen = []

    async def look(call, asked):
        seen.append((call.app, call.actor))
        return Double(0)

    called(look)
    assert seen == [("inventory", ACTOR)]


def test_a_refusal_crosses_as_code_and_details_without_its_sentence():
    async def refuse(_call, _asked):
        raise TooOdd("Pat Example is odd.", seen=3)

    assert called(refuse) == Refusal("TOO_ODD_FOR_THIS_TEST", {"seen": 3})
    assert "Pat" not in answer_text(Refusal("TOO_ODD_FOR_THIS_TEST", {"seen": 3}))


def test_a_defect_crosses_without_anything_of_the_exception(capsys):
    async def fail(_call, _asked):
        raise KeyError("Pat Example")

    assert called(fail) == Refusal(INTERNAL_ERROR)
    assert "Pat" not in capsys.readouterr().out


def test_a_wrong_question_is_refused_by_its_fields():
    class Loose(Record):
        number: str

    refusal = called(double, Loose(number="four"))
    assert refusal.code == "VALIDATION_ERROR"
    assert set(refusal.details["fields"]) == {"number"}
    assert not refusal.is_passing


def test_an_unknown_method_and_a_foreign_text_are_malformed():
    assert called(double, name="triple") == Refusal(MALFORMED)
    assert json.loads(asyncio.run(answer((), "double", "{}", Services(clock=lambda: NOON)))) == {
        "refused": MALFORMED,
        "details": {},
    }
    assert read_answer(DOUBLE, '{"answer":{"numbers":1}}') == Refusal(MALFORMED)


def test_a_call_whose_time_is_over_is_not_begun():
    async def never(_call, _asked):
        raise AssertionError

    assert called(never, left_s=0.0) == Refusal(DEADLINE_EXCEEDED)


def test_a_call_whose_time_ends_is_given_up():
    async def forever(_call, _asked):
        await asyncio.Event().wait()

    refusal = called(forever, left_s=0.01)
    assert refusal == Refusal(DEADLINE_EXCEEDED)
    assert refusal.is_passing


def test_the_time_that_is_left_only_shrinks_along_a_chain():
    clock = Clock()
    deadline = Deadline.within(5.0, clock)
    clock.at += 1.9995
    assert frame_of(Question(number=1), "inventory", ACTOR, deadline).left_ms == 3000
    assert deadline.shortened(60).ends_at == deadline.ends_at
    assert deadline.shortened(1).left_s == 1.0
    clock.at += 10
    assert deadline.left_s == 0.0


def test_a_frame_is_read_back_as_it_was():
    frame = frame_of(Question(number=7), "inventory", ACTOR, Deadline.within(2.0))
    assert read_frame(frame.text()) == frame
