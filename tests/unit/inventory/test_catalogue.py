from datetime import UTC, datetime, timedelta

import pytest

from app_workers.inventory.domain.catalogue import discontinue_problem, is_overdue, is_tracked, levels_problem
from app_workers.inventory.models.catalogue import SafetySheet
from app_workers.inventory.models.drafts import ItemDraft, LevelsDraft, SheetForm, cents
from ganger.clock import iso_utc
from ganger.errors import InvalidTransition, ValidationFailed
from tests.unit.inventory.factories import make_item

NOW = datetime(2026, 1, 10, 15, tzinfo=UTC)


def make_draft(**changes):
    fields = {"sku": "new-1", "name": "New", "category": "other", "stock_unit": "each"}
    return ItemDraft.model_validate(fields | changes)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("8.99", 899), ("$12", 1200), ("1,250.00", 125_000), ("1250", 125_000), ("0.05", 5), (" 3 ", 300)],
)
def test_dollars_are_read_as_people_type_them(typed, amount):
    assert cents(typed) == amount


@pytest.mark.parametrize("typed", ["8,99", "8.9", "-1", "ten", "", "1,2", "1e3"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match="amount in dollars"):
        cents(typed)


def test_sku_is_kept_in_upper_case():
    assert make_draft(sku=" glv-1 ").sku == "GLV-1"


def test_medicines_and_controlled_items_are_kept_by_lot():
    assert not is_tracked(make_draft())
    for changes in ({"is_lot_tracked": True}, {"is_controlled": True}, {"category": "medications"}):
        assert is_tracked(make_draft(**changes))


def test_item_is_discontinued_once():
    assert discontinue_problem(make_item()) is None
    assert isinstance(discontinue_problem(make_item(status="discontinued")), InvalidTransition)


def test_par_is_at_least_the_reorder_point():
    assert levels_problem(LevelsDraft(reorder_point=5, par_level=5, version=0)) is None
    problem = levels_problem(LevelsDraft(reorder_point=6, par_level=5, version=0))
    assert isinstance(problem, ValidationFailed)


def test_sheet_is_overdue_after_three_years():
    def verified(days_ago):
        return SafetySheet(
            id="sds_1",
            product_name="Example",
            manufacturer="Example",
            chemical_name=None,
            cas_number=None,
            hazard_classes=[],
            first_aid="Rinse.",
            precautions=None,
            emergency_procedures=None,
            issued_on=None,
            revision=None,
            verified_at=iso_utc(NOW - timedelta(days=days_ago)),
            verified_by="usr_mia",
            file_upload_id=None,
            version=1,
        )

    assert not is_overdue(verified(1095), NOW)
    assert is_overdue(verified(1096), NOW)


def test_hazard_classes_are_typed_with_commas():
    fields = {"product_name": "x", "manufacturer": "y", "first_aid": "z"}
    assert SheetForm(**fields, hazard_classes="Corrosive, , Irritant ").hazard_classes == [
        "Corrosive",
        "Irritant",
    ]
