"""The texts of the demo templates; made up, and marked so that nobody takes them for advice."""

from collections.abc import Mapping

from app_workers.handouts.demo.parts import Part, blanks, choice, item, line, listed, number, text, warning

NOTICE = "DEMO - not for clinical use"

_TIMES = ("once", "twice")
_FREQUENCY = ("once a day", "twice a day", "every other day")


def _demo(*sections: Part) -> list[Part]:
    return [warning("demo_notice", f"**{NOTICE}**"), *sections]


_ACNE_STEPS = {
    "id": "plan",
    "type": "checklist",
    "title": "Your plan",
    "min_selected": 1,
    "items": [
        item(
            "wash",
            "Use the {{bp_percent}}% benzoyl peroxide wash {{wash_times}} a day.",
            choice(
                "bp_percent",
                "Strength (%)",
                "2.5",
                "5",
                "10",
                allow_custom=True,
                custom_min=0.5,
                custom_max=20,
            ),
            choice("wash_times", "Times a day", *_TIMES),
        ),
        item("gentle", "Wash with a mild cleanser and lukewarm water; pat dry.", default=True),
        item(
            "morning",
            "In the morning: a thin layer of {{morning_gel}}.",
            line("morning_gel", "Morning gel", required=True),
        ),
        item(
            "evening",
            "In the evening: a pea-sized amount of {{evening_cream}}.",
            line("evening_cream", "Evening cream", required=True),
        ),
        item("start_slow", "Begin the evening cream every third night and add nights as your skin allows."),
        item(
            "oral",
            "Take {{oral_name}} {{oral_times}} with a full glass of water.",
            line("oral_name", "Tablet", required=True),
            choice("oral_times", "How often", *_FREQUENCY),
        ),
        item("moisturise", "Put on a light moisturiser after each wash."),
        item("sunscreen", "Wear sunscreen of SPF 30 or more every morning.", default=True),
        item("makeup", "Choose make-up and hair products marked non-comedogenic."),
        item("no_picking", "Do not squeeze or pick spots."),
        item("towels", "Change pillow cases and towels every few days."),
        item(
            "spot",
            "Dab {{spot_product}} on single spots.",
            line("spot_product", "Product for spots", required=True),
        ),
        item("photos", "Take a photo of your skin once a month."),
        item(
            "follow_up",
            "Come back in {{weeks}} weeks.",
            number("weeks", "Weeks", 2, 26, required=True, default="8"),
        ),
    ],
}

ACNE_PLAN = _demo(
    text("hello", "{{patient_first_name}}, this is what we agreed on {{current_date}}."),
    _ACNE_STEPS,
    blanks(
        "asked",
        "May be pregnant: {{pregnant}}",
        {"id": "pregnant", "type": "checkbox", "label": "May be pregnant"},
    ),
    warning(
        "oral_info",
        "Sit up for half an hour after each tablet and stay out of strong sun.",
        "About your tablets",
    ),
    text("questions", "Questions? Call **{{location_phone}}**."),
)
ACNE_RULES = [
    {"type": "show_if", "field": "oral", "operator": "is_checked", "target": ["oral_info"]},
    {"type": "hide_if", "field": "pregnant", "operator": "is_checked", "target": ["oral_info"]},
]

ACNE_REGIMEN = _demo(
    blanks(
        "mornings",
        "1. Cleanser: {{am_cleanser}}\n2. Treatment: {{am_treatment}}\n3. Moisturiser: "
        "{{am_moisturiser}}\n4. Sunscreen: SPF {{am_spf}}",
        line("am_cleanser", "Cleanser", required=True),
        line("am_treatment", "Treatment", required=True),
        line("am_moisturiser", "Moisturiser"),
        choice("am_spf", "SPF", "30", "50", default="30"),
        title="Mornings",
    ),
    blanks(
        "evenings",
        "1. Cleanser: {{pm_cleanser}}\n2. Treatment: {{pm_treatment}}, {{pm_nights}}\n3. "
        "Moisturiser: {{pm_moisturiser}}",
        line("pm_cleanser", "Cleanser", required=True),
        line("pm_treatment", "Treatment", required=True),
        choice("pm_nights", "Nights", "every night", "every other night", "every third night"),
        line("pm_moisturiser", "Moisturiser"),
        title="Evenings",
    ),
    text("patience", "Give it eight weeks before you judge it.", "emphasis"),
)

ECZEMA_REGIMEN = _demo(
    listed(
        "bathing",
        "Bathing",
        "Ten minutes, lukewarm.",
        "A soap-free wash on the skin that needs it.",
        "Pat dry and moisturise within three minutes.",
    ),
    blanks(
        "creams",
        "Body: {{body_cream}}, {{body_times}}, for {{body_days}} days.\n\nFace and folds: "
        "{{face_cream}}, {{face_times}}.\n\nBetween flares: {{moisturiser}} as often as the skin "
        "feels dry.",
        line("body_cream", "Cream for the body", required=True),
        choice("body_times", "How often", *_FREQUENCY),
        number("body_days", "Days", 3, 28, required=True, default="14"),
        line("face_cream", "Cream for the face", required=True),
        choice("face_times", "How often on the face", *_FREQUENCY),
        line("moisturiser", "Moisturiser", required=True),
        title="Creams",
    ),
)

ISOTRETINOIN = _demo(
    warning(
        "pregnancy",
        "**Never take this medicine while you are or may become pregnant.** It can seriously harm "
        "an unborn child.\n\nUse two forms of contraception from a month before until a month after.",
        "Pregnancy",
    ),
    listed(
        "monthly",
        "Each month",
        "A pregnancy test before the next supply.",
        "A short visit or call with us.",
        "Never share the capsules, and give no blood.",
    ),
    blanks(
        "dose",
        "Your dose: {{dose_mg}} mg {{dose_times}}, with food.\n\nNext test by {{next_test_on}}.",
        number("dose_mg", "Dose (mg)", 10, 80, required=True),
        choice("dose_times", "How often", "once a day", "twice a day"),
        {"id": "next_test_on", "type": "date", "label": "Next test", "required": True},
        title="Dose",
    ),
    text(
        "call",
        "Call {{location_phone}} at once about low mood, strong headache or trouble seeing.",
        "emphasis",
    ),
)

PATCH_TEST = _demo(
    listed(
        "before",
        "In the week before",
        "No steroid cream on the back.",
        "No sunbathing of the back.",
        "Tell us about tablets that calm the immune system.",
    ),
    listed(
        "days",
        "The three visits",
        "Monday: patches go on.",
        "Wednesday: patches come off and we look.",
        "Friday: we look again.",
        ordered=True,
    ),
    text("keep_dry", "Keep your back dry from Monday to Friday: no shower on it, no sport.", "emphasis"),
)

ROSACEA = _demo(
    listed(
        "triggers",
        "What often sets it off",
        "Sun and wind",
        "Hot drinks and spicy food",
        "Alcohol",
        "Stress and heat",
    ),
    blanks(
        "treatment",
        "Use {{rosacea_cream}} {{rosacea_times}}.\n\nKeep away above all from: {{own_trigger}}",
        line("rosacea_cream", "Cream", required=True),
        choice("rosacea_times", "How often", *_FREQUENCY),
        line("own_trigger", "Own trigger"),
        title="Your treatment",
    ),
)

SUN_PROTECTION = _demo(
    listed(
        "rules",
        "Every day",
        "Use a broad-spectrum sunscreen of SPF 30 or more.",
        "Put it on again every 2 hours, and after swimming or sweating.",
        "Stay in the shade from 10 AM to 4 PM.",
        "Wear a hat, sunglasses and long sleeves.",
    ),
    text("look", "Look at your whole skin once a month, and show us what changes.", "emphasis"),
)

VINEGAR_SOAK = _demo(
    listed(
        "soak",
        "How to soak",
        "Mix 1 part white vinegar with 3 parts lukewarm water.",
        "Soak the nails for 10-15 minutes, once a day.",
        "Dry well, also between the toes.",
        ordered=True,
    ),
    warning("stop", "Stop when the skin burns, cracks or bleeds, and call {{location_phone}}."),
)

WOUND_CARE = _demo(
    listed(
        "daily",
        "Once a day",
        "Wash your hands.",
        "Take the bandage off and clean with mild soap and water.",
        "Put on a thin layer of plain petroleum jelly.",
        "Cover with a fresh bandage.",
        ordered=True,
    ),
    warning(
        "call_us",
        "Call {{location_phone}} about spreading redness, pus, fever, or bleeding that does not "
        "stop after 20 minutes of pressure.",
    ),
)

PSORIASIS = _demo(
    text(
        "what",
        "Psoriasis comes from an immune system that makes skin grow too fast. It is **not contagious**.",
    ),
    listed(
        "helps",
        "What helps",
        "Moisturise every day.",
        "Use your treatment as told, also when it gets better.",
        "Do not scratch off scales.",
        "Tell us about sore joints.",
    ),
)

SCABIES = _demo(
    text("what", "Treat everybody in the home on the same day, from the neck down."),
    listed(
        "laundry",
        "Laundry",
        "Wash clothes and bedding hot.",
        "Seal what cannot be washed in a bag for a week.",
    ),
)
CRYOTHERAPY = _demo(
    text("after", "A blister is normal and heals in one to three weeks."),
    listed("care", "Care", "Keep it clean.", "Do not open the blister.", "Cover it while it weeps."),
)
BIOPSY = _demo(text("after", "Leave the bandage on for a day. Results take about two weeks."))

RULES: Mapping[str, list[Part]] = {"tpl_acne_plan": ACNE_RULES}
