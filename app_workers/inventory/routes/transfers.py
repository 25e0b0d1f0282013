"""Transfers: their list, drafting one, and one with its lines."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from app_workers.inventory import labels
from app_workers.inventory.domain.transfers import draft_problem
from app_workers.inventory.models.answers import WholeTransfer
from app_workers.inventory.models.transfers import (
    NewTransfer,
    Transfer,
    TransferQuery,
    TransferStatus,
)
from app_workers.inventory.permissions import TRANSFER, VIEW
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.store.transfer_drafts import draft_transfer
from app_workers.inventory.store.transfers import find_transfer, lines_of, places, transfers_in
from ganger.context import Context, Listed, items
from ganger.errors import AppError, ValidationFailed
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.routing import Route


async def get_transfers_page(ctx: Context) -> Response:
    """Show the transfers from and to the person's locations."""
    asked = ctx.query(TransferQuery)
    transfers, total = await _listed(ctx, asked)
    return ctx.page(
        "transfers.html",
        page_title="Transfers",
        labels=labels,
        asked=asked,
        transfers=transfers,
        total=total,
        url=f"{ctx.url('/transfers')}?{ctx.request.query_string}",
    )


async def get_transfers(ctx: Context) -> Json[Listed[Transfer]]:
    """List the transfers from and to the person's locations."""
    asked = ctx.query(TransferQuery)
    transfers, total = await _listed(ctx, asked)
    return ctx.json(items(transfers, asked.page, asked.limit, total))


async def get_new_transfer_page(ctx: Context) -> Response:
    """Show the form that drafts a transfer."""
    return await _form_page(ctx, Form())


async def post_new_transfer(ctx: Context) -> Response:
    """Draft the transfer of the form, or show the form again as it was typed."""
    form = await ctx.form(NewTransfer)
    if form.record is None:
        return await _form_page(ctx, form, ValidationFailed(form.errors))
    drafted = await _draft(ctx, form.record)
    if isinstance(drafted, AppError):
        return await _form_page(ctx, form, drafted)
    return ctx.redirect(f"/transfers/{drafted[0].id}")


async def post_transfer(ctx: Context) -> Json[WholeTransfer]:
    """Draft a transfer with its lines; the same client_ref again drafts none."""
    drafted = await _draft(ctx, await ctx.parse(NewTransfer))
    if isinstance(drafted, AppError):
        raise drafted
    transfer, is_earlier = drafted
    return await told(ctx, transfer, HTTPStatus.OK if is_earlier else HTTPStatus.CREATED)


async def get_transfer_page(ctx: Context) -> Response:
    """Show a transfer with its lines and what can be done with it."""
    return await transfer_page(ctx, {})


async def get_transfer(ctx: Context) -> Json[WholeTransfer]:
    """Return a transfer with its lines."""
    return await told(ctx, await find_transfer(ctx.db, ctx.scope, ctx.params["transfer_id"]))


async def told(ctx: Context, transfer: Transfer, status: HTTPStatus = HTTPStatus.OK) -> Json[WholeTransfer]:
    """A transfer and its lines, for a program."""
    lines = await lines_of(ctx.db, ctx.scope, transfer.id)
    return ctx.json({"transfer": transfer, "lines": lines}, status)


async def transfer_page(ctx: Context, typed: Mapping[str, str], refusal: AppError | None = None) -> Response:
    """The page of a transfer with what was typed and why it was refused."""
    transfer = await find_transfer(ctx.db, ctx.scope, ctx.params["transfer_id"])
    own = ctx.scope.location_ids
    is_draft = transfer.status is TransferStatus.DRAFT
    is_moving = transfer.status is TransferStatus.IN_TRANSIT
    return ctx.page(
        "transfer.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=transfer.transfer_number,
        labels=labels,
        transfer=transfer,
        lines=await lines_of(ctx.db, ctx.scope, transfer.id),
        is_draft=is_draft,
        may_ship=is_draft and transfer.from_location_id in own,
        may_receive=is_moving and transfer.to_location_id in own,
        may_cancel=is_draft or (is_moving and transfer.from_location_id in own),
        asks_cancel=ctx.request.query.get("cancel") == "true",
        typed=typed,
        errors=field_errors(refusal),
        refusal=refusal,
    )


async def _listed(ctx: Context, asked: TransferQuery) -> tuple[list[Transfer], int]:
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    return await transfers_in(ctx.db, scope, asked)


async def _draft(ctx: Context, asked: NewTransfer) -> tuple[Transfer, bool] | AppError:
    known = [place.id for place in await places(ctx.db)]
    problem = draft_problem(asked, ctx.scope.location_ids, known)
    return problem or await draft_transfer(ctx.db, ctx.scope, ctx.actor, asked)


async def _form_page(ctx: Context, form: Form[NewTransfer], refusal: AppError | None = None) -> Response:
    known = await places(ctx.db)
    return ctx.page(
        "transfer_new.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="Draft a transfer",
        places=[{"value": place.id, "label": place.name} for place in known],
        typed={"from_location_id": ctx.user.location.id, **form.values},
        errors=field_errors(refusal),
        refusal=refusal,
        client_ref=str(uuid4()),
    )


ROUTES = (
    Route("GET", "/transfers", get_transfers_page, VIEW),
    Route("GET", "/transfers/new", get_new_transfer_page, TRANSFER),
    Route("POST", "/transfers/new", post_new_transfer, TRANSFER),
    Route("GET", "/transfers/{transfer_id}", get_transfer_page, VIEW),
    Route("GET", "/api/v1/transfers", get_transfers, VIEW),
    Route("POST", "/api/v1/transfers", post_transfer, TRANSFER),
    Route("GET", "/api/v1/transfers/{transfer_id}", get_transfer, VIEW),
)
