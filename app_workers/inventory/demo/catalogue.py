"""The demo practice's products: none of them exists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Product:
    """One item. `marks`: l lot-tracked, h hazardous, c controlled, d discontinued."""

    sku: str
    name: str
    unit: str
    cents: int  # of one unit
    marks: str = ""


PRODUCTS: dict[str, tuple[Product, ...]] = {
    "gloves_ppe": (
        Product("GLV-NIT-M", "Nitrile gloves, medium", "box", 899),
        Product("GLV-NIT-S", "Nitrile gloves, small", "box", 899),
        Product("GLV-NIT-L", "Nitrile gloves, large", "box", 899),
        Product("GLV-STR-7", "Sterile gloves, size 7", "box", 3450),
        Product("MSK-PRC", "Procedure masks", "box", 1150),
        Product("GWN-ISO", "Isolation gowns", "pack", 2260),
        Product("SHD-FACE", "Face shields", "each", 310),
        Product("GLV-VNL-M", "Vinyl gloves, medium", "box", 640, "d"),
    ),
    "wound_care": (
        Product("GZE-2X2", "Gauze pads 2 x 2 in", "pack", 385),
        Product("GZE-4X4", "Gauze pads 4 x 4 in", "pack", 540),
        Product("BND-ADH", "Adhesive bandages", "box", 420),
        Product("TPE-PAP", "Paper tape 1 in", "roll", 165),
        Product("DRS-FOAM", "Foam dressing 4 x 4 in", "each", 610),
        Product("DRS-HYD", "Hydrocolloid dressing", "each", 480),
        Product("STR-CLS", "Closure strips", "pack", 290),
    ),
    "syringes": (
        Product("SYR-1ML", "Syringe 1 mL", "box", 1380),
        Product("SYR-3ML", "Syringe 3 mL", "box", 1420),
        Product("SYR-5ML", "Syringe 5 mL", "box", 1560),
        Product("NDL-30G", "Needle 30 G x 1/2 in", "box", 1090),
        Product("NDL-27G", "Needle 27 G x 1 1/4 in", "box", 1090),
        Product("NDL-18G", "Needle 18 G x 1 1/2 in", "box", 980),
        Product("SHP-1QT", "Sharps container 1 qt", "each", 430),
    ),
    "paper_products": (
        Product("TBL-PPR", "Table paper 21 in", "roll", 345),
        Product("DRP-STD", "Drape sheets", "pack", 1875),
        Product("TWL-PPR", "Paper towels", "pack", 260),
        Product("CUP-5OZ", "Paper cups 5 oz", "pack", 215),
        Product("GWN-PPR", "Exam gowns, paper", "pack", 1640),
        Product("PIL-CVR", "Pillow covers", "pack", 990),
        Product("LBL-SPC", "Specimen labels", "roll", 720),
    ),
    "antiseptics": (
        Product("ALC-PAD", "Alcohol prep pads", "box", 240),
        Product("CHX-4OZ", "Chlorhexidine 4 %, 4 oz", "bottle", 565, "l"),
        Product("PVI-SWB", "Povidone swabs", "box", 1480, "l"),
        Product("SAN-1L", "Hand sanitizer 1 L", "bottle", 835, "h"),
        Product("SUR-WPE", "Surface wipes", "tube", 790, "h"),
        Product("H2O2-8OZ", "Hydrogen peroxide 3 %, 8 oz", "bottle", 195),
        Product("ALC-70-PT", "Isopropyl alcohol 70 %, pint", "bottle", 310, "h"),
    ),
    "diagnostic_supplies": (
        Product("SLD-FRO", "Frosted glass slides", "box", 880),
        Product("CVR-GLS", "Cover glasses", "box", 520),
        Product("SWB-CUL", "Culture swabs", "pack", 1675, "l"),
        Product("KOH-20", "KOH 20 % test kit", "kit", 2450, "lh"),
        Product("OIL-IMM", "Immersion oil", "bottle", 1120),
        Product("RUL-DSP", "Paper rulers", "pack", 380),
        Product("TNG-DEP", "Tongue depressors", "box", 290),
    ),
    "surgical_supplies": (
        Product("PUN-4MM", "Biopsy punch 4 mm", "each", 215),
        Product("PUN-3MM", "Biopsy punch 3 mm", "each", 215),
        Product("FRM-10", "Formalin jars 10 %", "each", 96, "h"),
        Product("BLD-15", "Scalpel blades no. 15", "box", 2380),
        Product("SUT-4-0", "Sutures 4-0", "box", 4890, "l"),
        Product("SUT-5-0", "Sutures 5-0", "box", 4890, "l"),
        Product("CUR-3MM", "Curette 3 mm", "each", 185),
        Product("DRP-FEN", "Fenestrated drapes", "pack", 1940),
    ),
    "medications": (
        Product("LID-1PC-EPI", "Local anaesthetic 1 % with epinephrine", "vial", 425, "l"),
        Product("LID-2PC", "Local anaesthetic 2 %", "vial", 390, "l"),
        Product("TRI-10", "Steroid suspension 10 mg/mL", "vial", 980, "l"),
        Product("TRI-40", "Steroid suspension 40 mg/mL", "vial", 1260, "l"),
        Product("BIC-84", "Bicarbonate 8.4 %", "vial", 510, "l"),
        Product("CAL-DEMO", "Demo calming tablets", "bottle", 3200, "lc"),
        Product("OIN-PLN", "Plain ointment", "tube", 275, "l"),
        Product("ALU-20", "Haemostatic solution 20 %", "bottle", 1890, "lh"),
    ),
    "other": (
        Product("BAT-AA", "Batteries AA", "pack", 1250),
        Product("LIQ-N2-TIP", "Cryo spray tips", "each", 2150),
        Product("BAG-BIO", "Biohazard bags", "roll", 1490),
        Product("BAG-ICE", "Instant cold packs", "box", 1320),
        Product("PEN-SKN", "Skin markers", "box", 1880),
        Product("LBL-OLD", "Chart labels, old form", "roll", 450, "d"),
    ),
}
