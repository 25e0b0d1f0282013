"""Purchase orders: their list, drafting one, and one with its lines."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from app_workers.inventory import labels, mail_labels
from app_workers.inventory.domain.mails import is_not_sent
from app_workers.inventory.domain.orders import (
    actions_from,
    may_change,
    may_receive,
    may_send_summary,
)
from app_workers.inventory.live import tell_order
from app_workers.inventory.models.answers import WholeOrder
from app_workers.inventory.models.catalogue import VendorQuery
from app_workers.inventory.models.orders import (
    NewOrder,
    Order,
    OrderAction,
    OrderEdit,
    OrderQuery,
    OrderStatus,
)
from app_workers.inventory.permissions import ADJUST, APPROVE_ORDERS, ORDER, RECEIVE, VIEW
from app_workers.inventory.routes.forms import field_errors, typed_of
from app_workers.inventory.store.order_drafts import draft_orders, edit_order
from app_workers.inventory.store.order_summaries import summaries_sent
from app_workers.inventory.store.orders import find_order, lines_of_order, orders_in
from app_workers.inventory.store.settings import settings_at
from app_workers.inventory.store.vendors import vendors
from ganger.context import Context, Listed, items
from ganger.errors import AppError, ValidationFailed
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.permissions import Role, is_allowed
from ganger.routing import Route

_MOST_VENDORS = 100

RIGHTS = {
    OrderAction.SUBMIT: ORDER,
    OrderAction.WITHDRAW: ORDER,
    OrderAction.APPROVE: APPROVE_ORDERS,
    OrderAction.REJECT: APPROVE_ORDERS,
    OrderAction.MARK_ORDERED: ORDER,
    OrderAction.CLOSE_SHORT: ADJUST,
    OrderAction.CANCEL: ORDER,
}


async def get_orders_page(ctx: Context) -> Response:
    """Show the orders of the person's locations."""
    asked = ctx.query(OrderQuery)
    orders, total = await _listed(ctx, asked)
    return ctx.page(
        "orders.html",
        page_title="Orders",
        labels=labels,
        asked=asked,
        orders=orders,
        total=total,
        places={place.id: place.name for place in ctx.scope.locations},
        url=f"{ctx.url('/orders')}?{ctx.request.query_string}",
    )


async def get_orders(ctx: Context) -> Json[Listed[Order]]:
    """List the orders of the person's locations."""
    asked = ctx.query(OrderQuery)
    orders, total = await _listed(ctx, asked)
    return ctx.json(items(orders, asked.page, asked.limit, total))


async def get_new_order_page(ctx: Context) -> Response:
    """Show the form that drafts an order."""
    return await _form_page(ctx, Form())


async def post_new_order(ctx: Context) -> Response:
    """Draft the order of the form, or show the form again as it was typed."""
    form = await ctx.form(NewOrder)
    if form.record is None:
        return await _form_page(ctx, form, ValidationFailed(form.errors))
    drafted = await draft_orders(ctx.db, ctx.scope, ctx.actor, [form.record])
    if isinstance(drafted, AppError):
        return await _form_page(ctx, form, drafted)
    orders, _ = drafted
    tell_order(ctx, orders[0])
    return ctx.redirect(f"/orders/{orders[0].id}")


async def post_order(ctx: Context) -> Json[WholeOrder]:
    """Draft an order with its lines; the same client_ref again drafts none."""
    drafted = await draft_orders(ctx.db, ctx.scope, ctx.actor, [await ctx.parse(NewOrder)])
    if isinstance(drafted, AppError):
        raise drafted
    orders, is_earlier = drafted
    tell_order(ctx, orders[0])
    return await told(ctx, orders[0], HTTPStatus.OK if is_earlier else HTTPStatus.CREATED)


async def get_order_page(ctx: Context) -> Response:
    """Show an order with its lines and what can be done with it."""
    return await order_page(ctx, {})


async def get_order(ctx: Context) -> Json[WholeOrder]:
    """Return an order with its lines."""
    return await told(ctx, await find_order(ctx.db, ctx.scope, ctx.params["order_id"]))


async def put_order(ctx: Context) -> Json[WholeOrder]:
    """Write an order as it is to be."""
    edit = await ctx.parse(OrderEdit)
    done = await edit_order(ctx.db, ctx.scope, ctx.actor, ctx.params["order_id"], edit)
    if isinstance(done, AppError):
        raise done
    tell_order(ctx, done)
    return await told(ctx, done)


async def told(ctx: Context, order: Order, status: HTTPStatus = HTTPStatus.OK) -> Json[WholeOrder]:
    """An order and its lines, for a program."""
    lines = await lines_of_order(ctx.db, ctx.scope, order.id)
    return ctx.json({"order": order, "lines": lines}, status)


async def order_page(ctx: Context, typed: Mapping[str, str], refusal: AppError | None = None) -> Response:
    """The page of an order with what was typed and why it was refused."""
    order = await find_order(ctx.db, ctx.scope, ctx.params["order_id"])
    return ctx.page(
        "order.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=order.order_number,
        labels=labels,
        mail_labels=mail_labels,
        order=order,
        lines=await lines_of_order(ctx.db, ctx.scope, order.id),
        is_draft=order.status is OrderStatus.DRAFT,
        may_change=may_change(order) and is_allowed(ctx.user, ORDER),
        may_receive=may_receive(order) and is_allowed(ctx.user, RECEIVE),
        actions=_actions(ctx, order),
        **await _told_to_buyers(ctx, order),
        typed={**typed_of(order, tax_cents="tax", shipping_cents="shipping"), **typed},
        errors=field_errors(refusal),
        refusal=refusal,
    )


async def _told_to_buyers(ctx: Context, order: Order) -> dict[str, object]:
    """What the page says of the summary that went, or did not go, to those who buy."""
    if order.approved_at is None:
        return {"sent": [], "buyers": [], "is_not_sent": False, "may_send": False}
    sent = await summaries_sent(ctx.db, ctx.scope, order.id)
    buyers = (await settings_at(ctx.db, ctx.scope.at(order.location_id))).buyer_emails
    may_send = may_send_summary(order) and bool(buyers) and is_allowed(ctx.user, ORDER)
    return {"sent": sent, "buyers": buyers, "is_not_sent": is_not_sent(sent), "may_send": may_send}


def is_superadmin(ctx: Context) -> bool:
    """Whether the person may approve what they submitted themselves."""
    return ctx.user.role == Role.SUPERADMIN.value


def _actions(ctx: Context, order: Order) -> list[OrderAction]:
    """What the person may do next with the order."""
    is_own = order.submitted_by == ctx.user.id
    not_theirs = OrderAction.APPROVE if is_own and not is_superadmin(ctx) else None
    not_others = None if is_own else OrderAction.WITHDRAW
    return [
        action
        for action in actions_from(order.status)
        if is_allowed(ctx.user, RIGHTS[action]) and action not in (not_theirs, not_others)
    ]


async def _listed(ctx: Context, asked: OrderQuery) -> tuple[list[Order], int]:
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    return await orders_in(ctx.db, scope, asked)


async def _form_page(ctx: Context, form: Form[NewOrder], refusal: AppError | None = None) -> Response:
    sellers, _ = await vendors(ctx.db, VendorQuery(limit=_MOST_VENDORS))
    return ctx.page(
        "order_new.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="Draft an order",
        vendors={vendor.id: vendor.name for vendor in sellers if vendor.is_active},
        places={place.id: place.name for place in ctx.scope.locations},
        typed={"location_id": ctx.user.location.id, **form.values},
        errors=field_errors(refusal),
        refusal=refusal,
        client_ref=str(uuid4()),
    )


ROUTES = (
    Route("GET", "/orders", get_orders_page, VIEW),
    Route("GET", "/orders/new", get_new_order_page, ORDER),
    Route("POST", "/orders/new", post_new_order, ORDER),
    Route("GET", "/orders/{order_id}", get_order_page, VIEW),
    Route("GET", "/api/v1/orders", get_orders, VIEW),
    Route("POST", "/api/v1/orders", post_order, ORDER),
    Route("GET", "/api/v1/orders/{order_id}", get_order, VIEW),
    Route("PUT", "/api/v1/orders/{order_id}", put_order, ORDER),
)
