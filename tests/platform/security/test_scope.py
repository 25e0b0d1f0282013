"""What belongs to other locations reaches nobody, by no address."""

import itertools
import re

import pytest

from tests.harness.staff import StaffPortal
from tools.paths import ROOT
from tools.permissions import read_table
from tools.registry import Kind, load_registry
from tools.scoping import practice_tables, read_migrations

pytestmark = pytest.mark.runtime

REGISTRY = load_registry()
OWN, OTHERS = "loc_wx", ("loc_aa", "loc_py")
WES = "usr_wes"  # staff of Wixom
KEPT_BY_THE_PLATFORM = {"audit_logs", "audit_logs_numbered", "user_locations", "location_configs"}
TABLES = practice_tables(read_migrations(ROOT)) - KEPT_BY_THE_PLATFORM
MIN_LENGTH = 6
TOLD_ANYWAY = ("_at", "_on", "_source", "_type", "app", "app_key", "kind", "method", "status")
OTHERWISE_NAMED = {"count_id": "count_sessions"}


def rows_of(platform: StaffPortal, table: str) -> tuple[list[dict], list[dict]]:
    """The rows of Wixom, and those of other locations; of a table without a location none are its own."""
    rows = platform.rows(f"SELECT * FROM {table}")  # noqa: S608 - names from our own migrations
    own = [row for row in rows if row.get("location_id") == OWN or is_on_the_way(platform, row)]
    others = [row for row in rows if {row.get("location_id"), row.get("from_location_id")} & set(OTHERS)]
    return own, [row for row in others if row not in own]


def is_on_the_way(platform: StaffPortal, row: dict) -> bool:
    """Whether the row is a transfer from or to Wixom, or a line of one: both of its locations see it."""
    between = "SELECT id FROM stock_transfers WHERE ? IN (from_location_id, to_location_id)"
    seen = {each["id"] for each in platform.rows(between, OWN)} if "from_location_id" in row else set()
    return bool({row.get("id"), row.get("transfer_id")} & seen)


def texts(row: dict) -> set[str]:
    """What would give a row away: no date, which may be another's by chance, and no word of the app's own."""
    return {
        value
        for name, value in row.items()
        if isinstance(value, str) and len(value) >= MIN_LENGTH and not name.endswith(TOLD_ANYWAY)
    }


def listed_words(platform: StaffPortal) -> set[str]:
    """The words that the schema itself allows a column, such as the reasons of a movement."""
    tables = platform.rows("SELECT sql FROM sqlite_master WHERE type = 'table'")
    lists = [each for table in tables for each in re.findall(r"\bIN \(([^)]*)\)", table["sql"])]
    return {word for each in lists for word in re.findall(r"'([^']*)'", each)}


@pytest.fixture(scope="module")
def canaries(platform: StaffPortal) -> frozenset[str]:
    """Texts that stand only in rows of other locations."""
    foreign: set[str] = set()
    known: set[str] = set()
    for table in TABLES:
        own, others = rows_of(platform, table)
        foreign |= set().union(*(texts(row) for row in others))
        known |= set().union(*(texts(row) for row in own))
    shared = [
        row["name"]
        for row in platform.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        )
        if row["name"] not in TABLES
    ]
    for table in shared:
        for row in platform.rows(f"SELECT * FROM {table}"):  # noqa: S608
            known |= texts(row)
    known |= listed_words(platform)
    # A product code that somebody scanned is kept as it was read, and as 14 digits with its product.
    return frozenset(text for text in foreign - known if text.zfill(14) not in known)


def values_of(platform: StaffPortal, name: str) -> list[str]:
    """Values for a named segment of a path: rows of every table that has them, of every location."""
    column = "id" if name.endswith("_id") else name
    own = OTHERWISE_NAMED.get(name, f"_{name.removesuffix('_id')}s")  # as in inventory_items
    tables = sorted(each for each in TABLES if each.endswith(own))
    found = [platform.rows(f"SELECT * FROM {each} LIMIT 40") for each in tables or sorted(TABLES)]  # noqa: S608
    # Of what has no location fewer will do: more would be too many requests a minute.
    return [str(row[column]) for rows in found for row in rows if column in row][: 40 if tables else 8]


def addresses(platform: StaffPortal):
    """Every GET route of every staff app in service, filled with every row that there is."""
    for worker in REGISTRY.of_kind(Kind.STAFF):
        mount = (worker.mount or "").rstrip("/")
        for name in read_table(ROOT).routes.get(worker.id, {}):
            method, _, path = name.partition(" ")
            if method != "GET":
                continue
            segments = re.findall(r"\{([^}]+)\}", path)
            # Of two segments every pair is asked for, so fewer of each will do.
            most = 40 if len(segments) < 2 else 12
            for filled in itertools.product(*(values_of(platform, name)[:most] for name in segments)):
                address = mount + path
                for segment, value in zip(segments, filled, strict=True):
                    address = address.replace(f"{{{segment}}}", value)
                yield address


def test_the_demo_data_has_rows_of_other_locations_to_look_out_for(canaries):
    assert len(canaries) > 50


def test_no_get_route_shows_staff_of_wixom_anything_of_another_location(platform, canaries):
    asked = list(addresses(platform))
    assert len(asked) > 20
    for address in asked:
        answer = platform.get(address, WES)
        # 403: reports are not for everybody; 400, 422: the route wants a query, and shows nothing without.
        assert answer.status_code in (200, 400, 403, 404, 422), address
        assert not {canary for canary in canaries if canary in answer.text}, address


@pytest.mark.parametrize("location", OTHERS)
def test_asking_for_another_location_by_name_is_not_found(platform, canaries, location):
    for address in (
        "/inventory",
        "/inventory/items",
        "/inventory/api/v1/items",
        "/inventory/api/v1/movements",
    ):
        answer = platform.get(f"{address}?location_id={location}", WES)
        assert answer.status_code == 404, address
        assert not {canary for canary in canaries if canary in answer.text}


def test_the_canaries_are_what_the_other_location_does_see(platform, canaries):
    seen = platform.get("/inventory/api/v1/movements?limit=100", "usr_pat").text
    assert {canary for canary in canaries if canary in seen}
