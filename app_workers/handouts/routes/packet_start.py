"""Beginning a packet: for a patient by chart number or code, for one that is typed, or for anybody."""

from http import HTTPStatus

from app_workers.handouts.domain.patient_codes import read_identifier
from app_workers.handouts.giving import begin_packet
from app_workers.handouts.models.packets import PacketStart
from app_workers.handouts.packet_errors import EhrUnavailable
from app_workers.handouts.patient_codes import mrn_of
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.forms_of_packets import field_errors, place_and_reference
from ganger.camera import with_camera
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.http import Response
from ganger.routing import Route

_OF_PATIENT = ("name", "birth_date", "mrn", "email", "phone")


async def get_new(ctx: Context) -> Response:
    """Show the ways to begin."""
    return _page(ctx, {})


async def post_new(ctx: Context) -> Response:
    """Begin the packet of the form that was sent."""
    typed = {name: value.strip() for name, value in (await ctx.request.form()).items()}
    try:
        packet, _ = await begin_packet(ctx, PacketStart.checked(await _asked(ctx, typed)))
    except AppError as refusal:
        return _page(ctx, typed, _at_the_top(refusal))
    return ctx.redirect(f"/generate/{packet.id}")


async def _asked(ctx: Context, typed: dict[str, str]) -> dict[str, object]:
    asked: dict[str, object] = {
        name: typed[name] for name in ("location_id", "client_ref") if typed.get(name)
    }
    match typed.get("kind"):
        case "general":
            return asked | {"general": True}
        case "manual":
            return asked | {"manual": {name: typed[name] for name in _OF_PATIENT if typed.get(name)}}
        case _:
            return asked | {"mrn": await mrn_of(ctx, read_identifier(typed.get("mrn", "")))}


def _at_the_top(refusal: AppError) -> AppError:
    """The same with fields named as the form has them."""
    if not isinstance(refusal, ValidationFailed):
        return refusal
    return ValidationFailed({name.removeprefix("manual."): text for name, text in refusal.fields.items()})


def _page(ctx: Context, typed: dict[str, str], refusal: AppError | None = None) -> Response:
    # When nobody can be looked up, the form to type the patient in is open.
    is_manual = typed.get("kind") == "manual" or isinstance(refusal, EhrUnavailable)
    page = ctx.page(
        "packet_new.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="New packet",
        typed=typed,
        is_manual=is_manual,
        errors=field_errors(refusal),
        refusal=refusal,
        **place_and_reference(ctx, typed),
    )
    return with_camera(page)


ROUTES = (
    Route("GET", "/new", get_new, GIVE),
    Route("POST", "/new", post_new, GIVE),
)
