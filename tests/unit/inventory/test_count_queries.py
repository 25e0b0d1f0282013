"""How the statements of counts find their rows."""

import asyncio
import re

import pytest

from app_workers.inventory.demo import statements
from app_workers.inventory.domain.counting import judged
from app_workers.inventory.models.counts import CountQuery, CountStatus, EntryDecision
from app_workers.inventory.store.count_leftovers import cancel_left_counts
from app_workers.inventory.store.count_posting import post_count
from app_workers.inventory.store.count_scans import record_scans
from app_workers.inventory.store.count_steps import deciding, judging, start_count, take_step
from app_workers.inventory.store.counts import counts_in, entries_of, find_count, open_counts
from app_workers.inventory.store.levels import levels_of_items
from app_workers.inventory.store.settings import settings_at
from tests.harness.tables import HostDatabase
from tests.unit.inventory.factories import TODAY
from tests.unit.inventory.shelves import NOW, PLACE, actor, make_count, make_scan, new_ref

# What a statement has gathered itself, by its indexes, just before.
GATHERED = re.compile(r"SCAN (fresh|total|counted|level|given|CONSTANT ROW|\(subquery-\d+\))")


@pytest.fixture(scope="module")
def asked():
    """Every statement of a full count that is started, counted, judged, decided and posted."""
    database = HostDatabase("inventory")
    database.carry_out(statements(TODAY))
    asyncio.run(carry_out(database))
    yield database
    database.connection.close()


async def carry_out(db):
    new = make_count(count_type="cycle", categories=["medications", "other"], client_ref=str(new_ref()))
    session, _ = await start_count(db, PLACE, actor(), new)
    await start_count(db, PLACE, actor(), new)
    scans = [
        make_scan("GLV-NIT-M", 9),
        make_scan("099999000023", 2, mode="set"),
        make_scan("LID-2PC", 1, lot_number="NEW1"),
    ]
    await record_scans(db, PLACE, actor(), session.id, scans)
    session = await find_count(db, PLACE, session.id)
    entries = await entries_of(db, PLACE, session.id)
    judge = judging(PLACE, actor(), session, judged(entries, await settings_at(db, PLACE)))
    session = await take_step(db, PLACE, actor(), session, CountStatus.SUBMITTED, {}, [judge])
    waiting = [entry for entry in await entries_of(db, PLACE, session.id) if entry.status == "needs_approval"]
    decide = deciding(
        PLACE, actor(), session, [EntryDecision(entry_id=each.id, decision="approved") for each in waiting]
    )
    session = await take_step(db, PLACE, actor(), session, CountStatus.SUBMITTED, {}, [decide])
    posted, _ = await post_count(db, PLACE, actor(), session.id, session.version)
    assert posted.status is CountStatus.POSTED
    await open_counts(db, PLACE)
    await counts_in(db, PLACE, CountQuery(status="posted"))
    await levels_of_items(db, PLACE, ["itm_glv-nit-m"], TODAY)
    await cancel_left_counts(db, PLACE, NOW)


def test_no_statement_reads_a_whole_table(asked):
    assert asked.asked
    for statement in asked.asked:
        for step in asked.plan(statement):
            assert not step.startswith("SCAN") or "INDEX" in step or GATHERED.match(step), (
                step,
                statement.sql,
            )
