"""What viewers of requests are told live: identifiers and codes alone, each to those who may hear it."""

import pytest

from app_workers.management import live
from tests.unit.management.factories import NOW, make_ticket


class Heard:
    def __init__(self):
        self.told = []

    def publish(self, topic, change):
        self.told.append((topic, change.text()))


def test_a_request_tells_its_state_and_the_queue_only_that_something_changed():
    heard = Heard()
    live.tell_ticket(heard, make_ticket(form_type="support_ticket", approval_steps=0, status="open"), NOW)
    assert heard.told == [
        ("management.ticket.tkt_1", '{"key":"ticket.tkt_1","version":1,"values":{"status":"open"}}'),
        ("management.queue", '{"key":"queue","version":1772463600000,"values":{}}'),
    ]


def test_what_is_decided_is_not_in_the_queue():
    heard = Heard()
    live.tell_ticket(heard, make_ticket(), NOW)
    assert [topic for topic, _ in heard.told] == ["management.ticket.tkt_1"]


@pytest.mark.parametrize(
    ("is_internal", "topic"), [(False, "management.ticket.t1"), (True, "management.internal.t1")]
)
def test_an_internal_comment_is_told_to_those_who_may_read_it_alone(is_internal, topic):
    heard = Heard()
    live.tell_comment(heard, "t1", "c1", NOW, is_internal=is_internal)
    assert heard.told == [(topic, '{"key":"comment.c1","version":1772463600000,"values":{}}')]


def test_each_person_is_told_once():
    heard = Heard()
    live.tell_people(heard, ["usr_pat", "usr_mia", "usr_pat"], NOW)
    assert [topic for topic, _ in heard.told] == ["management.user.usr_mia", "management.user.usr_pat"]


@pytest.mark.parametrize("topic", ["", "usr_pat", "management.queue", "x.management.user.usr_pat"])
def test_other_topics_are_about_nobody(topic):
    assert live.subject_of(topic) == ""
