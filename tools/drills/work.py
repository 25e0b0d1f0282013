"""What is done to the stock while the platform dies: deliveries, uses, waste, transfers, orders and so on.

Work is a row of steps, each of which can be sent again: by a reference of its own, or by looking first how
far the work has come. A sequence is some work that one person does one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from tools.drills.sender import PEOPLE, PLACES

KINDS = ("receipt", "usage", "usage", "waste", "adjustment", "transfer", "order", "count")
LOTS = ("DRILL-A", "DRILL-B")
LOTS_EXPIRE_ON = {"DRILL-A": "2098-12-31", "DRILL-B": "2099-12-31"}
# The last step of what has several.
STEPS = {"transfer": 3, "order": 5, "count": 4}
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Product:
    """An item that work is done on."""

    id: str
    is_lot_tracked: bool


@dataclass
class Work:
    """One piece of work. `acknowledged` counts the steps whose success was answered."""

    kind: str
    ref: str
    product: Product
    lot_number: str | None  # of a lot-tracked product; what is used or sent may come from any of its lots
    quantity: int
    place: str
    person: str
    second_ref: str
    acknowledged: int = 0
    is_refused: bool = False
    object_id: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.is_refused or self.acknowledged == STEPS.get(self.kind, 1)

    @property
    def effect(self) -> int:
        """What a change by hand or a delivery does to what is on hand."""
        return self.quantity if self.kind in ("receipt", "adjustment") else -self.quantity


def some_sequence(random: Random, products: Sequence[Product]) -> list[Work]:
    """Any work of one person, a few pieces of it."""
    person = random.choice(PEOPLE)
    return [_some_work(random, products, person) for _ in range(random.randint(1, _LONGEST))]


def _some_work(random: Random, products: Sequence[Product], person: str) -> Work:
    product = random.choice(products)
    return Work(
        kind=random.choice(KINDS),
        ref=_some_ref(random),
        product=product,
        lot_number=random.choice(LOTS) if product.is_lot_tracked else None,
        quantity=random.randint(1, 9),
        place=random.choice(PLACES),
        person=person,
        second_ref=_some_ref(random),
    )


def _some_ref(random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))
