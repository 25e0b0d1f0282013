"""The pages of the second factor: setting it up, changing it, and confirming that it is you."""

import secrets
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import quote

from ganger.context import Context
from ganger.db import ExpectationFailed, Statement
from ganger.forms import Form
from ganger.http import Response, see_other
from ganger.ids import new_id
from ganger.permissions import SIGNED_IN
from ganger.qr import qr_svg
from ganger.routing import Route
from ganger.vault import Opening
from service_workers.auth import store as sessions
from service_workers.auth.domain.redirects import local_path
from service_workers.auth.domain.sessions import STEP_UP
from service_workers.auth.errors import SignInRefused
from service_workers.auth.models import Rotation
from service_workers.auth.permissions import CHANGE_SECOND_FACTOR
from service_workers.auth.second_factor import checking, store
from service_workers.auth.second_factor.domain import recovery
from service_workers.auth.second_factor.domain.totp import SECRET_BYTES, enrolment_uri, secret_text
from service_workers.auth.second_factor.errors import CodeUsed, NoSecondFactor, SecondFactorExists
from service_workers.auth.second_factor.models import Confirmed, Destination, Enrolment, TypedCode
from service_workers.auth.signing import Signing

PAGE = store.PAGE
SET_UP = f"{PAGE}/set-up"
STEP_UP_PAGE = "/auth/step-up"
_ISSUER = "Ganger Dermatology"
_WRONG = "is not right. Look at the newest code in your app; each counts once"


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """The handlers of the pages; the keys are known only while a request runs."""

    signing: Signing
    vault: Opening

    def routes(self) -> tuple[Route, ...]:
        """The routes of the pages."""
        return (
            Route("GET", PAGE, self.get_overview, SIGNED_IN),
            Route("POST", SET_UP, self.post_begin, SIGNED_IN),
            Route("GET", SET_UP, self.get_set_up, SIGNED_IN),
            Route("POST", f"{SET_UP}/confirm", self.post_confirm, SIGNED_IN),
            Route("POST", f"{PAGE}/replace", self.post_replace, CHANGE_SECOND_FACTOR),
            Route("POST", f"{PAGE}/recovery-codes", self.post_recovery_codes, CHANGE_SECOND_FACTOR),
            Route("POST", f"{PAGE}/turn-off", self.post_turn_off, CHANGE_SECOND_FACTOR),
            Route("GET", STEP_UP_PAGE, self.get_step_up, SIGNED_IN),
            Route("POST", STEP_UP_PAGE, self.post_step_up, SIGNED_IN),
        )

    async def get_overview(self, ctx: Context) -> Response:
        """Say whether there is a second factor, and what can be done about it."""
        return ctx.page(
            "second_factor.html",
            page_title="Second factor",
            factor=await store.factor_of(ctx.db, ctx.user.id),
            is_stepped_up=ctx.user.stepped_up_until >= ctx.now.timestamp(),
            to=_destination(ctx),
        )

    async def post_begin(self, ctx: Context) -> Response:
        """Make a secret for a person who has no second factor."""
        return await self._begin(ctx, may_replace=False)

    async def post_replace(self, ctx: Context) -> Response:
        """Make a secret that may take the place of the second factor that there is."""
        return await self._begin(ctx, may_replace=True)

    async def _begin(self, ctx: Context, may_replace: bool) -> Response:
        to = local_path(Destination.checked(await ctx.request.form()).to)
        sealed = await self.vault().seal(secrets.token_bytes(SECRET_BYTES), ctx.user.id)
        if not await store.begin_enrolment(ctx.db, ctx.actor, Enrolment(sealed, may_replace)):
            raise SecondFactorExists("You have a second factor already.")
        return see_other(f"{SET_UP}?to={quote(to, safe='/')}")

    async def get_set_up(self, ctx: Context) -> Response:
        """Show the secret that waits for its first code."""
        enrolment = await store.enrolment_of(ctx.db, ctx.user.id, ctx.now)
        if enrolment is None:
            return ctx.redirect(PAGE, "The set-up was not finished in time. Start again.", tone="warning")
        return await self._set_up_page(ctx, enrolment, Form(), _destination(ctx))

    async def post_confirm(self, ctx: Context) -> Response:
        """Take the first code, make the secret the second factor, and show the recovery codes once."""
        form = await ctx.form(TypedCode)
        enrolment = await store.enrolment_of(ctx.db, ctx.user.id, ctx.now)
        if enrolment is None:
            return ctx.redirect(PAGE, "The set-up was not finished in time. Start again.", tone="warning")
        to = local_path(form.values.get("to"))
        if form.record is None:
            return await self._set_up_page(ctx, enrolment, form, to)
        attempt = await checking.begin(ctx.db, ctx.actor, form.record.code)
        step = await checking.first_step(self.vault(), ctx.actor, enrolment, attempt)
        if step is None:
            await checking.note_wrong(ctx.db, ctx.actor)
            return await self._set_up_page(ctx, enrolment, replace(form, errors={"code": _WRONG}), to)
        codes = _new_codes()
        confirmed = Confirmed(enrolment, step, _kept(codes))
        cookie = await self._stepped_up(ctx, store.confirmation(ctx.actor, attempt.id, confirmed))
        return _with_cookie(_codes_page(ctx, codes, to), cookie)

    async def post_recovery_codes(self, ctx: Context) -> Response:
        """Make new recovery codes and show them once; the old ones no longer count."""
        codes = _new_codes()
        if not await store.replace_codes(ctx.db, ctx.actor, _kept(codes)):
            raise NoSecondFactor("Set up a second factor first.")
        return _codes_page(ctx, codes, PAGE)

    async def post_turn_off(self, ctx: Context) -> Response:
        """Do without a second factor."""
        if not await store.turn_off(ctx.db, ctx.actor):
            raise NoSecondFactor("There is no second factor to turn off.")
        return ctx.redirect(PAGE, "The second factor is turned off.")

    async def get_step_up(self, ctx: Context) -> Response:
        """Ask for a code; who has no second factor yet sets one up first."""
        to = _destination(ctx)
        if await store.factor_of(ctx.db, ctx.user.id) is None:
            return see_other(f"{PAGE}?to={quote(to, safe='/')}")
        return _step_up_page(ctx, Form(), to)

    async def post_step_up(self, ctx: Context) -> Response:
        """Take a code; the session gets a new id and counts as confirmed for ten minutes."""
        form = await ctx.form(TypedCode)
        to = local_path(form.values.get("to"))
        factor = await store.factor_of(ctx.db, ctx.user.id)
        if factor is None:
            return see_other(f"{PAGE}?to={quote(to, safe='/')}")
        if form.record is None:
            return _step_up_page(ctx, form, to)
        attempt = await checking.begin(ctx.db, ctx.actor, form.record.code)
        proof = await checking.proof(self.vault(), ctx.actor, factor, attempt)
        if proof is None:
            await checking.note_wrong(ctx.db, ctx.actor)
            return _step_up_page(ctx, replace(form, errors={"code": _WRONG}), to)
        return see_other(to, (await self._stepped_up(ctx, list(proof.statements)),))

    async def _set_up_page(
        self, ctx: Context, enrolment: Enrolment, form: Form[TypedCode], to: str
    ) -> Response:
        secret = await self.vault().open(enrolment.secret_sealed, ctx.user.id)
        return ctx.page(
            "second_factor_set_up.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
            page_title="Set up a second factor",
            qr=qr_svg(enrolment_uri(secret, _ISSUER, ctx.user.email)),
            secret=secret_text(secret),
            errors=form.errors,
            to=to,
        )

    async def _stepped_up(self, ctx: Context, statements: list[Statement]) -> str:
        """Carry out a change that proves the second factor, and return the cookie of the session's new id.

        Raises:
            CodeUsed: another request used the same code, or the set-up was begun anew meanwhile.
            SignInRefused: the session ended meanwhile.
        """
        until = ctx.now + STEP_UP
        rotation = Rotation(ctx.user.session_id, new_id(ctx.now), until)
        try:
            await ctx.db.batch([*statements, *sessions.rotate_session(ctx.actor, rotation)])
        except ExpectationFailed as error:
            if str(error) == "session_is_open":
                raise SignInRefused("Your session has ended. Sign in again.") from error
            raise CodeUsed("This code was used a moment ago. Wait for the next one.") from error
        held = await sessions.held_session(ctx.db, rotation.new_id, ctx.now)
        if held is None:
            raise SignInRefused("Your session has ended. Sign in again.")
        return self.signing().cookie(held.person, held.ends_at, ctx.now)


def _destination(ctx: Context) -> str:
    return local_path(ctx.request.query.get("to"))


def _step_up_page(ctx: Context, form: Form[TypedCode], to: str) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return ctx.page("step_up.html", status, page_title="Confirm that it is you", errors=form.errors, to=to)


def _codes_page(ctx: Context, codes: tuple[str, ...], to: str) -> Response:
    return ctx.page("recovery_codes.html", page_title="Your recovery codes", codes=codes, to=to)


def _with_cookie(response: Response, cookie: str) -> Response:
    return replace(response, cookies=(*response.cookies, cookie))


def _new_codes() -> tuple[str, ...]:
    raw = (secrets.token_bytes(recovery.CODE_BYTES) for _ in range(recovery.COUNT))
    return tuple(recovery.code_text(each) for each in raw)


def _kept(codes: tuple[str, ...]) -> tuple[recovery.KeptCode, ...]:
    return tuple(recovery.kept(code, secrets.token_bytes(recovery.SALT_BYTES)) for code in codes)
