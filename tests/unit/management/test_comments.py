"""What may be done with a comment, and until when."""

from datetime import timedelta

import pytest

from app_workers.management.domain.comments import edit_problem, is_removable
from tests.unit.management.factories import NOW

SAID_AT = "2026-03-02T15:00:00.000Z"


def test_the_author_changes_a_comment_for_15_minutes():
    assert edit_problem("usr_pat", "usr_pat", SAID_AT, NOW + timedelta(minutes=15)) is None
    problem = edit_problem("usr_pat", "usr_pat", SAID_AT, NOW + timedelta(minutes=15, milliseconds=1))
    assert problem.code == "EDIT_WINDOW_CLOSED"


@pytest.mark.parametrize("author", ["usr_mia", None])
def test_nobody_changes_what_another_said(author):
    assert edit_problem(author, "usr_pat", SAID_AT, NOW).code == "FORBIDDEN"


@pytest.mark.parametrize(
    ("author", "role", "may"),
    [
        ("usr_pat", "staff", True),
        ("usr_mia", "manager", False),
        ("usr_mia", "superadmin", True),
        (None, "staff", False),
    ],
)
def test_author_and_superadmin_remove_a_comment(author, role, may):
    assert is_removable(author, "usr_pat", role) is may
