"""The site's pages: the code, the date of birth, the handouts.

Nothing is known here but what the handouts app answers; what it answers is shown and kept nowhere.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from ganger.codes import PACKET_CODE_LENGTH, read_code
from ganger.context import Context
from ganger.contracts.handouts_public import (
    CHECK_BIRTH_DATE,
    COUNT_CALL,
    OPEN_CODE,
    READ,
    READ_PDF,
    CodeAsked,
    DateTyped,
    LinkAsked,
    Nothing,
)
from ganger.http import Response, see_other
from ganger.permissions import PUBLIC
from ganger.routing import EVERY_PATH, Route
from ganger.rpc import Refusal
from patient_workers.handouts_patient.languages import CHOSEN, COOKIE, LANGUAGES, kept_language, language_of
from patient_workers.handouts_patient.practice import PLACES
from patient_workers.handouts_patient.shown import shown_packet
from patient_workers.handouts_patient.texts import TEXTS, Texts

PROOF = "__Secure-ganger-packet"
_PROOF_LASTS_S = 30 * 60
_LONGEST_TOKEN, _LONGEST_DATE = 64, 40
_STATUSES: Mapping[str, HTTPStatus] = {
    "unknown": HTTPStatus.NOT_FOUND,
    "gone": HTTPStatus.GONE,
    "locked": HTTPStatus.LOCKED,
    "limited": HTTPStatus.TOO_MANY_REQUESTS,
    "away": HTTPStatus.SERVICE_UNAVAILABLE,
}
_RETRY_S = {"limited": "600", "away": "120"}
_QUIET = {"referrer-policy": "no-referrer"}
_WITH_FORM = (
    "start.html",
    "birth_date.html",
)  # which the platform's own policy lets prove where it comes from
# The start page is the same for everybody who reads its language.
_SHARED = {"cache-control": "public, max-age=300", "vary": "accept-language, cookie"}


async def get_start(ctx: Context) -> Response:
    """Show what this site is and take a printed code; nothing else has to be up for it."""
    page = _page(ctx, "start.html", error=False, typed="")
    return page if page.cookies else replace(page, headers=page.headers | _SHARED)


async def post_code(ctx: Context) -> Response:
    """Lead from a typed code to its address."""
    typed = (await ctx.request.form()).get("code", "")
    answer = await ctx.call(COUNT_CALL, Nothing())
    if not isinstance(answer, Refusal) and answer.door == "limited":
        return _closed(ctx, "limited")
    code = read_code(typed[:_LONGEST_DATE], PACKET_CODE_LENGTH)
    if code is None:
        return _page(ctx, "start.html", HTTPStatus.BAD_REQUEST, error=True, typed=typed[:_LONGEST_DATE])
    return _quiet(see_other(f"/qr/{code}"))


async def get_code(ctx: Context) -> Response:
    """Lead from a code to a link of its own."""
    code = read_code(ctx.params["code"], PACKET_CODE_LENGTH)
    # What cannot be a code is asked for too: whoever guesses is counted, and learns nothing from the time.
    answer = await ctx.call(OPEN_CODE, CodeAsked(code or ""))
    if isinstance(answer, Refusal):
        return _closed(ctx, "away")
    if answer.token is None:
        return _closed(ctx, answer.door)
    return _quiet(see_other(f"/view/{answer.token}"))


async def get_packet(ctx: Context) -> Response:
    """Show the handouts, or ask for the date of birth."""
    token = ctx.params["token"][:_LONGEST_TOKEN]
    answer = await ctx.call(READ, LinkAsked(token, ctx.request.cookies.get(PROOF, "")))
    if isinstance(answer, Refusal):
        return _closed(ctx, "away")
    if answer.door != "open":
        return _closed(ctx, answer.door)
    if answer.packet is None:
        return _page(ctx, "birth_date.html", error=None, token=token)
    packet = shown_packet(json.loads(answer.packet))
    page = _page(ctx, "packet.html", packet=packet, has_pdf=answer.has_pdf, token=token)
    return page if answer.proof is None else _with_proof(page, token, answer.proof)


async def get_pdf(ctx: Context) -> Response:
    """Send the PDF to who has opened the link."""
    token = ctx.params["token"][:_LONGEST_TOKEN]
    answer = await ctx.call(READ_PDF, LinkAsked(token, ctx.request.cookies.get(PROOF, "")))
    if isinstance(answer, Refusal):
        return _closed(ctx, "away")
    if answer.door != "open":
        return _closed(ctx, answer.door)
    if answer.pdf is None and not answer.asks:
        return _quiet(see_other(f"/view/{token}"))
    if answer.pdf is None:
        return _page(ctx, "birth_date.html", HTTPStatus.UNAUTHORIZED, error=None, token=token)
    headers = {"content-type": "application/pdf", "content-disposition": 'inline; filename="handout.pdf"'}
    return _quiet(Response(b64decode(answer.pdf), headers=headers))


async def post_birth_date(ctx: Context) -> Response:
    """Compare the date of birth."""
    token = ctx.params["token"][:_LONGEST_TOKEN]
    typed = (await ctx.request.form()).get("dob", "")[:_LONGEST_DATE]
    answer = await ctx.call(CHECK_BIRTH_DATE, DateTyped(token, typed))
    if isinstance(answer, Refusal):
        return _closed(ctx, "away")
    if answer.door != "open":
        return _closed(ctx, answer.door)
    if answer.proof is not None:
        return _with_proof(_quiet(see_other(f"/view/{token}")), token, answer.proof)
    texts = TEXTS[_language(ctx)]
    if answer.tries_left is None:
        return _page(ctx, "birth_date.html", HTTPStatus.BAD_REQUEST, error=texts.date_unreadable, token=token)
    sentence = texts.date_wrong_last if answer.tries_left == 1 else texts.date_wrong
    error = sentence.format(left=answer.tries_left)
    return _page(ctx, "birth_date.html", HTTPStatus.UNAUTHORIZED, error=error, token=token)


async def get_robots(_: Context) -> Response:
    """Ask to be left out of every index."""
    return _quiet(
        Response("User-agent: *\nDisallow: /\n", headers={"content-type": "text/plain; charset=utf-8"})
    )


async def get_nothing(ctx: Context) -> Response:
    """Tell that there is nothing at this address."""
    return _closed(ctx, "unknown")


def _language(ctx: Context) -> str:
    accepted = ctx.request.headers.get("accept-language", "")
    return language_of(ctx.request.query.get(CHOSEN), ctx.request.cookies.get(COOKIE), accepted)


def _closed(ctx: Context, why: str) -> Response:
    page = _page(ctx, "closed.html", _STATUSES[why], why=why)
    again = {"retry-after": _RETRY_S[why]} if why in _RETRY_S else {}
    return replace(page, headers=page.headers | again)


def _page(ctx: Context, template: str, status: HTTPStatus = HTTPStatus.OK, **values: object) -> Response:
    language = _language(ctx)
    (other,) = (each for each in LANGUAGES if each != language)
    facts: dict[str, object] = {
        "texts": TEXTS[language],
        "language": language,
        "other": other,
        "places": PLACES,
    }
    title = _title(TEXTS[language], template, values)
    page = ctx.page(template, status, page_title=title, **facts, **values)
    if template not in _WITH_FORM:
        page = _quiet(page)
    is_chosen = ctx.request.query.get(CHOSEN) == language
    return replace(page, cookies=(kept_language(language),)) if is_chosen else page


def _title(texts: Texts, template: str, values: Mapping[str, object]) -> str:
    if template == "closed.html":
        return texts.closed[str(values["why"])].title
    titles = {"start.html": texts.landing_title, "birth_date.html": texts.date_title}
    return titles.get(template, texts.packet_title)


def _quiet(response: Response) -> Response:
    return replace(response, headers=response.headers | _QUIET)


def _with_proof(response: Response, token: str, proof: str) -> Response:
    attributes = f"Max-Age={_PROOF_LASTS_S}; Path=/view/{token}; Secure; HttpOnly; SameSite=Lax"
    return replace(response, cookies=(*response.cookies, f"{PROOF}={proof}; {attributes}"))


ROUTES = (
    Route("GET", "/", get_start, PUBLIC),
    Route("POST", "/code", post_code, PUBLIC),
    Route("GET", "/qr/{code}", get_code, PUBLIC),
    Route("GET", "/view/{token}", get_packet, PUBLIC),
    Route("GET", "/view/{token}/pdf", get_pdf, PUBLIC),
    Route("POST", "/view/{token}", post_birth_date, PUBLIC),
    Route("GET", "/robots.txt", get_robots, PUBLIC),
    Route("GET", EVERY_PATH, get_nothing, PUBLIC),
)
