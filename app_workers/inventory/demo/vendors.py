"""The demo practice's vendors and what they sell items for: none of them exists."""

from collections.abc import Iterator
from dataclasses import dataclass

from app_workers.inventory.demo.catalogue import PRODUCTS, Product


@dataclass(frozen=True, slots=True)
class DemoVendor:
    """Somebody who sells supplies of these categories."""

    id: str
    name: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """A pack of one product."""

    product: Product
    vendor: DemoVendor
    pack_size: int
    pack_cost_cents: int
    is_preferred: bool


VENDORS = (
    DemoVendor(
        "ven_demo_medical",
        "Demo Medical Supply",
        ("gloves_ppe", "wound_care", "syringes", "antiseptics", "diagnostic_supplies", "medications"),
    ),
    DemoVendor("ven_office", "Example Office Goods", ("paper_products", "other")),
    DemoVendor("ven_derm", "Sample Derm Devices", ("surgical_supplies", "wound_care")),
)


def demo_offers() -> Iterator[DemoOffer]:
    """An offer of each vendor for each product of its categories; the first vendor's is preferred."""
    for category, products in PRODUCTS.items():
        sellers = [vendor for vendor in VENDORS if category in vendor.categories]
        for number, product in enumerate(products):
            for place, vendor in enumerate(sellers):
                size = (10, 12, 20)[number % 3]
                # A second seller is a little cheaper by the unit.
                cost = product.cents * size * (100 - 8 * place) // 100
                yield DemoOffer(product, vendor, size, cost, is_preferred=place == 0)
