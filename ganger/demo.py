"""Demo data for development and tests: three locations and plainly fictional people.

No worker imports this. The statements may be carried out again and again: what is there stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ganger.clock import iso_utc
from ganger.db import Statement, Value


@dataclass(frozen=True, slots=True)
class _Place:
    id: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class _Somebody:
    """`home` is the own location, `also` are the others that a member of staff was given."""

    id: str
    name: str
    role: str
    home: str
    also: tuple[str, ...] = ()
    is_active: bool = True
    email: str | None = None

    @property
    def address(self) -> str:
        """Their e-mail address; the name's where none is given."""
        return self.email or f"{self.name.lower().replace(' ', '.')}@example.test"


_PLACES = (
    _Place("loc_aa", "Ann Arbor", "734-555-0101"),
    _Place("loc_wx", "Wixom", "248-555-0102"),
    _Place("loc_py", "Plymouth", "734-555-0103"),
)

_PEOPLE = (
    _Somebody("usr_sam", "Sam Specimen", "superadmin", "loc_aa"),
    _Somebody("usr_mia", "Mia Demo", "manager", "loc_aa"),
    _Somebody("usr_max", "Max Mockup", "manager", "loc_py"),
    _Somebody("usr_pat", "Pat Example", "staff", "loc_aa", email="pat@example.test"),
    _Somebody("usr_wes", "Wes Sample", "staff", "loc_wx"),
    _Somebody("usr_fay", "Fay Fiction", "staff", "loc_py"),
    _Somebody("usr_tia", "Tia Template", "staff", "loc_wx", also=("loc_py",)),
    _Somebody("usr_ina", "Ina Placeholder", "staff", "loc_aa", is_active=False),
    _Somebody("usr_sas", "Sam Sample", "manager", "loc_wx"),
    _Somebody("usr_ada", "Ada Invented", "staff", "loc_aa"),
    _Somebody("usr_ben", "Ben Pretend", "staff", "loc_aa"),
    _Somebody("usr_cal", "Cal Makebelieve", "staff", "loc_wx"),
    _Somebody("usr_dee", "Dee Dummy", "staff", "loc_py"),
    _Somebody("usr_eli", "Eli Exemplar", "staff", "loc_wx"),
    _Somebody("usr_gia", "Gia Fable", "staff", "loc_aa"),
    _Somebody("usr_hal", "Hal Hypothesis", "staff", "loc_py"),
    _Somebody("usr_ivy", "Ivy Imagined", "staff", "loc_wx"),
    _Somebody("usr_jon", "Jon Notional", "staff", "loc_py"),
    _Somebody("usr_kit", "Kit Nominal", "staff", "loc_aa"),
    _Somebody("usr_lou", "Lou Legend", "staff", "loc_wx", also=("loc_py",)),
    _Somebody("usr_moe", "Moe Model", "staff", "loc_py"),
    _Somebody("usr_nat", "Nat Nobody", "staff", "loc_aa"),
    _Somebody("usr_ora", "Ora Outline", "staff", "loc_aa"),
    _Somebody("usr_quin", "Quin Quotation", "staff", "loc_aa"),
)


def statements(now: datetime) -> list[Statement]:
    """The statements that write the demo data, in an order that the foreign keys allow."""
    at = iso_utc(now)
    written = [_location(place, at) for place in _PLACES]
    for person in _PEOPLE:
        written += [_user(person, at), _role(person, at)]
        written += [_user_location(person.id, location_id) for location_id in (person.home, *person.also)]
    return written


def _location(place: _Place, at: str) -> Statement:
    columns = {"id": place.id, "name": place.name, "phone": place.phone, "created_at": at, "updated_at": at}
    return insert_if_missing("locations", columns)


def _user(person: _Somebody, at: str) -> Statement:
    columns: dict[str, Value] = {
        "id": person.id,
        "email": person.address,
        "name": person.name,
        "home_location_id": person.home,
        "is_active": int(person.is_active),
        "created_at": at,
        "updated_at": at,
    }
    return insert_if_missing("users", columns)


def _role(person: _Somebody, at: str) -> Statement:
    return insert_if_missing("user_roles", {"user_id": person.id, "role": person.role, "granted_at": at})


def _user_location(user_id: str, location_id: str) -> Statement:
    return insert_if_missing("user_locations", {"user_id": user_id, "location_id": location_id})


def insert_if_missing(table: str, columns: Mapping[str, Value]) -> Statement:
    """A statement that inserts one row unless it is there."""
    # OR IGNORE would also pass over a row that a CHECK refuses; the conflict clause does not.
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
    return Statement(sql, tuple(columns.values()))
