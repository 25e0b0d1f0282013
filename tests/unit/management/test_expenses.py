"""Expenses: amounts, rows, steps and receipts."""

import pytest

from app_workers.management.domain.checks import form_problem
from app_workers.management.domain.drafts import asks_for_more, draft_of
from app_workers.management.domain.files import MAX_FILE_BYTES, file_problem, files_problem
from app_workers.management.domain.typed import item_rows, read_typed, rows_changed
from app_workers.management.errors import DateOutOfRange
from app_workers.management.models.files import Upload
from app_workers.management.models.forms import FormType
from ganger.errors import ValidationFailed
from tests.unit.management.factories import NOW, make_form

EXPENSE, SUPPORT = FormType.EXPENSE_REIMBURSEMENT, FormType.SUPPORT_TICKET


def item(**changes):
    return {"date": "2026-03-02", "category": "travel", "description": "Train", "amount_cents": 100} | changes


def draft(second_approval_cents=50_000, **changes):
    return draft_of(EXPENSE, make_form(EXPENSE, **changes), "", "", NOW, second_approval_cents)


def make_upload(**changes):
    facts = {"id": "u", "file_name": "a.pdf", "media_type": "application/pdf", "size_bytes": 1000}
    return Upload.model_validate(facts | changes)


def test_a_small_expense_has_one_step_and_its_total():
    """Worked example 7."""
    made = draft()
    assert (made.steps, made.title, made.due_at) == (1, "Expense $61.49", "2026-03-07T15:00:00.000Z")
    assert (made.form_data["total_cents"], made.form_data["reimbursable_cents"]) == (6149, 6149)


def test_the_company_card_reimburses_nothing():
    """Worked example 7."""
    assert draft(payment_method="company_card").form_data["reimbursable_cents"] == 0


@pytest.mark.parametrize(
    ("cents", "limit", "steps"),
    [(62_000, 50_000, 2), (50_000, 50_000, 1), (50_001, 50_000, 2), (62_000, 70_000, 1)],
)
def test_beyond_the_set_amount_finance_looks_at_it_too(cents, limit, steps):
    """Worked example 7."""
    assert draft(limit, items=[item(amount_cents=cents)]).steps == steps


@pytest.mark.parametrize("cents", [0, 1_000_001, 1.5, "42", True, None])
def test_an_amount_is_whole_cents_up_to_ten_thousand_dollars(cents):
    with pytest.raises(ValidationFailed) as caught:
        make_form(EXPENSE, items=[item(amount_cents=cents)])
    assert caught.value.fields == {"items.0.amount_cents": "must be an amount from $0.01 to $10,000.00"}


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [("2025-12-02", True), ("2025-12-01", False), ("2026-03-02", True), ("2026-03-03", False)],
)
def test_an_item_is_of_the_last_90_days(day, is_taken):
    problem = form_problem(make_form(EXPENSE, items=[item(), item(date=day)]), NOW)
    assert (problem is None) is is_taken
    if problem:
        assert isinstance(problem, DateOutOfRange)
        assert problem.details == {"field": "items.1.date"}


def test_an_expense_without_items_is_refused_and_21_are_too_many():
    assert form_problem(make_form(EXPENSE, items=[]), NOW).fields == {"items": "is required"}
    with pytest.raises(ValidationFailed):
        make_form(EXPENSE, items=[item()] * 21)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("42.50", 4250), ("$42.5", 4250), ("1,234", 123_400), ("$ 1,234.05", 123_405), ("7.", 700),
        ("4.255", "4.255"), ("1,23", "1,23"), ("-5", "-5"), ("five", "five"), ("٤", "٤"),
    ],
)  # fmt: skip
def test_dollars_are_read_as_cents(typed, cents):
    read = read_typed(EXPENSE, {"item_date_1": "2026-03-01", "item_amount_1": typed})
    assert read.data["items"] == [{"date": "2026-03-01", "amount_cents": cents}]


def test_empty_rows_do_not_count_and_errors_find_their_row():
    read = read_typed(EXPENSE, {"item_date_1": "", "item_date_2": "2026-03-01", "item_amount_2": "x"})
    assert len(read.data["items"]) == 1
    assert read.control("items.0.amount_cents") == "item_amount_2"


def test_a_row_is_added_at_the_end_and_a_removed_one_closes_up():
    values = {"purpose": "p", "item_date_1": "a", "item_date_2": "b", "item_date_3": "c"}
    assert item_rows(rows_changed(values | {"add_item": ""})) == 4
    removed = rows_changed(values | {"remove_item_2": ""})
    assert (removed["item_date_1"], removed["item_date_2"], item_rows(removed)) == ("a", "c", 2)
    assert removed["purpose"] == "p"
    assert rows_changed(values) is None


def test_there_are_20_rows_at_most_whatever_is_sent():
    values = {"item_date_20": "", "add_item": ""}
    assert item_rows(rows_changed(values)) == 20
    assert item_rows({"item_date_99": ""}) == 20


def test_what_was_approved_does_not_rise():
    data = draft().form_data
    assert not asks_for_more(data, draft(payment_method="company_card").form_data)
    assert asks_for_more(draft(payment_method="company_card").form_data, data)
    assert asks_for_more(data, draft(items=[item(amount_cents=6150)]).form_data)


def code(problem):
    return problem.code if problem else None


@pytest.mark.parametrize(
    ("media_types", "expected"),
    [([], "RECEIPT_REQUIRED"), (["text/csv"], "RECEIPT_REQUIRED"), (["text/csv", "image/png"], None)],
)
def test_an_expense_needs_a_receipt(media_types, expected):
    """Worked example 7."""
    files = [make_upload(media_type=each) for each in media_types]
    assert code(files_problem(EXPENSE, files)) == expected
    assert files_problem(SUPPORT, files) is None


def test_a_request_has_10_files_and_50_megabytes():
    assert code(files_problem(SUPPORT, [make_upload()] * 11)) == "TOO_MANY_FILES"
    assert files_problem(SUPPORT, [make_upload()] * 10) is None
    assert code(files_problem(SUPPORT, [make_upload(size_bytes=MAX_FILE_BYTES)] * 6)) == "TOO_MANY_FILES"


def test_a_file_is_taken_by_size_and_content():
    assert code(file_problem("a.txt", b"a" * (MAX_FILE_BYTES + 1))) == "FILE_TOO_LARGE"
    assert file_problem("a.txt", b"a" * MAX_FILE_BYTES) is None
    assert code(file_problem("a.pdf", b"no pdf")) == "FILE_TYPE_NOT_ALLOWED"
