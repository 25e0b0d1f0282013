"""The demo practice's safety sheets: invented products of well-known chemicals."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoSheet:
    """One sheet; `verified_days_ago` counts from today."""

    id: str
    product: str
    chemical: str
    cas_number: str
    hazard_classes: tuple[str, ...]
    first_aid: str
    precautions: str
    verified_days_ago: int = 100


SHEETS = (
    DemoSheet(
        "sds_formalin", "Example Formalin 10 %", "Formaldehyde", "50-00-0",
        ("Acute toxicity", "Skin sensitizer", "Carcinogen"),
        "Eyes: rinse with water for 15 minutes.\nSkin: take off wet clothing, wash with soap and water.\n"
        "Breathed in: fresh air.\nSwallowed: rinse the mouth, do not bring on vomiting. Call 911.",
        "Gloves and eye protection. Open jars only where the air is drawn off.",
    ),
    DemoSheet(
        "sds_alcohol", "Example Isopropyl Alcohol 70 %", "Propan-2-ol", "67-63-0",
        ("Flammable liquid", "Eye irritant"),
        "Eyes: rinse with water for 15 minutes.\nSkin: wash.\nBreathed in: fresh air.",
        "Keep away from flames and cautery until it is dry.",
    ),
    DemoSheet(
        "sds_koh", "Sample KOH 20 %", "Potassium hydroxide", "1310-58-3",
        ("Corrosive",),
        "Eyes: rinse with water at once, for 30 minutes, and call 911.\nSkin: rinse for 15 minutes.",
        "Gloves and eye protection.",
    ),
    DemoSheet(
        "sds_aluminum", "Demo Haemostatic Solution 20 %", "Aluminium chloride", "7446-70-0",
        ("Skin irritant", "Eye irritant"),
        "Eyes: rinse with water for 15 minutes.\nSkin: rinse with water.",
        "Gloves.",
    ),
    DemoSheet(
        "sds_wipes", "Demo Surface Wipes", "Quaternary ammonium compounds", "68424-85-1",
        ("Eye irritant",),
        "Eyes: rinse with water for 15 minutes.\nSkin: wash.",
        "Gloves. Let surfaces dry.",
        verified_days_ago=1200,
    ),
)  # fmt: skip

# Which product has which sheet; hand sanitizer has none yet.
SHEET_OF = {
    "FRM-10": "sds_formalin",
    "ALC-70-PT": "sds_alcohol",
    "KOH-20": "sds_koh",
    "ALU-20": "sds_aluminum",
    "SUR-WPE": "sds_wipes",
}
