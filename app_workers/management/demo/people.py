"""Demo profiles of the platform's demo people: all departments, three locations, plainly fictional."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ganger.db import Statement, Value
from ganger.demo import insert_if_missing


@dataclass(frozen=True, slots=True)
class _Profile:
    """`place` None: several locations. `days` is for how long they have been here."""

    employee_id: str
    department: str
    position: str
    manager_id: str | None
    place: str | None
    days: int
    skills: tuple[str, ...] = ()
    bio: str | None = None
    works_remote: bool = False


_AREAS = {"loc_aa": "734", "loc_wx": "248", "loc_py": "734", None: "734"}

# In the order of the platform's own list; requests count on the first eight.
PROFILES = {
    "usr_sam": _Profile("E-0001", "administration", "Practice administrator", None, None, 4200),
    "usr_mia": _Profile("E-0002", "clinical", "Clinic manager", "usr_sam", "loc_aa", 2900, ("Triage",)),
    "usr_max": _Profile("E-0003", "operations", "Operations manager", "usr_sam", "loc_py", 2500),
    # The platform gives Pat the rows of Ann Arbor; the desk is in Wixom.
    "usr_pat": _Profile(
        "E-0007",
        "reception",
        "Receptionist",
        "usr_mia",
        "loc_wx",
        800,
        ("Spanish", "First aid"),
        "Sits at the demo front desk and knows every made-up visitor by name.",
    ),
    "usr_wes": _Profile(
        "E-0008", "it", "Systems specialist", "usr_mia", "loc_wx", 1500, ("Networks", "Python"), None, True
    ),
    "usr_fay": _Profile("E-0009", "billing", "Billing specialist", "usr_max", "loc_py", 1100, ("ICD-10",)),
    "usr_tia": _Profile("E-0010", "marketing", "Outreach coordinator", "usr_max", None, 420),
    "usr_ina": _Profile("E-0011", "clinical", "Medical assistant", "usr_mia", "loc_aa", 2000),
    "usr_sas": _Profile("E-0004", "reception", "Reception manager", "usr_sam", "loc_wx", 3300),
    "usr_ada": _Profile("E-0012", "clinical", "Medical assistant", "usr_mia", "loc_aa", 640, ("Phlebotomy",)),
    "usr_ben": _Profile("E-0013", "clinical", "Scribe", "usr_mia", "loc_aa", 95),
    "usr_cal": _Profile("E-0014", "clinical", "Medical assistant", "usr_mia", "loc_wx", 1300),
    "usr_dee": _Profile("E-0015", "clinical", "Nurse", "usr_mia", "loc_py", 2200, ("Wound care",)),
    "usr_eli": _Profile("E-0016", "clinical", "Nurse", "usr_mia", "loc_wx", 380),
    "usr_gia": _Profile("E-0017", "reception", "Receptionist", "usr_sas", "loc_aa", 700, ("Polish",)),
    "usr_hal": _Profile("E-0018", "reception", "Receptionist", "usr_sas", "loc_py", 12),
    "usr_ivy": _Profile("E-0019", "reception", "Call center agent", "usr_sas", "loc_wx", 900, (), None, True),
    "usr_jon": _Profile(
        "E-0020", "billing", "Coding specialist", "usr_max", "loc_py", 1700, ("CPT",), None, True
    ),
    "usr_kit": _Profile("E-0021", "billing", "Billing specialist", "usr_max", "loc_aa", 250),
    "usr_lou": _Profile("E-0022", "operations", "Facilities technician", "usr_max", None, 1900, ("Heating",)),
    "usr_moe": _Profile("E-0023", "operations", "Supply coordinator", "usr_max", "loc_py", 520),
    "usr_nat": _Profile("E-0024", "it", "Support specialist", "usr_wes", "loc_aa", 150, ("Printers",)),
    "usr_ora": _Profile("E-0025", "administration", "Office assistant", "usr_sam", "loc_aa", 1250),
    "usr_quin": _Profile("E-0026", "marketing", "Content writer", "usr_tia", "loc_aa", 310, (), None, True),
}


def profiles(today: date, at: str) -> Iterator[Statement]:
    """The statements that write the profiles."""
    for number, (user_id, profile) in enumerate(PROFILES.items(), start=1):
        columns: dict[str, Value] = {
            "user_id": user_id,
            "employee_id": profile.employee_id,
            "department": profile.department,
            "position": profile.position,
            "phone": f"{_AREAS[profile.place]}-555-01{3 + number:02}",
            "bio": profile.bio,
            "skills": json.dumps(profile.skills),
            "home_location_id": profile.place,
            "manager_id": profile.manager_id,
            "hire_date": (today - timedelta(days=profile.days)).isoformat(),
            "works_remote": int(profile.works_remote),
            "created_at": at,
            "updated_at": at,
        }
        yield insert_if_missing("staff_profiles", columns)
