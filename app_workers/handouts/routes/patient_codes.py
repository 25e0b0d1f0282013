"""Patient codes for visit slips: issued, listed, shown to be printed, revoked. No address names a patient."""

from collections.abc import Mapping
from http import HTTPStatus

from app_workers.handouts import packet_labels
from app_workers.handouts.models.patient_codes import CodeState, PatientCodeQuery, PatientCodeStart
from app_workers.handouts.patient_codes import code_state, issue_code
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.forms_of_packets import field_errors, place_and_reference
from app_workers.handouts.routes.seen import note_codes_seen
from app_workers.handouts.store.patient_codes import find_patient_code, patient_codes, revoke_code
from ganger.codes import shown_code
from ganger.context import Context
from ganger.errors import AppError, NotFound, ValidationFailed
from ganger.http import Response
from ganger.qr import printed_qr_svg
from ganger.routing import Route


async def get_codes_page(ctx: Context) -> Response:
    """Show the form of a new code, and the codes of the person's locations."""
    return await _page(ctx, ctx.query(PatientCodeQuery), {})


async def post_code_form(ctx: Context) -> Response:
    """Issue a code, and lead to its slip."""
    form = await ctx.form(PatientCodeStart)
    if form.record is None:
        return await _page(ctx, PatientCodeQuery(), form.values, ValidationFailed(form.errors))
    try:
        code = await issue_code(ctx, form.record)
    except NotFound:
        refusal = ValidationFailed({"location_id": "must be one of yours"})
        return await _page(ctx, PatientCodeQuery(), form.values, refusal)
    return ctx.redirect(f"/patient-codes/{code.id}", "The code is issued. Print its slip.")


async def get_code_page(ctx: Context) -> Response:
    """Show one code as a slip to be printed."""
    code = await find_patient_code(ctx.db, ctx.scope, ctx.params["code_id"])
    await note_codes_seen(ctx, [code])
    state = code_state(ctx, code)
    return ctx.page(
        "patient_code.html",
        page_title="Patient code",
        labels=packet_labels,
        code=code,
        shown=shown_code(code.code),
        state=state,
        qr=printed_qr_svg(code.code) if state is CodeState.VALID else None,
    )


async def post_revoke_form(ctx: Context) -> Response:
    """Let a code lead nowhere any more, from its page."""
    code = await find_patient_code(ctx.db, ctx.scope, ctx.params["code_id"])
    await revoke_code(ctx.db, ctx.scope, ctx.actor, code)
    return ctx.redirect(f"/patient-codes/{code.id}", "The code leads nowhere any more.")


async def _page(
    ctx: Context, asked: PatientCodeQuery, typed: Mapping[str, str], refusal: AppError | None = None
) -> Response:
    listed, total = await patient_codes(ctx.db, ctx.scope, asked)
    await note_codes_seen(ctx, listed)
    return ctx.page(
        "patient_codes.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="Patient codes",
        labels=packet_labels,
        asked=asked,
        listed=[(each, shown_code(each.code), code_state(ctx, each)) for each in listed],
        total=total,
        url=f"{ctx.url('/patient-codes')}?{ctx.request.query_string}",
        typed=typed,
        errors=field_errors(refusal),
        refusal=refusal,
        **place_and_reference(ctx, typed),
    )


ROUTES = (
    Route("GET", "/patient-codes", get_codes_page, GIVE),
    Route("POST", "/patient-codes", post_code_form, GIVE),
    Route("GET", "/patient-codes/{code_id}", get_code_page, GIVE),
    Route("POST", "/patient-codes/{code_id}/revoke", post_revoke_form, GIVE),
)
