"""A library in the host's SQLite, and people who work on it."""

import asyncio
from datetime import UTC, datetime, timedelta

from app_workers.handouts.domain.states import Decider
from app_workers.handouts.models.templates import (
    TemplateAction,
    TemplateDraft,
    TemplateEdit,
    TemplateQuery,
    TemplateStep,
)
from app_workers.handouts.store.template_steps import take_action
from app_workers.handouts.store.template_writes import add_version, create_template, edit_template
from app_workers.handouts.store.templates import find_template, templates
from ganger.audit import Actor
from tests.harness.tables import HostDatabase

AUTHOR, MANAGER, SUPERADMIN = "usr_mia", "usr_max", "usr_sam"
_NOW = datetime(2026, 1, 10, 15, tzinfo=UTC)


def draft(**changes):
    """The fields of a new template."""
    section = {"id": "words", "type": "text", "content": "Keep it dry."}
    return {"name": "Wound care", "category": "education", "content": {"sections": [section]}} | changes


class Library(HostDatabase):
    """The database, and each change as one call; time passes between them."""

    def __init__(self):
        super().__init__("handouts")
        self._now = _NOW

    def actor(self, person):
        self._now += timedelta(minutes=1)
        return Actor(person, "req_1", None, self._now)

    def add(self, person=AUTHOR, **changes):
        return asyncio.run(create_template(self, self.actor(person), TemplateDraft.checked(draft(**changes))))

    def edit(self, template, person=AUTHOR, **changes):
        fields = draft() | {"lock_version": template.lock_version} | changes
        return asyncio.run(edit_template(self, self.actor(person), template.id, TemplateEdit.checked(fields)))

    def next(self, template, person=AUTHOR):
        return asyncio.run(add_version(self, self.actor(person), template.id, template.lock_version))

    def step(self, template, action, person=MANAGER, *, clinical=False, note=""):
        asked = TemplateStep(lock_version=template.lock_version, note=note)
        is_superadmin = person == SUPERADMIN
        decider = Decider(person, is_superadmin, clinical or is_superadmin)
        act = TemplateAction(action)
        return asyncio.run(take_action(self, self.actor(person), template.id, act, asked, decider))

    def approved(self, **changes):
        return self.step(self.step(self.add(**changes), "submit", AUTHOR), "approve")

    def again(self, template):
        return asyncio.run(find_template(self, template.id))

    def listed(self, **asked):
        found, total = asyncio.run(templates(self, TemplateQuery(**asked)))
        assert total >= len(found)
        return [f"{each.name} {each.version}" for each in found]

    def audited(self):
        rows = self.connection.execute("SELECT action FROM audit_logs ORDER BY occurred_at, id")
        return [row["action"].removeprefix("handouts:") for row in rows]

    def told(self):
        rows = self.connection.execute("SELECT user_id, title FROM notifications")
        return {(row["user_id"], row["title"]) for row in rows}

    def generation(self):
        row = self.connection.execute("SELECT generation FROM handout_generations").fetchone()
        return row["generation"] if row else 0
