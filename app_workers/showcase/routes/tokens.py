"""The tokens of the style sheet and the contrast of two colours."""

from http import HTTPStatus

from app_workers.showcase.domain.tokens import Contrast, Tokens, measured
from app_workers.showcase.errors import InvalidColor
from app_workers.showcase.models import ContrastQuery
from app_workers.showcase.rendering import tokens
from app_workers.showcase.routes.viewing import view_page
from ganger.context import Context
from ganger.http import Json, Response


async def get_tokens_page(ctx: Context) -> Response:
    """Show the tokens, and the contrast of the two colours that the form asks about."""
    asked = ctx.query(ContrastQuery)
    outcome: Contrast | None = None
    wrong = ""
    if asked.fg or asked.bg:
        try:
            outcome = measured(asked.fg, asked.bg)
        except InvalidColor as error:
            wrong = str(error.details["field"])
    return view_page(
        ctx,
        "tokens.html",
        asked,
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        page_title="Tokens",
        tokens=tokens(ctx.pages),
        asked=asked,
        outcome=outcome,
        wrong=wrong,
    )


async def get_contrast(ctx: Context) -> Json[Contrast]:
    """Return the contrast of two colours."""
    asked = ctx.query(ContrastQuery)
    return ctx.json(measured(asked.fg, asked.bg))


async def get_tokens(ctx: Context) -> Json[Tokens]:
    """Return the tokens by group."""
    return ctx.json(tokens(ctx.pages))
