"""Filling a packet in: its templates, their fields and items, and what comes of it."""

import asyncio
from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from itertools import groupby

from markupsafe import Markup

from app_workers.handouts import packet_labels
from app_workers.handouts.consents import RECORDED, consents_for, record_typed
from app_workers.handouts.domain import answering
from app_workers.handouts.domain.packets import Assembled
from app_workers.handouts.giving import assembled_of, edit_packet, give_out, templates_of
from app_workers.handouts.labels import CATEGORIES
from app_workers.handouts.models.packets import Packet, PacketEdit, PacketStatus
from app_workers.handouts.models.templates import Template
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.forms_of_packets import field_errors
from app_workers.handouts.routes.kept import kept_approved
from app_workers.handouts.routes.seen import note_packet_seen
from app_workers.handouts.store.packets import find_packet
from ganger.context import Context
from ganger.document_html import blocks_html
from ganger.errors import AppError, ValidationFailed
from ganger.http import Response, html_response, see_other
from ganger.routing import Route

Pairs = list[tuple[str, str]]
_UNHEARD = "What the patient said of messages could not be recorded. Ask again before you send a link."


async def get_fill(ctx: Context) -> Response:
    """Show a draft with everything that may be filled in."""
    packet = await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])
    if packet.status is not PacketStatus.DRAFT:
        return see_other(ctx.url(f"/packets/{packet.id}"))
    return await _page(ctx, packet)


async def post_fill(ctx: Context) -> Response:
    """Save a draft, and record what the patient says or give it out if that was asked for."""
    packet = await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])
    pairs = await ctx.request.form_pairs()
    fields = dict(pairs)
    outcome = await _saved(ctx, packet, pairs, fields)
    if isinstance(outcome, AppError):
        return await _page(ctx, packet, outcome)
    match fields.get("action"):
        case "generate":
            return await _given_out(ctx, outcome, fields)
        case "consent":
            return await _recorded(ctx, outcome, fields)
        case _:
            return see_other(ctx.url(f"/generate/{outcome.id}") + "#fill")


async def post_preview(ctx: Context) -> Response:
    """Show what comes of a form as it stands, without saving it."""
    packet = await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])
    pairs = await ctx.request.form_pairs()
    templates = await templates_of(ctx, [each.template_id for each in packet.templates])
    answers = answering.answers_of(pairs, templates)
    provider = dict(pairs).get("provider_name", packet.provider_name)[:120]
    shown = packet.model_copy(update={"answers": {**packet.answers, **answers}, "provider_name": provider})
    return html_response(_preview(await assembled_of(ctx, shown, templates)))


async def _given_out(ctx: Context, packet: Packet, fields: Mapping[str, str]) -> Response:
    # What was chosen beside another button is meant too; that it cannot be recorded keeps no paper back.
    unheard = await record_typed(ctx, packet, fields) if fields.get("consented") else None
    given = await give_out(ctx, packet)
    if isinstance(given, AppError):
        return await _page(ctx, packet, given)
    if unheard is not None:
        return ctx.redirect(f"/packets/{given.id}", _UNHEARD, "warning")
    return see_other(ctx.url(f"/packets/{given.id}"))


async def _recorded(ctx: Context, packet: Packet, fields: Mapping[str, str]) -> Response:
    refusal = await record_typed(ctx, packet, fields)
    if refusal is not None:
        return await _page(ctx, packet, refusal, fields)
    return ctx.redirect(f"/generate/{packet.id}", RECORDED)


async def _saved(ctx: Context, packet: Packet, pairs: Pairs, fields: dict[str, str]) -> Packet | AppError:
    try:
        templates = await templates_of(ctx, [value for name, value in pairs if name == "template"])
        answers = {name: each.plain() for name, each in answering.answers_of(pairs, templates).items()}
        asked = PacketEdit.checked(
            {
                "template_ids": [each.id for each in templates],
                "answers": answers,
                "provider_name": fields.get("provider_name", ""),
                "lock_version": int(fields.get("lock_version", "0") or 0),
            }
        )
    except ValidationFailed as refusal:
        return refusal
    except ValueError:
        return ValidationFailed({"lock_version": "must be a number"})
    return await edit_packet(ctx, packet, asked)


async def _page(
    ctx: Context, packet: Packet, refusal: AppError | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    """The page of a draft, with what was refused on it and what was typed of the patient's consent."""
    await note_packet_seen(ctx, packet)
    approved = (await kept_approved(ctx, packet.location_id)).templates
    templates = await templates_of(ctx, [each.template_id for each in packet.templates])
    assembled, consents = await asyncio.gather(
        assembled_of(ctx, packet, templates), consents_for(ctx, packet)
    )
    chosen = {each.id for each in templates}
    gone = [each for each in templates if each.id not in {listed.id for listed in approved}]
    return ctx.page(
        "packet_fill.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="Fill in a packet",
        categories=CATEGORIES,
        answering=answering,
        labels=packet_labels,
        consents=consents,
        packet=packet,
        groups=[(category, [*each]) for category, each in groupby([*approved, *gone], lambda t: t.category)],
        chosen=chosen,
        templates=templates,
        problems=_problems(assembled, templates) if _shows_problems(refusal) else {},
        preview=Markup(_preview(assembled)),  # noqa: S704 - made of escaped text
        typed=typed or {},
        errors=field_errors(refusal),
        refusal=refusal,
    )


def _shows_problems(refusal: AppError | None) -> bool:
    return refusal is not None and "problems" in refusal.details


def _problems(assembled: Assembled, templates: list[Template]) -> dict[str, str]:
    """A sentence for each field or checklist that is wrong, by the id of its control."""
    names = {each.id: each.name for each in templates}
    return {
        f"{problem.template_id}.{problem.field}": f"{names[problem.template_id]}: "
        + packet_labels.PROBLEMS[problem.code]
        for problem in assembled.problems
    }


def _preview(assembled: Assembled) -> str:
    if not assembled.documents:
        return '<p class="packet-none">Choose a template to see what the patient gets.</p>'
    return "".join(
        f'<article class="document"><h3>{escape(each.title)}</h3>{blocks_html(each.blocks, 4)}</article>'
        for each in assembled.documents
    )


ROUTES = (
    Route("GET", "/generate/{packet_id}", get_fill, GIVE),
    Route("POST", "/generate/{packet_id}", post_fill, GIVE),
    Route("POST", "/generate/{packet_id}/preview", post_preview, GIVE),
)
