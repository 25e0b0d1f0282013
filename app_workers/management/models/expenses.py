"""The codes of an expense."""

from enum import StrEnum


class ExpenseType(StrEnum):
    """What money was spent for."""

    BUSINESS_TRIP = "business_trip"
    TRAINING = "training"
    SUPPLIES = "supplies"
    PATIENT_CARE = "patient_care"
    OTHER = "other"


class PaymentMethod(StrEnum):
    """With whose money an expense was paid."""

    PERSONAL_CARD = "personal_card"
    PERSONAL_CASH = "personal_cash"
    COMPANY_CARD = "company_card"


class ExpenseCategory(StrEnum):
    """What one item of an expense is."""

    TRAVEL = "travel"
    MEALS = "meals"
    SUPPLIES = "supplies"
    TRAINING = "training"
    PARKING = "parking"
    OTHER = "other"
