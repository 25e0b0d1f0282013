"""Profiles and what is sealed of them, as their pages and programs read and save them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app_workers.management.domain.people import CONTACT, change_problem, changed_fields
from app_workers.management.models.people import EmergencyContact, Profile, ProfileChange
from app_workers.management.store.history import colleagues
from app_workers.management.store.people import find_profile, places
from app_workers.management.store.profiles import (
    ContactChange,
    note_contact_view,
    save_profile,
    sealed_contact,
)
from ganger.context import Context
from ganger.errors import AppError, Unavailable, ValidationFailed
from ganger.forms import Form
from ganger.vault import Opening, VaultClosed


async def asked_profile(ctx: Context) -> Profile:
    """The profile that the address names."""
    return await find_profile(ctx.db, ctx.scope, ctx.today, ctx.params["user_id"])


@dataclass(frozen=True, slots=True)
class Keeper:
    """Reads and saves; the vault's keys are known only while a request runs."""

    vault: Opening

    async def contact(self, ctx: Context, user_id: str) -> EmergencyContact | None:
        """Whom to call; a look at another's is written down first. Whether one may look was asked before.

        Raises:
            Unavailable: it cannot be opened with the keys that are there.
        """
        sealed = await sealed_contact(ctx.db, user_id)
        if sealed is None:
            return None
        if user_id != ctx.user.id:
            await note_contact_view(ctx.db, ctx.actor, user_id)
        try:
            opened = await self.vault().open(sealed, user_id)
        except VaultClosed as closed:
            raise Unavailable("This emergency contact cannot be opened any more.") from closed
        return EmergencyContact.model_validate(json.loads(opened))

    async def save(self, ctx: Context, profile: Profile, asked: ProfileChange) -> AppError | None:
        """Change the fields of a profile that are given, or say why not."""
        problem = change_problem(ctx.user, profile, asked)
        if problem is not None:
            return problem
        fields = changed_fields(profile, asked)
        unknown = await _unknown(ctx, fields)
        if unknown:
            return ValidationFailed(unknown)
        contact = None
        if CONTACT in asked.model_fields_set:
            contact = ContactChange(await self._sealed(asked.emergency_contact, profile.user_id))
        return await save_profile(ctx.db, ctx.scope, ctx.actor, profile, asked.version, fields, contact)

    async def save_form(self, ctx: Context, profile: Profile, form: Form[ProfileChange]) -> AppError | None:
        """Change a profile as it was typed, or say why not."""
        return await self.save(ctx, profile, form.record) if form.record else ValidationFailed(form.errors)

    async def _sealed(self, contact: EmergencyContact | None, owner: str) -> str | None:
        if contact is None:
            return None
        return await self.vault().seal(json.dumps(contact.plain()).encode(), owner)


async def _unknown(ctx: Context, fields: Mapping[str, tuple[object, object]]) -> dict[str, str]:
    """What is wrong with a new manager and a new location, for those have to exist."""
    given = {name: after for name, (_, after) in fields.items() if after is not None}
    wrong = {}
    if "manager_id" in given and given["manager_id"] not in {each.id for each in await colleagues(ctx.db)}:
        wrong["manager_id"] = "is nobody who works here"
    if "home_location_id" in given and given["home_location_id"] not in {
        place.id for place in await places(ctx.db)
    }:
        wrong["home_location_id"] = "is no location"
    return wrong
