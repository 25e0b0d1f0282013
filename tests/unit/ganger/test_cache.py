"""What is kept, for how long, and that nobody sees an older value after a newer one."""

import asyncio
import random

import pytest

from ganger.cache import Cache, Counts, Generations, Kind
from ganger.records import Record
from tests.harness.tables import HostDatabase

MADE_OF = Generations("inventory_generations", ("stock.loc_aa",))


class Figure(Record):
    """A value to keep."""

    on_hand: int


class OtherFigure(Record):
    """The same in another shape."""

    on_hand: int
    usable: int


class Memory:
    """A shelf of this process."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, int]] = {}

    async def get(self, key):
        await asyncio.sleep(0)
        return self.kept[key][0] if key in self.kept else None

    async def put(self, key, value, seconds):
        await asyncio.sleep(0)
        self.kept[key] = (value, seconds)


@pytest.fixture
def database():
    database = HostDatabase("inventory")
    yield database
    database.connection.close()


@pytest.fixture
def cache():
    return Cache(Memory(), "ganger-test", Counts())


def raise_generation(database):
    database.connection.execute(
        "INSERT INTO inventory_generations (name) VALUES (?)"
        " ON CONFLICT (name) DO UPDATE SET generation = generation + 1",
        MADE_OF.names,
    )


def remember(cache, database, made, model=Figure, key=("loc_aa",)):
    async def make():
        return made

    return asyncio.run(cache.remember(database, Kind.INVENTORY, key, MADE_OF, model, make))


def test_value_is_made_once_until_its_generation_rises(cache, database):
    assert remember(cache, database, Figure(on_hand=1)).on_hand == 1
    assert remember(cache, database, Figure(on_hand=2)).on_hand == 1
    raise_generation(database)
    assert remember(cache, database, Figure(on_hand=3)).on_hand == 3
    assert cache.counts.plain() == {"hits": 1, "misses": 2, "hitRatio": 0.333}


def test_keys_tell_values_apart(cache, database):
    remember(cache, database, Figure(on_hand=1), key=("a/b",))
    assert remember(cache, database, Figure(on_hand=2), key=("a", "b")).on_hand == 2


def test_value_of_another_shape_is_made_anew(cache, database):
    remember(cache, database, Figure(on_hand=1))
    assert remember(cache, database, OtherFigure(on_hand=2, usable=1), OtherFigure).on_hand == 2
    (address,) = (each for each in cache.shelf.kept if "/Figure/" in each)
    cache.shelf.kept[address] = (b'{"on_hand": "many"}', 1)
    assert remember(cache, database, Figure(on_hand=5)).on_hand == 5


def test_each_kind_is_kept_for_its_time(cache, database):
    remember(cache, database, Figure(on_hand=1))
    assert [seconds for _, seconds in cache.shelf.kept.values()] == [120]
    assert {kind.name: kind.seconds for kind in Kind} == {
        "PATIENT": 300,
        "MEDICATION": 3600,
        "INVENTORY": 120,
        "APPOINTMENTS": 30,
        "SESSIONS": 86_400,
        "TEMPLATES": 300,
    }


def test_what_is_refused_is_not_kept(cache, database):
    async def make():
        raise LookupError

    with pytest.raises(LookupError):
        asyncio.run(cache.remember(database, Kind.INVENTORY, ("x",), MADE_OF, Figure, make))
    assert cache.shelf.kept == {}


class Race:
    """One writer and some readers whose steps come in an order of chance."""

    def __init__(self, cache, database, seed):
        self.cache, self.database = cache, database
        self.chance = random.Random(seed)  # noqa: S311 - the same order for the same seed
        self.truth = 0

    async def pause(self):
        for _ in range(self.chance.randrange(4)):
            await asyncio.sleep(0)

    async def make(self):
        await self.pause()
        made = Figure(on_hand=self.truth)
        await self.pause()
        return made

    async def write(self):
        for _ in range(15):
            await self.pause()
            # A change and its trigger are one transaction.
            self.truth += 1
            raise_generation(self.database)

    async def read(self):
        seen = []
        for _ in range(25):
            await self.pause()
            before = self.truth
            found = await self.cache.remember(
                self.database, Kind.INVENTORY, ("loc_aa",), MADE_OF, Figure, self.make
            )
            assert found.on_hand >= before, "a change that was done before is not seen"
            seen.append(found.on_hand)
        assert seen == sorted(seen)

    async def run(self):
        await asyncio.gather(self.write(), *(self.read() for _ in range(4)))


@pytest.mark.parametrize("seed", range(20))
def test_nobody_sees_an_older_value_after_a_newer_one(cache, database, seed):
    asyncio.run(Race(cache, database, seed).run())
