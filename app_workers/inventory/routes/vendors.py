"""Vendors and their offers: by the form, and by a program."""

from http import HTTPStatus

from app_workers.inventory.models.catalogue import Item, Offer, Vendor, VendorQuery
from app_workers.inventory.models.drafts import OfferDraft, OfferForm, VendorDraft, VendorEdit
from app_workers.inventory.permissions import MANAGE_CATALOG, VIEW
from app_workers.inventory.routes.forms import field_errors, typed_of
from app_workers.inventory.store.items import find_item
from app_workers.inventory.store.vendors import (
    add_vendor,
    edit_vendor,
    find_vendor,
    offers_of,
    set_offer,
    vendors,
)
from ganger.context import Context, Listed, items
from ganger.errors import AppError, ValidationFailed
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.permissions import is_allowed
from ganger.routing import Route

_MOST_VENDORS = 100


async def get_vendors_page(ctx: Context) -> Response:
    """Show the vendors by name."""
    asked = ctx.query(VendorQuery)
    listed, total = await vendors(ctx.db, asked)
    return ctx.page(
        "vendors.html",
        page_title="Vendors",
        asked=asked,
        listed=listed,
        total=total,
        may_manage=is_allowed(ctx.user, MANAGE_CATALOG),
        url=f"{ctx.url('/vendors')}?{ctx.request.query_string}",
    )


async def get_new_vendor_page(ctx: Context) -> Response:
    """Show the form for a new vendor."""
    return _form_page(ctx, None, Form({"is_active": "on"}))


async def post_new_vendor(ctx: Context) -> Response:
    """Write the vendor of the form."""
    form = await ctx.form(VendorDraft)
    outcome = (
        ValidationFailed(form.errors)
        if form.record is None
        else await add_vendor(ctx.db, ctx.actor, form.record)
    )
    if isinstance(outcome, AppError):
        return _form_page(ctx, None, form, outcome)
    return ctx.redirect("/vendors", f"{outcome.name} is saved.")


async def get_edit_vendor_page(ctx: Context) -> Response:
    """Show the form of a vendor."""
    vendor = await find_vendor(ctx.db, ctx.params["vendor_id"])
    return _form_page(ctx, vendor, Form(typed_of(vendor)))


async def post_edit_vendor(ctx: Context) -> Response:
    """Write the vendor of the form as it is to be."""
    vendor = await find_vendor(ctx.db, ctx.params["vendor_id"])
    form = await ctx.form(VendorEdit)
    outcome = (
        ValidationFailed(form.errors)
        if form.record is None
        else await edit_vendor(ctx.db, ctx.actor, vendor, form.record)
    )
    if isinstance(outcome, AppError):
        return _form_page(ctx, await find_vendor(ctx.db, vendor.id), form, outcome)
    return ctx.redirect("/vendors", f"{outcome.name} is saved.")


async def get_vendors(ctx: Context) -> Json[Listed[Vendor]]:
    """List the vendors by name."""
    asked = ctx.query(VendorQuery)
    listed, total = await vendors(ctx.db, asked)
    return ctx.json(items(listed, asked.page, asked.limit, total))


async def post_vendor(ctx: Context) -> Json[Vendor]:
    """Write a new vendor."""
    outcome = await add_vendor(ctx.db, ctx.actor, await ctx.parse(VendorDraft))
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome, HTTPStatus.CREATED)


async def put_vendor(ctx: Context) -> Json[Vendor]:
    """Write a vendor as it is to be."""
    vendor = await find_vendor(ctx.db, ctx.params["vendor_id"])
    outcome = await edit_vendor(ctx.db, ctx.actor, vendor, await ctx.parse(VendorEdit))
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome)


async def get_offer_page(ctx: Context) -> Response:
    """Show the form for what a vendor sells an item for: the vendor's of `vendor_id`, or a new one."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    vendor_id = ctx.request.query.get("vendor_id")
    known = [offer for offer in await offers_of(ctx.db, item.id) if offer.vendor_id == vendor_id]
    typed = typed_of(known[0], pack_cost_cents="pack_cost") if known else {"version": "0"}
    return await _offer_page(ctx, item, Form(typed))


async def post_offer(ctx: Context) -> Response:
    """Write the offer of the form."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    form = await ctx.form(OfferForm)
    if form.record is None:
        return await _offer_page(ctx, item, form, ValidationFailed(form.errors))
    vendor = await find_vendor(ctx.db, form.record.vendor_id)
    outcome = await set_offer(ctx.db, ctx.actor, item, vendor, form.record.draft())
    if isinstance(outcome, AppError):
        return await _offer_page(ctx, item, form, outcome)
    return ctx.redirect(f"/items/{item.id}", f"The offer of {vendor.name} is saved.")


async def put_offer(ctx: Context) -> Json[Offer]:
    """Write what a vendor sells an item for."""
    item = await find_item(ctx.db, ctx.params["item_id"])
    vendor = await find_vendor(ctx.db, ctx.params["vendor_id"])
    outcome = await set_offer(ctx.db, ctx.actor, item, vendor, await ctx.parse(OfferDraft))
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome)


def _form_page(
    ctx: Context,
    vendor: Vendor | None,
    form: Form[VendorDraft] | Form[VendorEdit],
    refusal: AppError | None = None,
) -> Response:
    return ctx.page(
        "vendor_form.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Edit {vendor.name}" if vendor else "New vendor",
        vendor=vendor,
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
    )


async def _offer_page(
    ctx: Context, item: Item, form: Form[OfferForm], refusal: AppError | None = None
) -> Response:
    """The form with what was typed; its version is that of the offer now, if there is one."""
    listed, _ = await vendors(ctx.db, VendorQuery(limit=_MOST_VENDORS))
    versions = {offer.vendor_id: offer.version for offer in await offers_of(ctx.db, item.id)}
    return ctx.page(
        "offer_form.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Offer for {item.name}",
        item=item,
        vendors={vendor.id: vendor.name for vendor in listed if vendor.is_active},
        version=versions.get(form.values.get("vendor_id", ""), 0),
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
    )


ROUTES = (
    Route("GET", "/vendors", get_vendors_page, VIEW),
    Route("GET", "/vendors/new", get_new_vendor_page, MANAGE_CATALOG),
    Route("POST", "/vendors/new", post_new_vendor, MANAGE_CATALOG),
    Route("GET", "/vendors/{vendor_id}", get_edit_vendor_page, MANAGE_CATALOG),
    Route("POST", "/vendors/{vendor_id}", post_edit_vendor, MANAGE_CATALOG),
    Route("GET", "/items/{item_id}/offers", get_offer_page, MANAGE_CATALOG),
    Route("POST", "/items/{item_id}/offers", post_offer, MANAGE_CATALOG),
    Route("GET", "/api/v1/vendors", get_vendors, VIEW),
    Route("POST", "/api/v1/vendors", post_vendor, MANAGE_CATALOG),
    Route("PUT", "/api/v1/vendors/{vendor_id}", put_vendor, MANAGE_CATALOG),
    Route("PUT", "/api/v1/items/{item_id}/vendors/{vendor_id}", put_offer, MANAGE_CATALOG),
)
