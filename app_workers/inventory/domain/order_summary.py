"""What is said of an order to those who buy: as Markdown for programs, and as the text of a mail."""

from collections.abc import Iterator

from app_workers.inventory.models.order_summary import OrderSummary
from app_workers.inventory.models.orders import Order, OrderLine
from ganger.ui.formats import money

_MAX_SUBJECT = 150


def markdown(summary: OrderSummary) -> str:
    """The summary as Markdown."""
    order = summary.order
    text = [
        f"# {order.order_number}",
        "",
        f"{order.vendor_name}, for {order.location_name}",
        "",
        "| Item | Packs | Pack cost | Sum |",
        "|---|---|---|---|",
    ]
    for line in summary.lines:
        name = _named(summary, line).replace("|", "/")
        text.append(f"| {name} | {_packs(line)} | {money(line.pack_cost_cents)} | {_sum(line)} |")
    text += ["", f"Total: {money(order.total_cents)}"]
    for offer in _cheaper(summary):
        text += ["", offer]
    return "\n".join(text) + "\n"


def subject_of(order: Order) -> str:
    """What the mail about an approved order is headed."""
    text = f"Order {order.order_number} approved: {order.vendor_name}, for {order.location_name}"
    return "".join(each if each.isprintable() else " " for each in text)[:_MAX_SUBJECT]


def mail_text(summary: OrderSummary) -> str:
    """The summary as a plain mail."""
    order = summary.order
    text = [
        f"Order {order.order_number} is approved and can be placed.",
        "",
        f"Vendor: {order.vendor_name}",
        f"Ship to: {order.location_name}",
        "",
    ]
    for line in summary.lines:
        sku = f" ({line.vendor_sku})" if line.vendor_sku else ""
        text.append(f"- {_named(summary, line)}{sku}: {_packs(line)}, {_sum(line)}")
    text += [
        "",
        f"Subtotal: {money(order.subtotal_cents)}",
        f"Tax and shipping: {money(order.tax_cents + order.shipping_cents)}",
        f"Total: {money(order.total_cents)}",
    ]
    offers = list(_cheaper(summary))
    if offers:
        text += ["", *offers]
    text += ["", "When it is placed at the vendor, mark it as ordered in Inventory."]
    return "\n".join(text) + "\n"


def _named(summary: OrderSummary, line: OrderLine) -> str:
    return f"{line.item_name} (urgent)" if line.item_id in summary.urgent else line.item_name


def _packs(line: OrderLine) -> str:
    return f"{line.quantity_packs} of {line.pack_size} {line.stock_unit}"


def _sum(line: OrderLine) -> str:
    return money(line.quantity_packs * line.pack_cost_cents)


def _cheaper(summary: OrderSummary) -> Iterator[str]:
    names = {line.item_id: line.item_name for line in summary.lines}
    for item_id, offers in summary.cheaper.items():
        best = offers[0]
        yield f"{names[item_id]} is cheaper from {best.vendor_name}: {money(best.saving_cents)} less"
