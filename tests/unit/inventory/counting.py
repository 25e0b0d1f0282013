"""The steps of a count at Ann Arbor, carried out in the host's SQLite."""

import asyncio

from app_workers.inventory.domain.counting import judged
from app_workers.inventory.models.counts import CountStatus, EntryDecision
from app_workers.inventory.models.settings import Settings
from app_workers.inventory.store.count_posting import post_count
from app_workers.inventory.store.count_scans import record_scans
from app_workers.inventory.store.count_steps import deciding, judging, start_count, take_step
from app_workers.inventory.store.counts import entries_of, find_count
from tests.unit.inventory.shelves import PLACE, actor, make_count


def start(shelves, **changes):
    session, is_earlier = asyncio.run(start_count(shelves, PLACE, actor(), make_count(**changes)))
    assert not is_earlier
    return session


def scan(shelves, session, *scans, person="usr_pat"):
    return asyncio.run(record_scans(shelves, PLACE, actor(person), session.id, scans))


def entries(shelves, session):
    return asyncio.run(entries_of(shelves, PLACE, session.id))


def counts(shelves, session):
    """Expected and counted of each entry, by item and lot."""
    return {
        (each.item_id, each.lot_number): (each.expected_quantity, each.counted_quantity)
        for each in entries(shelves, session)
    }


def submit(shelves, session):
    session = asyncio.run(find_count(shelves, PLACE, session.id))
    more = [judging(PLACE, actor(), session, judged(entries(shelves, session), Settings()))]
    return asyncio.run(
        take_step(shelves, PLACE, actor(), session, CountStatus.SUBMITTED, {"submitted_by": "usr_pat"}, more)
    )


def decide(shelves, session, decision, status):
    decisions = [
        EntryDecision.checked({"entry_id": each.id, "decision": decision})
        for each in entries(shelves, session)
        if each.status == "needs_approval"
    ]
    more = [deciding(PLACE, actor("usr_mia"), session, decisions)]
    return asyncio.run(take_step(shelves, PLACE, actor("usr_mia"), session, status, {}, more))


def post(shelves, session):
    return asyncio.run(post_count(shelves, PLACE, actor("usr_mia"), session.id, session.version))
