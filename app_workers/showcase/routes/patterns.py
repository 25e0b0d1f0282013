"""The patterns: each is a page of its own that works as in an app. Nothing that is sent is kept."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from app_workers.showcase.domain.patterns import MAX_REASON, PATTERNS, Pattern, form_errors
from app_workers.showcase.domain.people import A_PAGE, PLACES, listed
from app_workers.showcase.live import PROGRESS_STEP, tell, topic_of
from app_workers.showcase.models import PatternQuery, View
from app_workers.showcase.routes.viewing import view_page
from ganger.context import Context
from ganger.errors import MethodNotAllowed, NotFound, ValidationFailed
from ganger.http import Response, wants_json

_CONFIRMED = "Wixom"
_TONES = ("info", "success", "warning", "danger")


async def get_patterns_page(ctx: Context) -> Response:
    """List the patterns."""
    view = ctx.query(View)
    return view_page(ctx, "patterns.html", view, page_title="Patterns", patterns=list(PATTERNS.values()))


async def get_pattern_page(ctx: Context) -> Response:
    """Show a pattern at work."""
    return _pattern_page(ctx, _pattern(ctx), {}, {})


async def post_pattern(ctx: Context) -> Response:
    """Do what the pattern's button says, as an example."""
    pattern = _pattern(ctx)
    post = _POSTS.get(pattern.slug)
    if post is None:
        raise MethodNotAllowed("There is nothing to send here.", allowed=["GET"])
    return await post(ctx, pattern)


async def _post_form(ctx: Context, pattern: Pattern) -> Response:
    typed = await ctx.request.form()
    errors = form_errors(typed)
    if errors:
        return _pattern_page(ctx, pattern, typed, errors)
    return ctx.redirect("/patterns/form", "The form was right. As an example, it was not kept.")


async def _post_confirm(ctx: Context, _pattern: Pattern) -> Response:
    typed = await ctx.request.form()
    if typed.get("confirm_text") != _CONFIRMED:
        return ctx.redirect("/patterns/confirm", f"Nothing was deleted: type {_CONFIRMED}.", "warning")
    return ctx.redirect("/patterns/confirm", "Nothing was deleted, for this is an example.")


async def _post_flash(ctx: Context, _pattern: Pattern) -> Response:
    return ctx.redirect("/patterns/flash", "The count of Wixom was booked, as an example.")


async def _post_live(ctx: Context, _pattern: Pattern) -> Response:
    """Tell the viewer's own pages; one without script gets what it would have shown on its next page."""
    typed = await ctx.request.form()
    kind, value = typed.get("kind", ""), typed.get("value", "")
    if kind == "progress" and value.isdecimal() and len(value) < 4:
        done = int(value) + PROGRESS_STEP if int(value) < 100 else 0
        return _told(ctx, "progress", min(done, 100), "/patterns/live", None, f"?progress={min(done, 100)}")
    if kind == "toast" and value in _TONES:
        return _told(ctx, "toast", value, "/patterns/live", "The count was booked.", tone=value)
    if kind == "message":
        return _told(ctx, "message", "booked", "/patterns/live", "5 boxes of gauze came in at Wixom.")
    raise ValidationFailed({"kind": "must be progress, toast or message"})


def _told(
    ctx: Context,
    kind: str,
    value: int | str,
    path: str,
    flash: str | None,
    query: str = "",
    tone: str = "info",
) -> Response:
    tell(ctx, kind, value)
    if wants_json(ctx.request):
        return Response(status=HTTPStatus.NO_CONTENT)
    return ctx.redirect(path + query, flash, tone)


_POSTS: Mapping[str, Callable[[Context, Pattern], Awaitable[Response]]] = {
    "form": _post_form,
    "confirm": _post_confirm,
    "flash": _post_flash,
    "live": _post_live,
}


def _pattern(ctx: Context) -> Pattern:
    pattern = PATTERNS.get(ctx.params["slug"])
    if pattern is None:
        raise NotFound("There is no such pattern.")
    return pattern


def _pattern_page(
    ctx: Context, pattern: Pattern, typed: Mapping[str, str], errors: Mapping[str, str]
) -> Response:
    asked = ctx.query(PatternQuery)
    return view_page(
        ctx,
        f"pattern_{pattern.slug}.html",
        asked,
        HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK,
        page_title=pattern.title,
        pattern=pattern,
        asked=asked,
        typed=typed,
        errors=errors,
        max_reason=MAX_REASON,
        places=PLACES,
        listed=listed(asked),
        per_page=A_PAGE,
        confirmed=_CONFIRMED,
        tones=_TONES,
        topic=topic_of(ctx),
        steps=range(0, 101, PROGRESS_STEP),
    )
