"""Profiles: the person's own page, and changing one's own or another's, as pages and for programs."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from app_workers.management import labels
from app_workers.management.domain.people import CONTACT, editable_fields, may_read_contact
from app_workers.management.domain.typed_profile import read_contact, read_profile, typed_profile
from app_workers.management.models.people import Department, Profile, ProfileChange
from app_workers.management.routes.directory import found, shown, tenure_of
from app_workers.management.routes.keeping import Keeper, asked_profile
from app_workers.management.routes.launcher import Launcher
from app_workers.management.store.history import colleagues
from app_workers.management.store.people import places
from ganger.context import Context
from ganger.errors import AppError, Forbidden, ValidationFailed
from ganger.http import Json, Response


@dataclass(frozen=True, slots=True)
class Profiles:
    """The handlers of profiles; `launcher` knows the person's pins."""

    keeper: Keeper
    launcher: Launcher

    async def get_own_page(self, ctx: Context) -> Response:
        """Show the person their own profile, emergency contact and pins."""
        (profile, reports), contact, arranged = await asyncio.gather(
            found(ctx, ctx.user.id), self.keeper.contact(ctx, ctx.user.id), self.launcher.arranged(ctx)
        )
        return ctx.page(
            "profile.html",
            HTTPStatus.OK,
            page_title="My profile",
            contact=contact,
            pinned=arranged.pinned,
            **shown(ctx, profile, reports),
        )

    async def get_profile(self, ctx: Context) -> Json[dict[str, object]]:
        """Return a profile; whoever may read whom to call gets that too."""
        profile, reports = await found(ctx, ctx.params["user_id"])
        body: dict[str, object] = profile.plain()
        body |= {
            "tenure": tenure_of(ctx, profile),
            "direct_reports": reports,
        }
        if may_read_contact(ctx.user, profile):
            body[CONTACT] = await self.keeper.contact(ctx, profile.user_id)
        return ctx.json(body)

    async def patch_profile(self, ctx: Context) -> Json[Profile]:
        """Change the fields of a profile that are given."""
        refusal = await self.keeper.save(ctx, await asked_profile(ctx), await ctx.parse(ProfileChange))
        if refusal is not None:
            raise refusal
        return ctx.json(await asked_profile(ctx))

    async def get_edit_page(self, ctx: Context) -> Response:
        """Show what the person may change of a profile."""
        profile = await asked_profile(ctx)
        if not _on_page(ctx, profile):
            raise Forbidden("This profile is not yours to change.")
        return await _edit_page(ctx, profile, typed_profile(profile), None)

    async def post_edit(self, ctx: Context) -> Response:
        """Save the form; if it cannot be, show it again as it was typed."""
        profile = await asked_profile(ctx)
        if not _on_page(ctx, profile):
            raise Forbidden("This profile is not yours to change.")
        form = read_profile(await ctx.request.form(), _on_page(ctx, profile))
        refusal = await self.keeper.save_form(ctx, profile, form)
        if refusal is not None:
            return await _edit_page(ctx, await asked_profile(ctx), form.values, refusal)
        return ctx.redirect(_address(ctx, profile), "The profile was saved.")

    async def get_contact_page(self, ctx: Context) -> Response:
        """Show whom to call when something happens to somebody."""
        profile = await asked_profile(ctx)
        if not may_read_contact(ctx.user, profile):
            raise Forbidden("Only the manager and HR see whom to call.")
        contact = await self.keeper.contact(ctx, profile.user_id)
        return _contact_page(ctx, profile, contact.plain() if contact else {}, None)

    async def post_contact(self, ctx: Context) -> Response:
        """Save whom to call; if it cannot be, show the form again as it was typed."""
        profile = await asked_profile(ctx)
        if CONTACT not in editable_fields(ctx.user, profile):
            raise Forbidden("This emergency contact is not yours to change.")
        form = read_contact(await ctx.request.form())
        refusal = await self.keeper.save_form(ctx, profile, form)
        if refusal is not None:
            return _contact_page(ctx, await asked_profile(ctx), form.values, refusal)
        return ctx.redirect(_address(ctx, profile), "The emergency contact was saved.")


async def _edit_page(
    ctx: Context, profile: Profile, typed: Mapping[str, str], refusal: AppError | None
) -> Response:
    people, locations = await asyncio.gather(colleagues(ctx.db), places(ctx.db))
    others = [{"value": person.id, "label": person.name} for person in people if person.id != profile.user_id]
    listed = [{"value": place.id, "label": place.name} for place in locations]
    return ctx.page(
        "profile_form.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Change {profile.name}",
        profile=profile,
        fields=_on_page(ctx, profile),
        typed=typed,
        back=ctx.url(_address(ctx, profile)),
        managers=[{"value": "", "label": "Nobody"}, *others],
        locations=[{"value": "", "label": "Several locations"}, *listed],
        departments=[{"value": "", "label": "None"}, *labels.options(Department)],
        **_told(refusal),
    )


def _contact_page(
    ctx: Context, profile: Profile, typed: Mapping[str, str], refusal: AppError | None
) -> Response:
    return ctx.page(
        "contact.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Emergency contact of {profile.name}",
        profile=profile,
        typed=typed,
        back=ctx.url(_address(ctx, profile)),
        can_edit=CONTACT in editable_fields(ctx.user, profile),
        **_told(refusal),
    )


def _told(refusal: AppError | None) -> dict[str, object]:
    """Why nothing was saved, and which controls it is about."""
    wrong = refusal.fields if isinstance(refusal, ValidationFailed) else {}
    errors = {name: f"{labels.PROFILE_FIELDS.get(name, name)} {sentence}" for name, sentence in wrong.items()}
    if refusal is not None and "field" in refusal.details:
        errors[str(refusal.details["field"])] = str(refusal)
    return {"refusal": refusal, "errors": errors, "labels": labels.PROFILE_FIELDS}


def _on_page(ctx: Context, profile: Profile) -> frozenset[str]:
    """The fields that the form shows; whom to call has a page of its own."""
    return editable_fields(ctx.user, profile) - {CONTACT}


def _address(ctx: Context, profile: Profile) -> str:
    return "/profile" if profile.user_id == ctx.user.id else f"/directory/{profile.user_id}"
