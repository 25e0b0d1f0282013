"""When messages are tried and followed, and how far they are."""

from datetime import UTC, datetime, timedelta

import pytest

from app_workers.handouts.domain.delivering import is_forward, next_look, next_try
from app_workers.handouts.models.deliveries import DeliveryStatus as Status

AT = datetime(2026, 1, 10, 15, tzinfo=UTC)


def test_a_message_is_tried_at_once_and_after_1_6_and_21_minutes():
    """Example 13."""
    tries, at, attempts = [AT], AT, 1
    while (at := next_try(attempts, at)) is not None:
        tries.append(at)
        attempts += 1
    assert [(each - AT) // timedelta(minutes=1) for each in tries] == [0, 1, 6, 21]


@pytest.mark.parametrize(
    ("now", "then", "moves"),
    [
        (Status.QUEUED, Status.SENT, True),
        (Status.SENT, Status.DELIVERED, True),
        (Status.QUEUED, Status.FAILED, True),
        (Status.SENT, Status.QUEUED, False),
        (Status.DELIVERED, Status.SENT, False),
        (Status.FAILED, Status.DELIVERED, False),
        (Status.SENT, Status.SENT, False),
    ],
)
def test_what_comes_late_moves_nothing_backwards(now, then, moves):
    assert is_forward(now, then) is moves


def test_a_message_is_asked_after_now_and_then_and_not_for_ever():
    assert next_look(AT, AT + timedelta(hours=5)) == AT + timedelta(hours=5, minutes=15)
    assert next_look(AT, AT + timedelta(days=4)) is None
